using Correlation.Resources;
using Correlation.Signals;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Correlation.Tests.Resources;

public sealed class BoundTests
{
    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private readonly TimeAxis _axis = new();

    [Fact]
    public void Ten_thousand_different_signals_stay_within_the_limits_and_are_counted()
    {
        _axis.Options.MaxFacts = 64;
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var at = TimeSpan.FromMinutes(600 + random.Next(20)).ToString();
            var role = random.Next(3) == 0 ? SignalRole.Close : SignalRole.Open;
            _axis.Send(TimeAxis.With(_axis.Make(at, role, $"alert:{random.Next(100)}"), $"i{random.Next(2000)}"));
        }

        var conditions = _axis.State.Conditions(_axis.Options);
        Assert.InRange(conditions.Length, 1, _axis.Options.MaxConditions);
        Assert.All(conditions, one => Assert.InRange(one.Facts, 0, _axis.Options.MaxFacts));
        Assert.True(_axis.State.Counts.ConditionsRefused > 0);
        Assert.True(_axis.State.Counts.FactsDropped > 0);
        Assert.True(_axis.State.Counts.DedupEvicted > 0);
        Assert.Contains(conditions.SelectMany(one => one.Symptoms), symptom => symptom.Degraded);
        Assert.Equal(_axis.Options.MaxRecentSignals, _axis.State.RecentSignals.Count);
    }

    [Fact]
    public void Ten_thousand_error_records_of_one_kind_are_one_exact_fact()
    {
        for (var i = 0; i < 10_000; i++)
            _axis.Pulse(TimeSpan.FromSeconds(36_000 + (i % 1200)).ToString(), "log:x", ConditionKind.LogError);
        var condition = Assert.Single(_axis.State.Conditions(_axis.Options));
        var symptom = Assert.Single(condition.Symptoms);
        Assert.Equal((1, 10_000, 20, false), (condition.Facts, symptom.SignalCount, symptom.Signals.Length, symptom.Degraded));
    }

    [Fact]
    public void A_common_state_is_stored_in_two_kibibytes()
    {
        for (var minute = 0; minute < 120; minute++)
        {
            var at = TimeAxis.T("10:00").AddMinutes(minute);
            foreach (var name in new[] { "cpu_percent", "dtu_used", "storage" }) _axis.Send(Metric(name, at));
            _axis.Now((at - TimeAxis.T("00:00")).ToString());
        }

        _axis.Fired("11:58", "alert:one").Fired("11:59", "alert:two").Fired("11:59", "alert:three");
        Assert.InRange(Serializer.SerializeToArray(_axis.State).Length, 100, 2048);
    }

    private static Signal Metric(string name, DateTimeOffset at) => new()
    {
        Message = new Message("live", 1, 0, 0, at.AddMinutes(3)),
        Resource = TimeAxis.Vm,
        Kind = SignalKind.Metric,
        Role = SignalRole.Measurement,
        EventTime = at,
        Metric = new MetricValue(name, 60, 5, 1, 9, double.NaN, 4),
    };
}
