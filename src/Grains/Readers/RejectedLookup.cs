using Correlation.Contracts;
using Correlation.Decoding;
using Correlation.Delivery;
using Correlation.Signals;
using Correlation.Storage;
using Correlation.Streams;

namespace Correlation.Grains.Readers;

/// <summary>Lists what was rejected of a partition: the fates, written with the checkpoint, say which records; only their
/// messages are read and decoded again.</summary>
internal sealed class RejectedLookup(ReaderServices services, PartitionName name, ISignalStream stream, Checkpoint checkpoint)
{
    private const int BatchesPerCall = 2_000;

    private readonly MessageDecoder _decoder = new(services.Limits.Value);
    private readonly List<RejectedView> _found = [];

    /// <summary>A page of what was rejected below a partition's checkpoint.</summary>
    public static async Task<RejectedPage> ListAsync(
        ReaderServices services, string partition, RejectedQuery query, CancellationToken cancel)
    {
        var name = PartitionName.Parse(partition);
        var stream = await services.Streams.FindAsync(name.Stream, cancel);
        var row = await services.Checkpoints.ReadAsync(name.Key, cancel);
        if (stream is null || row is null) return new RejectedPage([], null);
        var lookup = new RejectedLookup(services, name, stream, services.Form.Read<Checkpoint>(row.Data));
        var next = await lookup.FindAsync(query, cancel);
        return new RejectedPage([.. lookup._found], next);
    }

    private async Task<SignalSlot?> FindAsync(RejectedQuery query, CancellationToken cancel)
    {
        var from = query.From;
        var first = await FirstAsync(query, cancel);
        if (first > from.Offset) from = new SignalSlot(first, 0, 0);
        for (var batches = 0; from.Offset < checkpoint.Offset; batches++)
        {
            if (batches == BatchesPerCall || _found.Count == query.Most) return from;
            var record = await services.Checkpoints.FatesAsync(name.Key, checkpoint.Epoch, from.Offset, cancel);
            var after = new SignalSlot((record?.Last ?? from.Offset) + 1, 0, 0);
            from = await AddAsync(query, (from, after), record, cancel) ?? after;
        }

        return null;
    }

    /// <summary>Adds what of a batch was rejected.</summary>
    /// <returns>The first that had no room; null where all had.</returns>
    private async Task<SignalSlot?> AddAsync(
        RejectedQuery query, (SignalSlot From, SignalSlot After) range, FateRecord? record, CancellationToken cancel)
    {
        var booked = record is null ? null : FateCodec.Rejected(record.Data);
        if (booked is { Count: 0 }) return null;
        for (var offset = range.From.Offset; offset < range.After.Offset; offset++)
        {
            var slots = booked?.Where(slot => record!.First + slot.Message == offset).ToList();
            if (slots is { Count: 0 }) continue;
            var read = await stream.PeekAsync(name.Partition, offset, cancel);
            if (read.Messages.Count == 0 || read.Messages[0].Offset != offset) continue;
            foreach (var (slot, view) in Views(read.Messages[0], slots, query.Bytes))
            {
                if (slot.CompareTo(range.From) < 0) continue;
                if (_found.Count == query.Most) return slot;
                _found.Add(view);
            }
        }

        return null;
    }

    /// <summary>What of a message was rejected then; where the books do not say, what is now.</summary>
    private IEnumerable<(SignalSlot Slot, RejectedView View)> Views(StoredMessage stored, List<RejectedSlot>? booked, int bytes)
    {
        var message = new Message(name.Stream, checkpoint.Epoch, name.Partition, stored.Offset, stored.LogTime);
        var decoded = _decoder.Decode(stored.Body, message);
        booked ??= [.. decoded.Rejections.Select(now => new RejectedSlot(0, now.Record, now.Target, now.Reason))];
        var shown = stored.Body[..Math.Min(stored.Body.Length, bytes)].ToArray();
        foreach (var slot in booked.OrderBy(slot => (slot.Record, slot.Target)))
        {
            var position = new Position(
                name.Stream, checkpoint.Epoch, name.Partition, stored.Offset, slot.Record, slot.Target).ToString();
            var now = decoded.Rejections.Where(now => now.Record == slot.Record).ToList();
            var detail = now.Count == 0 ? "" : $"{now[0].Reason}: {now[0].Detail}";
            yield return (
                new SignalSlot(stored.Offset, slot.Record, slot.Target),
                new RejectedView(position, slot.Reason, detail, now.Count == 0, stored.LogTime, stored.Body.Length, shown));
        }
    }

    /// <summary>The first offset that the stream holds, or that it stored since a time: log times never fall.</summary>
    private async Task<long> FirstAsync(RejectedQuery query, CancellationToken cancel)
    {
        var low = (await stream.PeekAsync(name.Partition, query.From.Offset, cancel)).First;
        if (query.Since is not { } since) return low;
        var high = checkpoint.Offset;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var read = await stream.PeekAsync(name.Partition, middle, cancel);
            if (read.Messages.Count > 0 && read.Messages[0].LogTime < since) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
