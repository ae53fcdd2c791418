using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;

namespace Correlation.Grains.Customers;

/// <summary>What watchers are told of a decision.</summary>
internal static class FeedProjection
{
    /// <summary>One event for each incident whose version rose, and one for the health if it changed.</summary>
    /// <param name="before">What was untold before the decision.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="health">The health before it.</param>
    /// <param name="incidents">Projects incidents.</param>
    public static ImmutableArray<FeedEvent> Of(
        ImmutableDictionary<string, long> before, CustomerState state, Health health, IncidentProjection incidents)
    {
        var events = state.Untold
            .Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value && state.Incidents.ContainsKey(pair.Key))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => incidents.Summary(state, state.Incidents[pair.Key]))
            .Select(summary => new FeedEvent(
                "incident", summary.Customer, summary.Id, summary.Version, $"{summary.Status}: {summary.Title}", state.Now))
            .ToImmutableArray();
        if (health == state.Verdict.Health) return events;
        var customer = incidents.Customer;
        return events.Add(
            new FeedEvent("health", customer, customer, state.Revision, state.Verdict.Health.ToString(), state.Now));
    }
}
