using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Grains.Customers;

/// <summary>What the gateway reads of a customer's health.</summary>
internal static class HealthProjection
{
    /// <summary>The customer's health now.</summary>
    public static CustomerHealth Of(
        CustomerState state, CustomerKey customer, CustomerEntry? entry, LogClock clock, CustomerOptions options)
    {
        var health = HealthRollUp.Of(state, clock, options);
        var watermark = clock.Watermark(options.Lateness);
        return new CustomerHealth(
            customer.Value,
            entry is { Name.Length: > 0 } ? entry.Name : customer.Value,
            entry is null,
            health,
            health == state.Verdict.Health ? state.Verdict.Since : clock.Now,
            HealthRollUp.Why(state, clock, options),
            Count(state, health),
            state.Incidents.Values.Count(incident => incident.IsOpen),
            clock.LastInput == default ? null : clock.LastInput,
            watermark <= DateTimeOffset.UnixEpoch ? null : watermark,
            state.Revision);
    }

    private static ResourceCounts Count(CustomerState state, Health health)
    {
        var total = state.Resources.Count;
        if (health == Health.Unknown) return new ResourceCounts(total, 0, 0, 0, total);
        var worst = state.Symptoms.Values
            .Where(tracked => tracked is { Suppressed: false, Sealed: false } && tracked.Symptom.IsOpen)
            .GroupBy(tracked => tracked.Symptom.Resource.Canonical)
            .Select(group => group.Max(tracked => tracked.Symptom.Severity)).ToList();
        var unhealthy = worst.Count(severity => severity >= Severity.Error);
        var degraded = worst.Count(severity => severity == Severity.Warning);
        total = Math.Max(total, unhealthy + degraded);
        return new ResourceCounts(total, total - unhealthy - degraded, degraded, unhealthy, 0);
    }
}
