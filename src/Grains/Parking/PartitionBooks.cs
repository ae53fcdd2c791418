using Correlation.Delivery;
using Correlation.Signals;
using Correlation.Storage;

namespace Correlation.Grains.Parking;

/// <summary>What the stored checkpoints of partitions say of single signals; each row is read once.</summary>
internal sealed class PartitionBooks(ICheckpointStore store, StoredForm form, CancellationToken cancel)
{
    private readonly Dictionary<string, Checkpoint?> _checkpoints = [];

    /// <summary>The checkpoints that were read, by partition.</summary>
    public IEnumerable<(string Partition, Checkpoint Checkpoint)> Checkpoints =>
        from read in _checkpoints where read.Value is not null select (read.Key, read.Value);

    /// <summary>The fate of a parked signal in the books of its partition; none while the checkpoint has not passed it. Where the
    /// books do not say, it is parked.</summary>
    /// <param name="position">The signal's position.</param>
    /// <param name="ordinal">Its ordinal among the signals of its message; null where that is not known.</param>
    public async Task<Fate> FateOfAsync(Position position, int? ordinal)
    {
        var partition = $"{position.Stream}/{position.Partition}";
        if (!_checkpoints.TryGetValue(partition, out var checkpoint))
        {
            var row = await store.ReadAsync(partition, cancel);
            _checkpoints[partition] = checkpoint = row is null ? null : form.Read<Checkpoint>(row.Data);
        }

        if (checkpoint?.HasPassed(position.Epoch, position.Offset) is not true) return Fate.None;
        if (ordinal is not { } at) return Fate.Parked;
        var record = await store.FatesAsync(partition, position.Epoch, position.Offset, cancel);
        if (record is null) return Fate.Parked;
        var fates = FateCodec.Decode(record.Data, position.Offset - record.First);
        return at < fates.Length ? fates[at] : Fate.Parked;
    }
}
