using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Gateway.Access;
using Correlation.Gateway.Api;

namespace Correlation.Gateway.Reads;

/// <summary>How the customers are.</summary>
internal sealed class CustomerReads(IGrainFactory grains, CustomerDirectory directory, FanOut fanOut)
{
    private static readonly string[] Places = ["open", "loose", "waiting", "suppressed", "all"];

    /// <summary>A page of the caller's customers with their health, by key.</summary>
    public async Task<Page<CustomerHealth>> ListAsync(Caller caller, string? cursor, int limit, CancellationToken cancel)
    {
        var after = cursor is null ? null : Slice.Read(cursor);
        var keys = (await directory.OfAsync(caller))
            .SkipWhile(k => string.CompareOrdinal(k.Value, after) <= 0 && after is not null);
        var page = keys.Take(limit + 1).ToList();
        var next = page.Count > limit ? Slice.Write(page[limit - 1].Value) : null;
        var healths = await fanOut.AskAsync(
            [.. page.Take(limit)], k => grains.GetGrain<ICustomerGrain>(k.Value).Health(), cancel);
        return new Page<CustomerHealth>([.. healths], next);
    }

    /// <summary>All of the caller's customers with their health, the worst first, then by name.</summary>
    public async Task<IReadOnlyList<CustomerHealth>> WorstFirstAsync(Caller caller, CancellationToken cancel)
    {
        var healths = await fanOut.AskAsync(
            await directory.OfAsync(caller), k => grains.GetGrain<ICustomerGrain>(k.Value).Health(), cancel);
        return [.. healths.OrderBy(h => Rank(h.Health)).ThenBy(Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(h => h.Customer, StringComparer.Ordinal)];
    }

    /// <summary>One customer's health; null where there is none that the caller may see.</summary>
    public async Task<CustomerHealth?> HealthAsync(Caller caller, string customer) =>
        await directory.FindAsync(customer, caller) is { } key ? await grains.GetGrain<ICustomerGrain>(key.Value).Health() : null;

    /// <summary>A page of its symptoms; null where there is no such customer that the caller may see.</summary>
    /// <exception cref="BadRequestException">The place is none.</exception>
    public async Task<Page<TrackedSymptom>?> SymptomsAsync(Caller caller, string customer, SymptomQuery query)
    {
        if (!Places.Contains(query.Place)) throw new BadRequestException($"'place' must be one of {string.Join(", ", Places)}.");
        return await directory.FindAsync(customer, caller) is { } key
            ? await grains.GetGrain<ICustomerGrain>(key.Value).Symptoms(query)
            : null;
    }

    /// <summary>A page of what depends on what at a customer; null where the caller sees none of that key.</summary>
    public async Task<Page<TopologyEdge>?> TopologyAsync(Caller caller, string customer, TopologyQuery query) =>
        await directory.FindAsync(customer, caller) is { } key
            ? await grains.GetGrain<ICustomerGrain>(key.Value).Topology(query)
            : null;

    /// <summary>What a grouping in shadow would have decided; null where the caller sees no customer of that key.</summary>
    public async Task<ShadowView?> ShadowAsync(Caller caller, string customer) =>
        await directory.FindAsync(customer, caller) is { } key ? await grains.GetGrain<ICustomerGrain>(key.Value).Shadow() : null;

    private static string Name(CustomerHealth health) => health.Name.Length > 0 ? health.Name : health.Customer;

    private static int Rank(Health health) => health switch
    {
        Health.Unhealthy => 0,
        Health.Degraded => 1,
        Health.Unknown => 2,
        _ => 3,
    };
}
