using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Gateway.Access;

namespace Correlation.Gateway.Reads;

/// <summary>Which customers there are, for a caller. A made-up key wakes no grain.</summary>
internal sealed class CustomerDirectory(IGrainFactory grains)
{
    private ImmutableHashSet<string> known = [];

    /// <summary>The customers a caller may see, by key.</summary>
    public async Task<IReadOnlyList<CustomerKey>> OfAsync(Caller caller)
    {
        var all = await RefreshAsync();
        return [.. all.Where(caller.Sees).Order()];
    }

    /// <summary>The customer of this key; null where there is none that the caller may see.</summary>
    public async Task<CustomerKey?> FindAsync(string? text, Caller caller)
    {
        if (!CustomerKey.TryParse(text, out var key) || !caller.Sees(key)) return null;
        if (known.Contains(key.Value)) return key;
        await RefreshAsync();
        return known.Contains(key.Value) ? key : null;
    }

    /// <summary>The customer that an id (of an incident, problem or run) routes to; null as in <see cref="FindAsync"/>.</summary>
    public Task<CustomerKey?> OwnerAsync(string id, Caller caller) => FindAsync(id[..Math.Max(0, id.IndexOf('.'))], caller);

    /// <summary>The customers that a list is about: the one that is asked for, or all that the caller may see.</summary>
    public async Task<IReadOnlyList<CustomerKey>> SelectAsync(string? customer, Caller caller)
    {
        if (string.IsNullOrEmpty(customer)) return await OfAsync(caller);
        return await FindAsync(customer, caller) is { } key ? [key] : [];
    }

    private async Task<ImmutableArray<CustomerKey>> RefreshAsync()
    {
        var all = await grains.GetGrain<IDirectoryGrain>(0).Customers();
        known = [.. all.Select(c => c.Value)];
        return all;
    }
}
