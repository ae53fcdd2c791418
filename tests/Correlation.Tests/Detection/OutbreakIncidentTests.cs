using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Replay;
using Correlation.Signals;

namespace Correlation.Tests.Detection;

/// <summary>What outbreaks are to the engine: one incident each.</summary>
public sealed class OutbreakIncidentTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private long _offset;

    [Theory]
    [InlineData("outbreak:1", "outbreak:2", 2)]
    [InlineData("outbreak:1", "outbreak:1", 1)]
    [InlineData("outbreak:1", null, 1)]
    [InlineData(null, null, 1)]
    public void What_comes_back_in_another_outbreak_is_another_incident(string? first, string? second, int incidents)
    {
        var result = Play(
        [
            Make(0, "web", SignalRole.Open, first), Make(5, "web", SignalRole.Close, first),
            Make(8, "web", SignalRole.Open, second), Make(12, "web", SignalRole.Close, second),
        ]);

        Assert.Equal(incidents, result.Incidents.Length);
    }

    [Theory]
    [InlineData("outbreak:1", "outbreak:2", 2)]
    [InlineData("outbreak:1", "outbreak:1", 1)]
    [InlineData(null, "outbreak:2", 1)]
    public void What_depends_on_it_and_fails_in_another_outbreak_is_another_incident(string? first, string? second, int incidents)
    {
        var result = Play(
        [
            Make(0, "web", SignalRole.Open, first), Make(5, "web", SignalRole.Close, first),
            Make(6, "db", SignalRole.Open, second), Make(12, "db", SignalRole.Close, second),
        ]);

        Assert.Equal(incidents, result.Incidents.Length);
    }

    private static ReplayResult Play(IReadOnlyList<Signal> signals)
    {
        var entry = new CustomerEntry { Key = "acme", Tenants = ["acme"], Topology = [new DependencyEdge("web", "db")] };
        var engine = new ReplayEngine(new ReplaySetup(new CustomerMaps(new CustomerMap(new CustomerFile(1, [entry])))));
        foreach (var signal in signals) engine.Feed(signal);
        return engine.Finish();
    }

    private Signal Make(double minutes, string resource, SignalRole role, string? outbreak) => new()
    {
        Message = new Message("live", 1, 0, _offset, Day.AddMinutes(minutes)),
        Resource = ResourceId.Parse(resource),
        Kind = SignalKind.Alert,
        Role = role,
        Severity = Severity.Error,
        EventTime = Day.AddMinutes(minutes),
        Dedup = DedupKey.Of($"{_offset++}"),
        Condition = new Condition(ConditionKind.Alert, "metric:cpu"),
        Detail = new SignalDetail { Title = "cpu", Tenant = "acme", CauseKeys = Keys(outbreak) },
    };

    private static ImmutableArray<string> Keys(string? outbreak) => outbreak is null ? [] : [outbreak];
}
