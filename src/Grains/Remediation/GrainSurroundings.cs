using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Incidents;
using Correlation.Remediation;

namespace Correlation.Grains.Remediation;

/// <summary>Asks the customer, fleet and problem grains.</summary>
internal sealed class GrainSurroundings(IGrainFactory grains) : IRunSurroundings
{
    private const int RegionsMax = 4;

    /// <inheritdoc/>
    public async Task<Surroundings> OfAsync(IncidentNotice notice, bool needsRecurrence)
    {
        var regions = notice.Symptoms.Select(symptom => symptom.Region).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase);
        var others = await OthersHitAsync(notice.Customer, regions.Take(RegionsMax));
        // Recording is idempotent by version: it answers the problem also where the customer has recorded the notice before.
        var recurring = needsRecurrence
            && await grains.GetGrain<IProblemsGrain>(notice.Customer.Value).Record(notice) is not null;
        return new Surroundings(await MaintenanceAsync(notice.Customer.Value), others, recurring);
    }

    /// <inheritdoc/>
    public async Task<Surroundings> OfAsync(string customer, Run run)
    {
        var others = await OthersHitAsync(CustomerKey.Parse(customer), run.Region is { } region ? [region] : []);
        return new Surroundings(await MaintenanceAsync(customer), others, false);
    }

    private async Task<ImmutableDictionary<string, int>> OthersHitAsync(CustomerKey customer, IEnumerable<string> regions)
    {
        var fleet = grains.GetGrain<IFleetGrain>(0);
        var hit = ImmutableDictionary.CreateBuilder<string, int>();
        foreach (var region in regions) hit[region.ToLowerInvariant()] = await fleet.OthersHit(customer, region);
        return hit.ToImmutable();
    }

    private Task<ImmutableArray<MaintenanceWindow>> MaintenanceAsync(string customer) =>
        grains.GetGrain<ICustomerGrain>(customer).Maintenance();
}
