using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Gateway.Access;
using Correlation.Streams;

namespace Correlation.Gateway.Reads;

/// <summary>The ledgers.</summary>
internal sealed class LedgerReads(IGrainFactory grains, CustomerDirectory directory, IStreamCatalog streams, FanOut fanOut)
{
    /// <summary>The ledgers that a caller may see: a partition's counts are of all customers, so only who sees all sees
    /// them.</summary>
    public async Task<LedgerView> GetAsync(Caller caller, CancellationToken cancel)
    {
        var readers = caller.SeesAll ? await streams.ReadersAsync(cancel) : [];
        var partitions = await fanOut.AskAsync(readers, key => grains.GetGrain<IReaderGrain>(key).Ledger(), cancel);
        var keys = await directory.OfAsync(caller);
        var customers = await fanOut.AskAsync(keys, k => grains.GetGrain<ICustomerGrain>(k.Value).Ledger(), cancel);
        var parking = await ParkingAsync(caller);
        var balanced = partitions.All(p => p.Counts.Balances) && customers.All(c => c.Counts.Balances) && parking.Balances;
        return new LedgerView([.. partitions], [.. customers], balanced, parking);
    }

    /// <summary>The books of parking of the customers that a caller may see, added up.</summary>
    private async Task<ParkingLedger> ParkingAsync(Caller caller)
    {
        var books = await grains.GetGrain<IParkingGrain>(0).Ledger();
        return books.Where(book => caller.Sees(book.Customer)).Aggregate(ParkingLedger.Empty, (sum, book) => sum + book.Counts);
    }

}

/// <summary>The partitions of all streams.</summary>
internal static class Partitions
{
    /// <summary>The keys of the grains that read them, by stream and partition.</summary>
    public static async Task<IReadOnlyList<string>> ReadersAsync(this IStreamCatalog streams, CancellationToken cancel)
    {
        var keys = new List<string>();
        foreach (var stream in await streams.StreamsAsync(cancel))
        {
            var partitions = await stream.PartitionsAsync(cancel);
            keys.AddRange(partitions.Select(p => $"{stream.Name}/{p}"));
        }

        return keys;
    }
}
