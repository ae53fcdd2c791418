using System.Collections.Immutable;
using Correlation.Incidents;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>A customer's health from its open incidents and symptoms, and from whether there is input at all.</summary>
public static class HealthRollUp
{
    private const int ReasonsMost = 10;
    private const int GapsToUnknown = 3;
    private const double GapMemory = 0.9;

    /// <summary>The health now; costs no texts.</summary>
    public static Health Of(CustomerState state, LogClock clock, CustomerOptions options)
    {
        if (clock.LastInput == default || IsSilent(state, clock, options) || HasLost(state, clock, options))
            return Health.Unknown;
        var worst = Health.Healthy;
        foreach (var incident in state.Incidents.Values)
        {
            if (!incident.IsOpen || incident.SnoozedUntil > clock.Now) continue;
            if (HealthOf(state, incident) is var health && health > worst) worst = health;
            if (worst == Health.Unhealthy) return worst;
        }

        return worst == Health.Healthy && state.Symptoms.Values.Any(IsLoose) ? Health.Degraded : worst;
    }

    /// <summary>Why the health is what it is, worst first.</summary>
    public static ImmutableArray<string> Why(CustomerState state, LogClock clock, CustomerOptions options)
    {
        if (clock.LastInput == default) return ["no input yet"];
        var usual = Usual(state, options);
        if (IsSilent(state, clock, options))
            return [$"no input since {clock.LastInput:u}; usually within {usual.TotalMinutes:0} min"];
        var why = Incidents(state, clock.Now).Concat(Loose(state))
            .OrderByDescending(reason => reason.Health).ThenByDescending(reason => reason.Severity)
            .ThenBy(reason => reason.Text, StringComparer.Ordinal).Select(reason => reason.Text);
        if (!HasLost(state, clock, options)) return [.. why.Take(ReasonsMost)];
        var until = clock.Loss + (GapsToUnknown * usual);
        var lost = $"a stream lost messages before they were read, noticed {clock.Loss:u}: what they said is not known; "
            + $"unknown until {until:u}";
        return [.. why.Prepend(lost).Take(ReasonsMost)];
    }

    /// <summary>Since when a health that is new to a customer has been so: from what opened or ended last as far as it is known,
    /// else from now.</summary>
    public static DateTimeOffset Since(CustomerState state, Health health)
    {
        if (health == Health.Unknown || state.Verdict.Health == Health.Unknown) return state.Now;
        var incidents = state.Incidents.Values.Where(incident => !incident.Members.IsEmpty).ToList();
        var moments = health > state.Verdict.Health
            ? incidents.Where(incident => incident.IsOpen && HealthOf(state, incident) == health)
                .Select(incident => incident.Opened)
            : incidents.Select(incident => incident.Resolved).OfType<DateTimeOffset>();
        var since = health > state.Verdict.Health
            ? moments.DefaultIfEmpty(state.Now).Min()
            : moments.DefaultIfEmpty(state.Now).Max();
        if (since < state.Verdict.Since) since = state.Verdict.Since.Value;
        return since < state.Now ? since : state.Now;
    }

    /// <summary>The usual gap after one more was seen: a slow mean between the bounds.</summary>
    public static TimeSpan Usual(TimeSpan usual, TimeSpan seen, CustomerOptions options)
    {
        if (seen <= TimeSpan.Zero) return usual;
        var bounded = seen > options.UsualGapMax ? options.UsualGapMax : seen;
        return usual <= TimeSpan.Zero ? bounded : (usual * GapMemory) + (bounded * (1 - GapMemory));
    }

    /// <summary>The health of one resource by the worst of its open symptoms.</summary>
    public static Health OfSeverity(Severity severity) => severity switch
    {
        >= Severity.Error => Health.Unhealthy,
        Severity.Warning => Health.Degraded,
        _ => Health.Healthy,
    };

    private static TimeSpan Usual(CustomerState state, CustomerOptions options) =>
        state.UsualGap < options.UsualGapMin ? options.UsualGapMin : state.UsualGap;

    private static bool IsSilent(CustomerState state, LogClock clock, CustomerOptions options) =>
        clock.Now - clock.LastInput > GapsToUnknown * Usual(state, options);

    private static bool HasLost(CustomerState state, LogClock clock, CustomerOptions options) =>
        clock.Loss != default && clock.Now - clock.Loss < GapsToUnknown * Usual(state, options);

    private static IEnumerable<(Health Health, Severity Severity, string Text)> Incidents(CustomerState state, DateTimeOffset now)
    {
        foreach (var incident in state.Incidents.Values.Where(incident => !(incident.SnoozedUntil > now)))
        {
            if (incident.IsOpen)
            {
                var severity = SeverityOf(state, incident);
                yield return (
                    HealthOf(severity), severity, $"incident {incident.Id} of severity {severity} is open: {incident.Why}");
            }
            else if (incident.Members.Count(id => state.Symptoms[id].Symptom.IsOpen) is var open and > 0)
            {
                yield return (Health.Healthy, Severity.Unknown,
                    $"incident {incident.Id} was resolved by an operator while {open} of its symptoms are open");
            }
        }
    }

    private static Severity SeverityOf(CustomerState state, Incident incident)
    {
        var worst = Severity.Unknown;
        foreach (var id in incident.Members)
        {
            if (state.Symptoms[id].Symptom.Severity is var severity && severity > worst) worst = severity;
        }

        return worst;
    }

    private static Health HealthOf(CustomerState state, Incident incident) => HealthOf(SeverityOf(state, incident));

    private static Health HealthOf(Severity severity) => severity >= Severity.Error ? Health.Unhealthy : Health.Degraded;

    /// <summary>A lone open symptom of severity Warning or worse degrades, but alone it makes nobody unhealthy.</summary>
    private static IEnumerable<(Health Health, Severity Severity, string Text)> Loose(CustomerState state) =>
        state.Symptoms.Values.Where(IsLoose)
            .Select(tracked => (Health.Degraded, tracked.Symptom.Severity,
                $"{tracked.Symptom.Condition.Kind} of severity {tracked.Symptom.Severity} on {tracked.Symptom.Resource.Name}"));

    private static bool IsLoose(TrackedSymptom tracked) =>
        tracked is { Incident: null, Suppressed: false, Sealed: false } && tracked.Symptom.IsOpen
        && tracked.Symptom.Severity >= Severity.Warning;
}
