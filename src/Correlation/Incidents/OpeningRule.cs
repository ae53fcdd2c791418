using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>When symptoms that belong together are an incident at all. A function of the set of symptoms and of the time: a lone
/// alert may have to outlast its hold.</summary>
internal static class OpeningRule
{
    /// <summary>From how many times on a failed operation counts as recurring.</summary>
    public const int Recurring = 3;

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
        var distinct = counted.Select(symptom => (symptom.Resource, symptom.Condition)).Distinct().Count();
        var worst = counted.Count == 0 ? Severity.Unknown : counted.Max(symptom => symptom.Severity);
        if (distinct < 2 || worst < Severity.Warning) return null;
        if (distinct == 2 && worst == Severity.Warning && !counted.Exists(symptom => holds.IsOver(symptom, at))) return null;
        if (counted.Any(IsAlert)) return $"{distinct} linked conditions, the worst of severity {worst}";
        var errors = counted.Where(symptom => symptom.Severity >= Severity.Error)
            .Select(symptom => (symptom.Resource, symptom.Condition)).Distinct().Count();
        return errors > 2 ? $"{errors} linked conditions of severity Error or worse" : null;
    }

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
