using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>What is near goes by how fast things follow each other where the symptoms are.</summary>
public sealed class PaceTests
{
    private const double Second = 1.0 / 60;

    [Fact]
    public void Within_seconds_all_on_a_host_is_one_until_its_history_says_that_seconds_are_long()
    {
        var (scan, login) = (Said("scan", 0, 12 * Second), Said("login", 15 * Second, 16 * Second));

        Assert.True(Score(scan, login, TimeSpan.MaxValue) >= 1);
        Assert.True(Score(scan, login, TimeSpan.FromMinutes(8)) >= 1);
        Assert.True(Score(scan, login, TimeSpan.FromSeconds(1)) < 0);
    }

    [Fact]
    public void What_begins_and_falls_silent_at_one_pace_stays_together()
    {
        var (scan, errors) = (Said("scan", 0, 12 * Second), Said("errors", 0.5 * Second, 12.5 * Second));

        Assert.True(Score(scan, errors, TimeSpan.FromSeconds(1)) >= 1.2);
    }

    [Fact]
    public void What_begins_together_and_goes_on_for_longer_is_another_thing()
    {
        var (scan, flood) = (Said("scan", 0, 2 * Second), Said("flood", 0, 30 * Second));

        Assert.True(Score(scan, flood, TimeSpan.FromSeconds(1)) < 0.6);
        var terms = Explain(scan, flood, TimeSpan.FromSeconds(1)).Terms;
        Assert.Contains(terms, term => term is { Name: "endedApart", Weight: < -1, Input: "fell silent 28 s apart" });
        Assert.DoesNotContain(terms, term => term.Name == "offPace");
    }

    [Fact]
    public void What_still_goes_on_has_not_fallen_silent()
    {
        var (scan, flood) = (Said("scan", 0, 2 * Second), Said("flood", 0, 30 * Second) with { End = null });

        Assert.True(Score(scan, flood, TimeSpan.FromSeconds(1)) >= 1);
    }

    [Fact]
    public void An_explanation_names_the_version_and_the_pace()
    {
        var (scan, login) = (Said("scan", 0, 12 * Second), Said("login", 15 * Second, 16 * Second));

        var off = Assert.Single(Explain(scan, login, TimeSpan.FromSeconds(1)).Terms, term => term.Name == "offPace");
        Assert.Equal(-1.5, off.Weight, 3);
        Assert.Equal("model 3: what belongs together follows within 1 s; started 15 s apart", off.Input);
    }

    [Fact]
    public void What_signals_say_the_end_of_goes_by_the_options_whatever_the_pace()
    {
        var (one, other) = (Alert(Vm("a"), 0, 20), Alert(Vm("a"), 0.5, 20.5, rule: "r2"));

        Assert.Equal(Score(one, other, TimeSpan.MaxValue), Score(one, other, TimeSpan.FromSeconds(1)));
    }

    private static Symptom Said(string what, double first, double last)
    {
        var symptom = Symptom(Vm("host"), ConditionKind.StatelessAlert, "alert:" + what, first, last + 30);
        var signal = new SignalReference(new Position("live", 1, 0, 0, 0, 0), null, SignalRole.Pulse, At(first));
        return symptom with { EndReason = EndReason.TimedOut, Signals = [signal, signal with { EventTime = At(last) }] };
    }

    private static double Score(Symptom one, Symptom other, TimeSpan pace) => Explain(one, other, pace).Score;

    private static Link Explain(Symptom one, Symptom other, TimeSpan pace)
    {
        var bins = pace == TimeSpan.MaxValue ? 0 : LagBins.Of(pace) is var bin && pace.TotalSeconds > 1 ? bin : 1;
        var pairs = Enumerable.Range(0, bins == 0 ? 0 : 10).Select(
            i => new LearnedPair(Relation.SameResource, $"kind{i}", "after", 30, bins, 14, 0.2));
        var versions = new LearnedVersions
        {
            All = [new LearnedModel { Number = 3, InForce = Day.AddDays(-1), Pairs = [.. pairs] }],
        };
        var graph = new CandidateGraph(
            new GroupingOptions(), new TopologyHistory([new TopologyVersion(1, default, Topology.Empty)]), versions);
        graph.Update([one, other], []);
        return graph.Scorer.Explain(graph.Find(one.Id)!, graph.Find(other.Id)!);
    }
}
