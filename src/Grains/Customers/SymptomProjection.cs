using Correlation.Contracts;
using Correlation.Customers;

namespace Correlation.Grains.Customers;

/// <summary>What the gateway reads of a customer's symptoms, whether an incident holds them or not.</summary>
internal static class SymptomProjection
{
    private const int LimitMax = 500;

    /// <summary>A page of symptoms, newest first.</summary>
    public static Page<TrackedSymptom> List(CustomerState state, SymptomQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, LimitMax);
        var after = ListPlace.Parse(query.Cursor);
        var waiting = new WaitingAlerts(state);
        var found = state.Symptoms.Values.Select(waiting.Told)
            .Where(tracked => IsAskedFor(tracked, query.Place))
            .Where(tracked => after is not { } place || ListPlace.Of(tracked).CompareTo(place) > 0)
            .OrderBy(ListPlace.Of)
            .Take(limit + 1).ToList();
        var next = found.Count > limit ? ListPlace.Of(found[limit - 1]).ToString() : null;
        return new Page<TrackedSymptom>([.. found.Take(limit)], next);
    }

    private static bool IsAskedFor(TrackedSymptom tracked, string place) => place switch
    {
        "open" => tracked.Symptom.IsOpen,
        "loose" => tracked is { Incident: null, Suppressed: false, Sealed: false },
        "waiting" => tracked.WaitsUntil is not null,
        "suppressed" => tracked.Suppressed,
        _ => true,
    };
}
