namespace Correlation.Estate.Tests;

/// <summary>The hard estate is hard: plain grouping does not get far on the kinds for reporting.</summary>
public sealed class BaselineTests
{
    private static readonly IReadOnlyList<EstateDay> Days =
        [.. Enumerable.Range(1, 4).Select(seed => HardDays.Of(HardDays.Reporting with { Seed = (ulong)seed }))];

    [Fact]
    public void A_window_per_customer_and_resource_group_stays_within_the_gate()
    {
        var figures = BaselineFigures.Window(Days);

        Assert.True(figures.F1 <= BaselineFigures.Gate, $"{figures.F1:0.000} with {figures.Setting}");
        Assert.InRange(figures.F1, 0.2, 1);
    }

    [Fact]
    public void Alertmanagers_grouping_stays_within_the_gate()
    {
        var figures = BaselineFigures.Alertmanager(Days);

        Assert.True(figures.F1 <= BaselineFigures.Gate, $"{figures.F1:0.000} with {figures.Setting}");
        Assert.InRange(figures.F1, 0.2, 1);
    }

    [Fact]
    public void A_window_holds_what_is_near_and_has_the_same_labels()
    {
        AlertSignal[] alerts =
        [
            Alert("a", "rg", 0), Alert("b", "RG", 500), Alert("c", "other", 510), Alert("d", "rg", 1000), Alert("e", "rg", 1700),
        ];

        Assert.Equal(["a b d", "c", "e"], Groups(new WindowBaseline(["customer", "resource_group"], 600, true).Group(alerts)));
        Assert.Equal(
            ["a b", "c", "d", "e"], Groups(new WindowBaseline(["customer", "resource_group"], 600, false).Group(alerts)));
    }

    [Fact]
    public void An_aggregation_group_ends_with_the_flush_that_finds_all_resolved()
    {
        AlertSignal[] alerts =
        [
            Alert("a", "rg", 0, 100), Alert("b", "rg", 320, 700), Alert("c", "rg", 920, 950), Alert("d", "rg", 1240),
            Alert("e", "rg", 5000),
        ];

        // Flushes at 30, 330, 630, 930: the first three alerts are one group, for b holds it open until 930, c until 1230.
        Assert.Equal(["a b c", "d", "e"], Groups(new AlertmanagerBaseline(["customer"], 30, 300, 300).Group(alerts)));
        Assert.Equal(["a b c", "d e"], Groups(new AlertmanagerBaseline(["customer"], 30, 300, 14_400).Group(alerts)));
    }

    [Fact]
    public void A_label_that_alerts_do_not_have_is_refused() =>
        Assert.Throws<ArgumentException>(() => new WindowBaseline(["team"], 600, true).Group([Alert("a", "rg", 0)]));

    private static AlertSignal Alert(string id, string group, double fired, double resolved = double.PositiveInfinity) =>
        new(id, "contoso", group, "rule", fired, resolved);

    private static IEnumerable<string> Groups(IReadOnlyList<SignalIncident> incidents) =>
        incidents.Select(i => string.Join(' ', i.Members));
}
