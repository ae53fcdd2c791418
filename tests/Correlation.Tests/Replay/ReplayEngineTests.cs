using System.Text;
using Correlation.Customers;
using Correlation.Replay;
using Correlation.Signals;

namespace Correlation.Tests.Replay;

/// <summary>The replay gives what was recorded, however it was cut, repeated or mixed.</summary>
public sealed class ReplayEngineTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private const string App = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Web/sites/app";
    private const string Database = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Sql/servers/sql/databases/orders";

    [Fact]
    public void What_depends_on_each_other_and_fails_together_is_one_incident_with_its_cause()
    {
        var result = Play(Failure());

        var incident = Assert.Single(result.Incidents);
        Assert.True(incident.Sealed);
        Assert.Equal("acme", incident.Customer.Value);
        Assert.Equal(ResourceId.Parse(Database), incident.Causes[0].Resource);
        Assert.Equal(At(10), incident.Opened);
        Assert.Equal(At(40), incident.Resolved);
        Assert.Equal(4, incident.Members.Sum(member => member.Signals.Length));
        Assert.Empty(result.Alone);
        Assert.True(result.Signals.Balances);
    }

    [Fact]
    public void A_symptom_has_every_one_of_its_signals_and_each_once()
    {
        var pulses = Enumerable.Range(0, 100).Select(i => Make(i, 10 + (i * 0.1), App, SignalRole.Pulse, "log:errors"));

        var result = Play([.. pulses, Make(200, 10, App, SignalRole.Open), Make(201, 30, App, SignalRole.Close)]);

        var signals = result.Incidents.SelectMany(incident => incident.Members).SelectMany(member => member.Signals).ToList();
        Assert.Equal(102, signals.Count);
        Assert.Equal(102, signals.Select(signal => signal.Position).Distinct().Count());
    }

    [Fact]
    public void What_was_sealed_before_says_something_about_later_causes()
    {
        var result = Play(Enumerable.Range(0, 10).SelectMany(day => Failure().Select((signal, i) => Make(
            (day * 4) + i, (day * 1440) + (signal.EventTime - Day).TotalMinutes, signal.Resource.Canonical, signal.Role))));

        Assert.Equal(10, result.Incidents.Length);
        bool IsOfPast(string reason) => reason.StartsWith("how often it was the cause before", StringComparison.Ordinal);
        Assert.DoesNotContain(result.Incidents[0].Causes[0].Reasons, IsOfPast);
        Assert.All(result.Incidents.Skip(1), incident => Assert.Contains(incident.Causes[0].Reasons, IsOfPast));
        Assert.All(result.Incidents, incident => Assert.Equal(ResourceId.Parse(Database), incident.Causes[0].Resource));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void How_messages_are_cut_does_not_matter(int size)
    {
        var signals = Many();
        var whole = new ReplayEngine(Setup());
        foreach (var chunk in signals.Chunk(size)) whole.Feed(chunk);

        Assert.Equal(Shown(Play(signals)), Shown(whole.Finish()));
    }

    [Fact]
    public void Nor_does_the_order_within_one_log_time()
    {
        var signals = Many();
        var turned = signals.GroupBy(signal => signal.LogTime).SelectMany(same => same.Reverse()).ToList();

        Assert.NotEqual(signals.Select(signal => signal.Position), turned.Select(signal => signal.Position));
        Assert.Equal(Shown(Play(signals)), Shown(Play(turned)));
    }

    [Fact]
    public void Nor_how_long_a_beat_is()
    {
        var fine = new ReplayEngine(Setup() with { Beat = TimeSpan.FromSeconds(10) });
        foreach (var signal in Many()) fine.Feed(signal);

        Assert.Equal(Shown(Play(Many())), Shown(fine.Finish()));
    }

    [Fact]
    public void What_comes_twice_counts_once()
    {
        var once = Many();
        var twice = once.SelectMany(signal => new[] { signal, signal }).ToList();

        var result = Play(twice);

        Assert.Equal(Shown(Play(once)), Shown(result));
        Assert.Equal(once.Count, result.Signals.Duplicate);
    }

    [Fact]
    public void What_comes_too_late_changes_nothing()
    {
        var result = Play([.. Failure(), Make(90, 60, App, SignalRole.Open, "alert:late", eventMinutes: 20)]);

        Assert.Equal(1, result.Signals.Late);
        Assert.Equal(Shown(Play(Failure())), Shown(result));
    }

    [Fact]
    public void What_comes_late_but_in_time_is_in_its_incident()
    {
        var result = Play([.. Failure(), Make(90, 41, App, SignalRole.Pulse, "log:errors", eventMinutes: 12)]);

        Assert.Equal(5, Assert.Single(result.Incidents).Members.Sum(member => member.Signals.Length));
    }

    [Fact]
    public void A_recorded_message_that_is_no_payload_is_counted_as_rejected()
    {
        var engine = new ReplayEngine(Setup());

        engine.Feed(Encoding.UTF8.GetBytes("no payload"), new Message("live", 1, 0, 0, At(1)));

        var result = engine.Finish();
        Assert.Equal((1, 1), (result.Signals.Messages, result.Signals.Rejected));
        Assert.Empty(result.Incidents);
    }

    [Fact]
    public void It_says_how_far_it_is_and_ends_once()
    {
        var heard = new List<ReplayProgress>();
        var engine = new ReplayEngine(Setup(), heard.Add);
        for (var i = 0; i < 5000; i++) engine.Feed(Make(i, i * 0.01, App, SignalRole.Pulse, "log:errors"));

        engine.Finish();

        Assert.Equal([4096, 5000], heard.Select(progress => progress.Messages));
        Assert.Throws<InvalidOperationException>(engine.Finish);
    }

    private static List<Signal> Failure() =>
    [
        Make(0, 10, Database, SignalRole.Open), Make(1, 12, App, SignalRole.Open),
        Make(2, 35, Database, SignalRole.Close), Make(3, 40, App, SignalRole.Close),
    ];

    /// <summary>Three days of failures of 20 apps, some at once, some without an end.</summary>
    private static List<Signal> Many() =>
    [
        .. Enumerable.Range(0, 300).Select(i => Make(
            i, i / 2 * 29, i % 7 == 0 ? Database : $"{App}{i % 20}",
            (i % 5) switch { 0 => SignalRole.Close, 1 => SignalRole.Pulse, _ => SignalRole.Open },
            i % 5 == 1 ? "log:errors" : $"alert:rule{i % 3}")),
    ];

    private static ReplayResult Play(IEnumerable<Signal> signals)
    {
        var engine = new ReplayEngine(Setup());
        foreach (var signal in signals) engine.Feed(signal);
        return engine.Finish();
    }

    private static ReplaySetup Setup() => new(new CustomerMaps(new CustomerMap(new CustomerFile(1,
    [
        new CustomerEntry { Key = "acme", Subscriptions = ["s1"], Topology = [new DependencyEdge(App, Database)] },
    ]))));

    private static Signal Make(
        long offset, double minutes, string resource, SignalRole role, string key = "alert:rule", double? eventMinutes = null) =>
        new()
        {
            Message = new Message("live", 1, 0, offset, At(minutes)),
            Resource = ResourceId.Parse(resource),
            Kind = SignalKind.Alert,
            Role = role,
            Severity = Severity.Error,
            EventTime = At(eventMinutes ?? minutes),
            Dedup = DedupKey.Of($"{offset}"),
            Condition = new Condition(role == SignalRole.Pulse ? ConditionKind.LogError : ConditionKind.Alert, key),
            Detail = new SignalDetail { Title = key },
        };

    private static DateTimeOffset At(double minutes) => Day.AddMinutes(minutes);

    /// <summary>Everything about incidents but their numbers, and the symptoms that are in none.</summary>
    private static IEnumerable<string> Shown(ReplayResult result) => result.Incidents
        .Select(incident => $"{incident.Customer} {incident.Opened:o} {incident.Resolved:o} {incident.Sealed} "
            + string.Join(' ', incident.Members.Select(Shown))
            + string.Join(' ', incident.Causes.Select(cause => $"{cause.Resource}={cause.Score}")))
        .Concat(result.Alone.Select(alone => Shown(alone.Symptom)))
        .Order(StringComparer.Ordinal);

    private static string Shown(ReplayedSymptom member) =>
        $"{member.Symptom.Id} {member.Symptom.End:o} {string.Join(',', member.Signals.Select(one => one.Position).Distinct())}";
}
