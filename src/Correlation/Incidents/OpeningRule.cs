using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>When symptoms that belong together are an incident at all. A function of the set of symptoms and of the time: a lone
/// alert may have to outlast its hold.</summary>
internal static class OpeningRule
{
    /// <summary>From how many times on a failed operation counts as recurring.</summary>
    public const int Recurring = 3;

    /// <summary>So many at once may be chance, where conditions come and go all day.</summary>
    private const int Few = 2;

    /// <summary>Why they are an incident, one line; null where they are none (yet).</summary>
    public static string? Why(IReadOnlyCollection<Symptom> symptoms, OpeningHolds holds, DateTimeOffset at)
    {
        var alert = symptoms
            .Where(symptom => IsAlert(symptom) && symptom.Severity >= Severity.Error && holds.IsOver(symptom, at))
            .OrderByDescending(symptom => symptom.Severity).ThenBy(symptom => symptom.Start)
            .ThenBy(symptom => symptom.Id, StringComparer.Ordinal).FirstOrDefault();
        if (alert is not null)
            return $"{Noun(alert)} of severity {alert.Severity} on {alert.Resource.Name}{holds.Words(alert)}";
        var again = symptoms.FirstOrDefault(symptom => symptom.Condition.Kind == ConditionKind.FailedOperation
            && symptom.Severity >= Severity.Error && symptom.SignalCount >= Recurring);
        if (again is not null) return $"an operation failed {again.SignalCount} times on {again.Resource.Name}";
        return Together(symptoms, holds, at);
    }

    private static string? Together(IReadOnlyCollection<Symptom> symptoms, OpeningHolds holds, DateTimeOffset at)
    {
        if (symptoms.Count < 2) return null;
        var counted = symptoms.Where(symptom => !IsNoise(symptom)).ToList();
        var distinct = Distinct(counted);
        var worst = counted.Count == 0 ? Severity.Unknown : counted.Max(symptom => symptom.Severity);
        if (distinct < 2 || worst < Severity.Warning) return null;
        if (!counted.Exists(IsAlert))
            return Distinct(counted.FindAll(IsError)) is var errors and > Few
                ? $"{errors} linked conditions of severity Error or worse" : null;
        return distinct <= Few + 1 && worst < Severity.Critical && MayBeChance(counted, distinct) && Waits(counted, holds, at)
            ? null : $"{distinct} linked conditions, the worst of severity {worst}";
    }

    /// <summary>Whether a few conditions may have met by chance: error records and failed operations come all day, and an alert
    /// of severity Error says more than a warning.</summary>
    private static bool MayBeChance(List<Symptom> few, int distinct)
    {
        var alerts = few.FindAll(IsAlert);
        var errorAlerts = Distinct(alerts.FindAll(IsError));
        return Distinct(alerts) <= Few && errorAlerts < Few && Distinct(few.FindAll(IsError)) <= Few
            && distinct <= Few + 1 - errorAlerts;
    }

    /// <summary>Whether all of their alerts are held, and too few have outlasted their hold: of warnings all must have, of one of
    /// severity Error and a warning either: what lasted and gets worse waits no longer.</summary>
    private static bool Waits(List<Symptom> few, OpeningHolds holds, DateTimeOffset at)
    {
        var alerts = few.FindAll(IsAlert);
        if (alerts.Exists(holds.IsNone)) return false;
        var over = alerts.Count(symptom => holds.IsOver(symptom, at));
        return over == 0 || (over < alerts.Count && !alerts.Exists(IsError));
    }

    private static bool IsError(Symptom symptom) => symptom.Severity >= Severity.Error;

    private static int Distinct(List<Symptom> symptoms) =>
        symptoms.Select(symptom => (symptom.Resource, symptom.Condition)).Distinct().Count();

    /// <summary>Whether somebody, or Azure, decided that this is worth telling;
    /// not so a lone error record or failed operation.</summary>
    private static bool IsAlert(Symptom symptom) =>
        symptom.Condition.Kind is not (ConditionKind.FailedOperation or ConditionKind.LogError);

    private static bool IsNoise(Symptom symptom) =>
        symptom.Severity <= Severity.Informational && (symptom.Flapping || symptom.Severity is Severity.Verbose);

    private static string Noun(Symptom symptom) => symptom.Condition.Kind switch
    {
        ConditionKind.ResourceHealth => "a loss of health",
        ConditionKind.ServiceHealth => "a platform event",
        ConditionKind.Security => "a security alert",
        _ => "an alert",
    };
}
