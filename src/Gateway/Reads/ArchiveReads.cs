using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Gateway.Access;

namespace Correlation.Gateway.Reads;

/// <summary>What is archived of a customer.</summary>
internal sealed class ArchiveReads(IGrainFactory grains, CustomerDirectory directory)
{
    /// <summary>The days of which something is archived; null where the caller sees no customer of that key.</summary>
    public async Task<ImmutableArray<DateOnly>?> DaysAsync(Caller caller, string customer) =>
        await directory.FindAsync(customer, caller) is { } key ? await grains.GetGrain<IArchiveGrain>(key.Value).Days() : null;

    /// <summary>Erases all of it.</summary>
    /// <returns>How many days there were; null where the caller sees no customer of that key.</returns>
    public async Task<int?> EraseAsync(Caller caller, string customer, string actor) =>
        await directory.FindAsync(customer, caller) is { } key
            ? await grains.GetGrain<IArchiveGrain>(key.Value).Erase(actor)
            : null;
}
