using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Streams;

namespace Correlation.Grains.Readers;

/// <summary>Reads what a partition still holds, at the side of its reader.</summary>
internal static class MessageLookup
{
    /// <summary>A page of a partition's messages; none where there is no such stream.</summary>
    public static async Task<MessagePage> ListAsync(
        ReaderServices services, string partition, MessageQuery query, CancellationToken cancel)
    {
        var name = PartitionName.Parse(partition);
        if (await services.Streams.FindAsync(name.Stream, cancel) is not { } stream) return new MessagePage([], null);
        var row = await services.Checkpoints.ReadAsync(name.Key, cancel);
        var epoch = row is null ? 1 : services.Form.Read<Checkpoint>(row.Data).Epoch;
        var from = query.From ?? await stream.FirstSinceAsync(name.Partition, query.Since, cancel);
        using var read = await stream.PeekAsync(name.Partition, from, query.Most, query.Bytes, cancel);
        var wanted = read.Messages.TakeWhile(stored => stored.LogTime < query.Until).ToList();
        var views = wanted.Where(stored => stored.LogTime >= query.Since).Select(stored => new MessageView(
            name.Stream, epoch, name.Partition, stored.Offset, stored.LogTime, stored.Body.ToArray()));
        return new MessagePage([.. views], NextOf(read, wanted.Count, from));
    }

    /// <summary>Where to go on: behind the last message; where the stream forgot what was asked for, at what it still has;
    /// nowhere behind the last that is wanted, or the end.</summary>
    private static long? NextOf(StreamBatch read, int wanted, long from)
    {
        if (read.Messages.Count == 0) return read.First > from && read.First < read.End ? read.First : null;
        var after = read.Messages[^1].Offset + 1;
        return wanted == read.Messages.Count && after < read.End ? after : null;
    }

    /// <summary>The first offset that a partition stored since a time; log times fall only where a clock was set back.</summary>
    private static async Task<long> FirstSinceAsync(
        this ISignalStream stream, int partition, DateTimeOffset since, CancellationToken cancel)
    {
        long low, high;
        using (var reach = await stream.PeekAsync(partition, 0, cancel)) (low, high) = (reach.First, reach.End);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            using var read = await stream.PeekAsync(partition, middle, cancel);
            if (read.Messages.Count == 0 && read.First > middle) low = read.First;
            else if (read.Messages.Count > 0 && read.Messages[0].LogTime < since) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
