using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>What a receiver has applied beyond each partition's checkpoint, with the fates; makes redelivery harmless.</summary>
/// <remarks>
/// Invariant: a signal below the checkpoint or listed is never applied again. Nothing depends on the order of calls:
/// a position is looked up, not compared with a last one. The list stays short because every call carries the reader's
/// checkpoint.
/// </remarks>
[GenerateSerializer, Alias("applied-positions")]
public sealed class AppliedPositions
{
    [Id(0)] private readonly Dictionary<string, AppliedPartition> _partitions = [];

    /// <summary>The partitions with what is applied of each, for whoever inspects it.</summary>
    public IEnumerable<KeyValuePair<string, AppliedPartition>> Partitions => _partitions;

    /// <summary>Takes the checkpoint that a call carries and forgets what lies below it.</summary>
    /// <param name="partition">The partition as <c>stream/partition</c>.</param>
    /// <param name="epoch">The stream's epoch; a higher one than before forgets all of the former.</param>
    /// <param name="checkpoint">The first offset that is not durable yet. A lower one than before changes nothing.</param>
    /// <returns>False where the epoch is over: the call comes from a reader that has been replaced,
    /// and must not be applied.</returns>
    public bool Advance(string partition, int epoch, long checkpoint)
    {
        if (!_partitions.TryGetValue(partition, out var applied))
        {
            _partitions[partition] = new AppliedPartition(epoch, checkpoint);
            return true;
        }

        if (epoch < applied.Epoch) return false;
        if (epoch > applied.Epoch) _partitions[partition] = new AppliedPartition(epoch, checkpoint);
        else applied.Forget(checkpoint);
        return true;
    }

    /// <summary>Whether a signal was applied before; <see cref="Advance"/> was called for its partition.</summary>
    /// <param name="partition">The partition as <c>stream/partition</c>.</param>
    /// <param name="slot">Where in the partition the signal lies.</param>
    /// <param name="fate">The fate that it had; <see cref="Fate.None"/> where it lies below the checkpoint and its fate is
    /// forgotten: only a reader that was replaced asks for that.</param>
    public bool Contains(string partition, SignalSlot slot, out Fate fate) => _partitions[partition].Contains(slot, out fate);

    /// <summary>Whether a signal that comes out of a parking lane was applied before; from now on its own partition lists it as
    /// parked, which is what the delayed call of a reader that was replaced is then answered.</summary>
    /// <remarks>While a lane holds a signal, no call carries a checkpoint of its partition beyond it: what lies below was
    /// applied.</remarks>
    /// <param name="signal">The signal.</param>
    /// <param name="fate">The fate that it had out of its stream: the answer was lost before it was parked.
    /// <see cref="Fate.None"/> where it was drained before, and a reader that was replaced has parked it again.</param>
    public bool TakeOver(Signal signal, out Fate fate)
    {
        fate = Fate.None;
        var (message, slot) = (signal.Message, SignalSlot.Of(signal));
        var partition = $"{message.Stream}/{message.Partition}";
        if (!_partitions.TryGetValue(partition, out var applied))
        {
            _partitions[partition] = applied = new AppliedPartition(message.Epoch, 0);
        }

        return applied.Epoch == message.Epoch && applied.TakeOver(slot, out fate);
    }

    /// <summary>Notes that a signal was applied.</summary>
    /// <exception cref="DeliveryInvariantException">It was applied before, or lies below the checkpoint: applying it again would
    /// count it twice.</exception>
    public void Add(string partition, SignalSlot slot, Fate fate) => _partitions[partition].Add(slot, fate);
}
