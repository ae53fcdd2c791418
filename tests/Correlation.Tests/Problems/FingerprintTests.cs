using Correlation.Problems;
using Correlation.Signals;
using static Correlation.Tests.Problems.Notices;

namespace Correlation.Tests.Problems;

public sealed class FingerprintTests
{
    [Fact]
    public void With_the_same_cause_half_of_the_smaller_set_is_enough()
    {
        var small = Fingerprint.Of(Notice(1, Start, "a", "b"));
        var large = Fingerprint.Of(Notice(2, Start, "b", "c", "d", "e"));

        Assert.True(small.LikenessTo(large).Same);
        Assert.True(large.LikenessTo(small).Same);
        Assert.Equal("same cause, 1 of 2 complaints in common", small.LikenessTo(large).Why);
    }

    [Fact]
    public void With_another_cause_nearly_all_must_be_common()
    {
        var other = ResourceId.Parse(Database);

        Assert.True(Of(null, "a", "b", "c", "d").LikenessTo(Of(other, "a", "b", "c", "d")).Same);
        Assert.False(Of(null, "a", "b", "c").LikenessTo(Of(other, "a", "b", "c", "d")).Same);
    }

    [Fact]
    public void Without_a_complaint_in_common_the_same_cause_is_not_enough() =>
        Assert.False(Fingerprint.Of(Notice(1, Start, "a")).LikenessTo(Fingerprint.Of(Notice(2, Start, "b"))).Same);

    [Fact]
    public void Complaints_below_warning_count_only_where_nothing_is_worse()
    {
        var quiet = Symptom("quiet", Job, Start, Severity.Informational);
        var notice = Notice(1, Start, "loud");

        Assert.Equal([$"loud @ {Job}"], Fingerprint.Of(notice with { Symptoms = notice.Symptoms.Add(quiet) }).Pairs);
        Assert.Equal([$"quiet @ {Job}"], Fingerprint.Of(notice with { Symptoms = [quiet] }).Pairs);
    }

    [Fact]
    public void It_reads_as_cause_and_complaints_and_is_bounded()
    {
        Assert.Equal("microsoft.web/sites nightly: log:jobs/run @ nightly", Fingerprint.Of(Notice(1, Start)).ToString());
        Assert.Equal(400, Fingerprint.Of(Notice(1, Start, new string('x', 500))).ToString().Length);
    }

    private static Fingerprint Of(ResourceId? cause, params string[] conditions) =>
        Fingerprint.Of(Notice(1, Start, conditions) with { Cause = cause });
}
