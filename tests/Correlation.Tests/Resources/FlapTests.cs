using Correlation.Resources;

namespace Correlation.Tests.Resources;

public sealed class FlapTests
{
    private readonly TimeAxis _axis = new();

    [Fact]
    public void Intervals_with_small_gaps_are_one_symptom_that_says_it_flaps()
    {
        _axis.Fired("10:00", instance: "a").Resolved("10:03", instance: "a").Expect("10:00–10:03 Resolved");
        var id = _axis.Reports[^1].Symptoms[0].Id;
        _axis.Fired("10:08", instance: "b").Expect("10:00–open 1 flaps");
        _axis.Resolved("10:10", instance: "b").Fired("10:20", instance: "c").Expect("10:00–open 2 flaps");
        Assert.True(_axis.Reports[^1].Symptoms[0].Flapping);
        Assert.Equal(id, _axis.Reports[^1].Symptoms[0].Id);
    }

    [Fact]
    public void A_longer_gap_makes_another_symptom() =>
        _axis.Fired("10:00").Resolved("10:03").Fired("10:14").Expect("10:00–10:03 Resolved", "10:14–open");

    [Fact]
    public void An_interval_that_comes_late_joins_two_symptoms_into_one()
    {
        _axis.Fired("10:00", instance: "a").Resolved("10:03", instance: "a").Fired("10:20", instance: "c");
        _axis.Fired("10:10", instance: "b", log: "10:25").Resolved("10:12", instance: "b", log: "10:25")
            .Expect("10:00–open 2 flaps");
        Assert.Single(_axis.Reports[^1].Symptoms);
    }

    [Fact]
    public void A_long_flapping_is_folded_and_keeps_its_start_flaps_and_count()
    {
        for (var i = 0; i < 200; i++)
        {
            var at = TimeAxis.T("00:00").AddMinutes(10 * i);
            var (fired, resolved) = (at - TimeAxis.T("00:00"), at.AddMinutes(4) - TimeAxis.T("00:00"));
            _axis.Fired(fired.ToString(), instance: $"i{i}").Resolved(resolved.ToString(), instance: $"i{i}");
            _axis.Now(resolved.Add(TimeSpan.FromMinutes(1)).ToString());
        }

        var condition = Assert.Single(_axis.State.Conditions(_axis.Options));
        var symptom = Assert.Single(condition.Symptoms);
        Assert.Equal((TimeAxis.T("00:00"), 199, 400, false),
            (symptom.Start, symptom.Flaps, symptom.SignalCount, symptom.Degraded));
        Assert.Equal(20, symptom.Signals.Length);
        Assert.InRange(condition.Facts, 1, 20);
    }
}
