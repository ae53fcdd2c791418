using System.Globalization;
using System.Text;
using Correlation.Customers;
using Correlation.Decoding;
using Correlation.Grains.Readers;
using Correlation.Storage;

namespace Correlation.Grains.Archive;

/// <summary>What of each message of a batch is whose: the whole of it as it came where it is all of one customer, otherwise each
/// customer's records.</summary>
/// <remarks>Records that nobody owns, and messages of several customers that cannot be taken apart, are
/// <see cref="CustomerMap.Unassigned"/>'s: no customer's archive ever holds what is another's, save a record that names
/// both.</remarks>
internal static class CustomerParts
{
    /// <summary>The parts, in the order of the messages.</summary>
    public static IEnumerable<(CustomerKey Customer, ArchivedMessage Message)> Of(
        BatchWork work, PartitionName name, int epoch)
    {
        var records = RecordsOf(work);
        for (var i = 0; i < work.Kept.Count; i++)
        {
            var kept = work.Kept[i];
            var position = string.Create(
                CultureInfo.InvariantCulture, $"{name.Stream}:{epoch}:{name.Partition}:{kept.Offset}");
            foreach (var (customer, body) in Bodies(kept, records[i]))
                yield return (customer, new ArchivedMessage(position, kept.LogTime, body));
        }
    }

    /// <summary>For each message, which of its records are whose.</summary>
    private static SortedDictionary<CustomerKey, SortedSet<int>>[] RecordsOf(BatchWork work)
    {
        var all = new SortedDictionary<CustomerKey, SortedSet<int>>[work.Kept.Count];
        for (var i = 0; i < all.Length; i++) all[i] = [];
        foreach (var resource in work.Resources)
        {
            foreach (var (slot, signal) in resource.Slots.Zip(resource.Signals))
            {
                if (!all[slot.Message].TryGetValue(resource.Owner, out var own)) all[slot.Message][resource.Owner] = own = [];
                own.Add(signal.Record);
            }
        }

        return all;
    }

    private static IEnumerable<(CustomerKey Customer, ReadOnlyMemory<byte> Body)> Bodies(
        KeptMessage kept, SortedDictionary<CustomerKey, SortedSet<int>> owners)
    {
        if (owners.Count <= 1) return [(owners.Keys.FirstOrDefault(CustomerMap.Unassigned), kept.Body)];
        if (RecordParts.Of(kept.Body, kept.Records) is not { } parts) return [(CustomerMap.Unassigned, kept.Body)];
        var owned = owners.Values.SelectMany(records => records).ToHashSet();
        var nobodys = Enumerable.Range(0, parts.Count).Where(record => !owned.Contains(record)).ToList();
        var bodies = owners.Select(owner => (owner.Key, Body(owner.Value.Select(record => parts[record]))));
        return nobodys.Count == 0 ? bodies
            : bodies.Append((CustomerMap.Unassigned, Body(nobodys.Select(record => parts[record]))));
    }

    private static ReadOnlyMemory<byte> Body(IEnumerable<string> records) =>
        Encoding.UTF8.GetBytes($$"""{"records":[{{string.Join(',', records)}}]}""");
}
