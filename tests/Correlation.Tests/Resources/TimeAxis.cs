using System.Globalization;
using Correlation.Customers;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Tests.Resources;

/// <summary>A time axis for one resource: say what happens at a time of day, then what symptoms are expected.</summary>
internal sealed class TimeAxis
{
    public static readonly ResourceId Vm = ResourceId.Parse(
        "/subscriptions/s1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1");

    private static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly List<ConditionReport> _reports = [];
    private int _number;

    public ResourceOptions Options { get; } = new();

    public CustomerKey Owner { get; set; } = CustomerKey.Parse("contoso");

    public ResourceState State { get; set; } = ResourceState.Create(Vm);

    public DateTimeOffset Watermark { get; set; }

    public Fate Last { get; private set; }

    public IReadOnlyList<ConditionReport> Reports => _reports;

    public List<OwnedReport> Owned { get; } = [];

    public List<OwnedChange> Changes { get; } = [];

    /// <summary>A time of day; <c>2.10:00</c> is two days later.</summary>
    public static DateTimeOffset T(string time) =>
        Day + TimeSpan.Parse(time.Contains(':') ? time : time + ":00", CultureInfo.InvariantCulture);

    /// <summary>What a signal about the resource looks like; it is stored a minute after its event unless said
    /// otherwise.</summary>
    public Signal Make(string at, SignalRole role, string key, ConditionKind kind = ConditionKind.Alert, string? log = null)
    {
        _number++;
        return new Signal
        {
            Message = new Message("live", 1, 0, _number, log is null ? T(at).AddMinutes(1) : T(log)),
            Resource = Vm,
            Role = role,
            Kind = SignalKind.Alert,
            Severity = Severity.Warning,
            EventTime = T(at),
            Dedup = DedupKey.Of($"{role}{key}{at}{_number}"),
            Condition = new Condition(kind, key),
            Detail = new SignalDetail { Title = $"{key} at {at}" },
        };
    }

    public TimeAxis Fired(string at, string rule = "alert:rule", string? instance = null, string? log = null) =>
        Send(With(Make(at, SignalRole.Open, rule, log: log), instance));

    public TimeAxis Resolved(
        string at, string rule = "alert:rule", string? instance = null, string? opened = null, string? log = null) =>
        Send(With(Make(at, SignalRole.Close, rule, log: log), instance, opened));

    public TimeAxis Pulse(string at, string key, ConditionKind kind) => Send(Make(at, SignalRole.Pulse, key, kind));

    public TimeAxis Changed(string at, string operation, string verb = "write") => Send(Change(at, operation, verb));

    public Signal Change(string at, string operation, string verb = "write")
    {
        var signal = Make(at, SignalRole.Change, operation);
        return Copy(signal, null, signal.Detail! with { Operation = operation, ChangeVerb = verb });
    }

    public TimeAxis Send(Signal signal)
    {
        Last = State.Apply(signal, Owner, Watermark, Options);
        Take();
        return this;
    }

    /// <summary>Signals that come in one call: what they have to tell is handed out once, at its end.</summary>
    public TimeAxis SendTogether(params Signal[] signals)
    {
        foreach (var signal in signals) Last = State.Apply(signal, Owner, Watermark, Options);
        Take();
        return this;
    }

    /// <summary>Log time passes in all partitions; the watermark follows.</summary>
    public TimeAxis Now(string at)
    {
        Watermark = T(at) - Options.Lateness;
        State.Tick(T(at), Watermark, Options);
        Take();
        return this;
    }

    /// <summary>Log time passes, but a partition lags and holds the watermark.</summary>
    public TimeAxis NowWithALaggingPartition(string at)
    {
        State.Tick(T(at), Watermark, Options);
        Take();
        return this;
    }

    /// <summary>The symptoms in <c>start–end reason</c>, of all conditions, by start.</summary>
    public void Expect(params string[] expected) =>
        Assert.Equal(expected, Shown(State.Conditions(Options).SelectMany(one => one.Symptoms)));

    /// <summary>The symptoms of the last report of a condition.</summary>
    public void ExpectReported(string key, params string[] expected) =>
        Assert.Equal(expected, Shown(_reports.Last(report => report.Condition.Key == key).Symptoms));

    public static IEnumerable<string> Shown(IEnumerable<Symptom> symptoms) =>
        symptoms.OrderBy(symptom => symptom.Start).ThenBy(symptom => symptom.Condition.Key, StringComparer.Ordinal).Select(Show);

    public static Signal With(Signal signal, string? instance, string? opened = null) => Copy(signal, signal.Condition,
        signal.Detail! with { Instance = instance, OpenedAt = opened is null ? null : T(opened) });

    public static Signal Copy(Signal signal, Condition? condition, SignalDetail detail, Severity? severity = null) => new()
    {
        Message = signal.Message,
        Resource = signal.Resource,
        Role = signal.Role,
        Kind = signal.Kind,
        Severity = severity ?? signal.Severity,
        EventTime = signal.EventTime,
        Dedup = signal.Dedup,
        Condition = condition,
        Detail = detail,
    };

    private static string Show(Symptom symptom)
    {
        var end = symptom.End is null ? "open" : $"{Clock(symptom.End.Value)} {symptom.EndReason}";
        return $"{Clock(symptom.Start)}–{end}{(symptom.Flaps > 0 ? $" {symptom.Flaps} flaps" : "")}";
    }

    private static string Clock(DateTimeOffset time) =>
        (time.Date > Day.Date ? $"{(time.Date - Day.Date).Days}." : "") + time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private void Take()
    {
        var effects = State.TakeEffects();
        _reports.AddRange(effects.Reports.Select(one => one.Report));
        Owned.AddRange(effects.Reports);
        Changes.AddRange(effects.Changes);
    }
}
