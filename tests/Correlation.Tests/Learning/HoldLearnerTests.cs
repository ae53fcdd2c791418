using Correlation.Learning;
using static Correlation.Tests.Learning.Starts;

namespace Correlation.Tests.Learning;

public sealed class HoldLearnerTests
{
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(30);
    private static readonly HashSet<string> Nothing = [];

    [Fact]
    public void A_kind_is_held_until_nine_of_ten_have_ended_that_end_in_time()
    {
        var (kinds, others) = Learn(Lone("cpu", Enumerable.Range(1, 100).Select(one => one * 6.0)));

        Assert.Empty(kinds);
        Assert.Equal(TimeSpan.FromMinutes(10), others);
        var some = Enumerable.Range(1, 100).Select(one => one * 6.0).Concat(Enumerable.Repeat(7200.0, 90));
        Assert.Equal(TimeSpan.FromMinutes(10), Learn(Lone("cpu", some)).Others);
    }

    [Fact]
    public void What_will_mostly_end_soon_is_waited_for()
    {
        var most = Enumerable.Repeat(300.0, 90).Concat(Enumerable.Repeat(540.0, 8)).Concat(Enumerable.Repeat(7200.0, 2));
        Assert.Equal(TimeSpan.FromMinutes(9), Learn(Lone("cpu", most)).Others);
        var few = Enumerable.Repeat(300.0, 90).Concat(Enumerable.Repeat(540.0, 4)).Concat(Enumerable.Repeat(7200.0, 6));
        Assert.Equal(TimeSpan.FromMinutes(5), Learn(Lone("cpu", few)).Others);
    }

    [Fact]
    public void Few_alerts_say_little_so_that_it_is_held_for_longer()
    {
        Assert.InRange(Learn(Lone("cpu", Enumerable.Repeat(60.0, 3))).Others, TimeSpan.FromMinutes(20), Max);
        Assert.InRange(
            Learn(Lone("cpu", Enumerable.Repeat(60.0, 40))).Others, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.Zero, Learn(Lone("cpu", [60.0, 7200, 7200])).Others);
    }

    [Fact]
    public void What_lasts_is_an_incident_at_once_and_few_lean_on_all()
    {
        var (kinds, others) = Learn(
            Lone("blip", Enumerable.Repeat(170.0, 100)), Lone("disk", Enumerable.Repeat(4 * 3600.0, 6)),
            Lone("rare", [100.0]));

        Assert.Equal(TimeSpan.FromMinutes(3), others);
        Assert.Equal([("vm Alert disk", TimeSpan.Zero)], kinds.Select(kind => (kind.Kind, kind.Hold)));
    }

    [Fact]
    public void An_end_that_nobody_told_is_none()
    {
        var ends = Lone("cpu", Enumerable.Repeat(60.0, 40)).Concat(Lone("cpu", Enumerable.Repeat(60.0, 60), StartEnd.Unsaid));

        Assert.Equal(TimeSpan.Zero, Learn(ends).Others);
        Assert.Equal(TimeSpan.FromMinutes(1), Learn(ends.Take(80)).Others);
    }

    [Fact]
    public void What_people_or_rules_take_in_hand_is_never_held()
    {
        var blips = Lone("cpu", Enumerable.Repeat(170.0, 100));
        var taken = Lone("queue", [.. Enumerable.Repeat(170.0, 50)]).Concat(Lone("queue", [170.0], StartEnd.InHand));
        var (kinds, others) = HoldLearner.Learn(
            SealedStarts.None.With([.. blips, .. taken]), At(Days * 86_400), Max, new HashSet<string> { "vm Alert acted" });

        Assert.Equal(TimeSpan.FromMinutes(3), others);
        Assert.Equal(
            [("vm Alert acted", TimeSpan.Zero), ("vm Alert queue", TimeSpan.Zero)],
            kinds.Select(kind => (kind.Kind, kind.Hold)));
    }

    [Fact]
    public void Little_history_other_kinds_and_a_limit_of_zero_hold_nothing()
    {
        Assert.Equal(TimeSpan.Zero, Learn(Lone("cpu", Enumerable.Repeat(60.0, 2))).Others);
        Assert.NotEqual(TimeSpan.Zero, Learn(Lone("cpu", Enumerable.Repeat(60.0, 3))).Others);
        Assert.Equal(
            TimeSpan.Zero,
            Learn(Lone("cpu", Enumerable.Repeat(60.0, 50)).Select(one => one with { Kind = "vm ResourceHealth h" })).Others);
        Assert.Equal(
            TimeSpan.Zero, Learn(Lone("cpu", Enumerable.Repeat(60.0, 50)).Select(one => one with { Together = true })).Others);
        Assert.Equal(
            TimeSpan.Zero,
            HoldLearner.Learn(
                SealedStarts.None.With([.. Lone("cpu", Enumerable.Repeat(60.0, 50))]), At(Days * 86_400), TimeSpan.Zero, Nothing)
                .Others);
    }

    private static (IReadOnlyList<LearnedHold> Kinds, TimeSpan Others) Learn(params IEnumerable<NamedStart>[] starts)
    {
        var (kinds, others) = HoldLearner.Learn(
            SealedStarts.None.With([.. starts.SelectMany(start => start)]), At(Days * 86_400), Max, Nothing);
        return (kinds, others);
    }

    private static IEnumerable<NamedStart> Lone(string rule, IEnumerable<double> lasted, StartEnd end = StartEnd.ByItself) =>
        lasted.Select((seconds, i) => new NamedStart(
            $"vm Alert {rule}", $"r{i % 9}", At(i * 600), false, TimeSpan.FromSeconds(seconds), end));
}
