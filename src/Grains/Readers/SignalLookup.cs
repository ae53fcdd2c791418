using Correlation.Contracts;
using Correlation.Decoding;
using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Grains.Readers;

/// <summary>Finds one signal again: its message in the stream, its fate at the checkpoint.</summary>
internal static class SignalLookup
{
    /// <summary>The signal at a slot of a partition; null where the stream does not hold its message or the message has no such
    /// signal.</summary>
    public static async Task<SignalView?> FindAsync(
        ReaderServices services, string partition, int epoch, SignalSlot slot, CancellationToken cancel)
    {
        var name = PartitionName.Parse(partition);
        if (await services.Streams.FindAsync(name.Stream, cancel) is not { } stream) return null;
        var batch = await stream.PeekAsync(name.Partition, slot.Offset, cancel);
        if (batch.Messages.Count == 0 || batch.Messages[0].Offset != slot.Offset) return null;
        var stored = batch.Messages[0];
        var message = new Message(name.Stream, epoch, name.Partition, stored.Offset, stored.LogTime);
        var decoded = new MessageDecoder(services.Limits.Value, services.Ids).Decode(stored.Body, message);
        var position = new Position(name.Stream, epoch, name.Partition, slot.Offset, slot.Record, slot.Target).ToString();
        var payload = stored.Body.ToArray();
        foreach (var rejection in decoded.Rejections)
        {
            if (rejection.Record != slot.Record || rejection.Target != slot.Target) continue;
            return new SignalView(position, Fate.Rejected, $"{rejection.Reason}: {rejection.Detail}", stored.LogTime, null,
                payload);
        }

        var ordinal = IndexOf(decoded.Signals, slot);
        if (ordinal < 0) return null;
        var fate = await FateOfAsync(services, name.Key, epoch, slot.Offset, ordinal, cancel);
        var signal = decoded.Signals[ordinal];
        var reason = fate == Fate.Parked ? await WhereParkedAsync(services, signal, cancel) : null;
        return new SignalView(position, fate, reason, stored.LogTime, signal, payload);
    }

    private static async Task<string> WhereParkedAsync(ReaderServices services, Signal signal, CancellationToken cancel)
    {
        var owner = services.Owners.OwnerOf(signal.Resource, signal.Detail?.Tenant, signal.LogTime);
        var waits = await services.Parking.WaitsAsync(ResourceKeys.Of(signal.Resource, owner), signal, cancel);
        return waits ? "It waits in its resource's parking lane." : "It has left its resource's parking lane.";
    }

    private static int IndexOf(IReadOnlyList<Signal> signals, SignalSlot slot)
    {
        for (var i = 0; i < signals.Count; i++)
        {
            if (signals[i].Record == slot.Record && signals[i].Target == slot.Target) return i;
        }

        return -1;
    }

    private static async Task<Fate> FateOfAsync(
        ReaderServices services, string partition, int epoch, long offset, int ordinal, CancellationToken cancel)
    {
        var record = await services.Checkpoints.FatesAsync(partition, epoch, offset, cancel);
        if (record is null) return Fate.None;
        var fates = FateCodec.Decode(record.Data, offset - record.First);
        return ordinal < fates.Length ? fates[ordinal] : Fate.None;
    }
}
