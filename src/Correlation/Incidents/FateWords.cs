using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>Says in words why a signal is no symptom: by its fate.</summary>
public static class FateWords
{
    /// <summary>Why a signal with a fate is named by no symptom that is kept.</summary>
    /// <param name="fate">What became of it.</param>
    /// <param name="reason">Why, where the fate has a reason; null for none.</param>
    /// <param name="resource">The resource's name; null where the record was not understood.</param>
    public static string Why(Fate fate, string? reason, string? resource)
    {
        var on = resource ?? "its resource";
        return fate switch
        {
            Fate.Rejected => $"its record was rejected: {reason ?? "no reason is kept"}",
            Fate.Late => "it was late: its event time lies further behind its log time than is allowed",
            Fate.Shed => "it was shed under overload",
            Fate.Parked => $"it was parked{(reason is null ? "" : ": " + reason)}",
            Fate.Failed => "its handling failed for good",
            Fate.Duplicate => "it repeats a signal that was applied before",
            Fate.Context => $"it was kept as context of {on}, which makes no symptom",
            Fate.Aggregated => $"it was counted into the state of {on}, which it did not change; ask by that resource",
            Fate.Transition =>
                $"it changed a symptom of {on} that does not name it any more, or is forgotten; ask by that resource",
            _ => "it has no fate yet: the checkpoint of its partition has not passed it",
        };
    }
}
