using System.Collections.Immutable;
using System.Globalization;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Tests.Customers;

/// <summary>Symptoms, changes and resources for tests: times are minutes after <see cref="Day"/>.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double minutes) => Day.AddMinutes(minutes);

    public static string Vm(string name, string group = "rg", string subscription = "s1") =>
        $"/subscriptions/{subscription}/resourcegroups/{group}/providers/microsoft.compute/virtualmachines/{name}";

    public static string Database(string name, string server = "sql", string subscription = "s1") =>
        $"/subscriptions/{subscription}/resourcegroups/data/providers/microsoft.sql/servers/{server}/databases/{name}";

    public static Symptom Alert(
        string resource, double start, double? end = null, Severity severity = Severity.Error, string rule = "cpu",
        int flaps = 0) =>
        Symptom(resource, ConditionKind.Alert, "alert:" + rule, start, end)
            with { Severity = severity, Flaps = flaps, Title = rule };

    /// <summary>One alert that comes and goes again and again, in minutes of the day.</summary>
    public static Symptom Flapping(string resource, string rule, params (double Came, double Went)[] waves) =>
        Alert(resource, waves[0].Came, waves[^1].Went, rule: rule, flaps: waves.Length - 1) with
        {
            SignalCount = 2 * waves.Length,
            Signals = [.. waves.SelectMany((wave, i) => new SignalReference[]
            {
                new(new Position("live", 1, 0, 2 * i, 0, 0), null, SignalRole.Open, At(wave.Came)),
                new(new Position("live", 1, 0, (2 * i) + 1, 0, 0), null, SignalRole.Close, At(wave.Went)),
            })],
        };

    public static Symptom Symptom(string resource, ConditionKind kind, string key, double start, double? end = null) => new()
    {
        Id = DedupKey.Of(string.Create(CultureInfo.InvariantCulture, $"{resource}|{key}|{start}")).ToString(),
        Resource = ResourceId.Parse(resource),
        Condition = new Condition(kind, key),
        Start = At(start),
        Known = At(start),
        End = end is { } minutes ? At(minutes) : null,
        EndReason = end is null ? EndReason.None : EndReason.Resolved,
        Severity = Severity.Error,
        Title = key,
        SignalCount = 1,
    };

    public static Change Change(string resource, double at, string id = "c1") => new()
    {
        Id = id,
        Resource = ResourceId.Parse(resource),
        At = At(at),
        Verb = "deploy",
        Title = "deployment",
        Signal = new SignalReference(new Position("live", 1, 0, 0, 0, 0), null, SignalRole.Change, At(at)),
    };

    public static Symptom With(this Symptom symptom, ImmutableArray<string>? keys = null, string? region = null) =>
        symptom with { CauseKeys = keys ?? symptom.CauseKeys, Region = region ?? symptom.Region };
}
