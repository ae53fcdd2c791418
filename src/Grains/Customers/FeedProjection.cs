using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Incidents;

namespace Correlation.Grains.Customers;

/// <summary>What watchers are told of a decision.</summary>
internal static class FeedProjection
{
    /// <summary>One event for each incident whose version rose, and one for the health if it changed.</summary>
    /// <param name="before">What was untold before the decision.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="health">The health before it.</param>
    /// <param name="customer">The customer's key.</param>
    public static ImmutableArray<FeedEvent> Of(
        ImmutableDictionary<string, long> before, CustomerState state, Health health, string customer)
    {
        var events = state.Untold
            .Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value && state.Incidents.ContainsKey(pair.Key))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Event(customer, state, state.Incidents[pair.Key]))
            .ToImmutableArray();
        if (health == state.Verdict.Health) return events;
        return events.Add(
            new FeedEvent("health", customer, customer, state.Revision, state.Verdict.Health.ToString(), state.Now));
    }

    private static FeedEvent Event(string customer, CustomerState state, Incident incident)
    {
        var title = IncidentReading.TitleOf(incident, state.MembersOf(incident));
        return new FeedEvent("incident", customer, incident.Id, incident.Version, $"{incident.Status}: {title}", state.Now);
    }
}
