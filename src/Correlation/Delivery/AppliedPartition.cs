using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>What a receiver has applied of one partition beyond its checkpoint.</summary>
[GenerateSerializer, SuppressReferenceTracking, Alias("applied-partition")]
public sealed class AppliedPartition
{
    [Id(2)] private readonly List<SignalSlot> _slots = new(1);
    [Id(3)] private readonly List<Fate> _fates = new(1);

    internal AppliedPartition(int epoch, long checkpoint)
    {
        Epoch = epoch;
        Checkpoint = checkpoint;
    }

    /// <summary>The stream's epoch.</summary>
    [Id(0)] public int Epoch { get; private set; }

    /// <summary>The highest checkpoint that a call has carried.</summary>
    [Id(1)] public long Checkpoint { get; private set; }

    /// <summary>How many signals are listed.</summary>
    public int Count => _slots.Count;

    internal void Forget(long checkpoint)
    {
        if (checkpoint <= Checkpoint) return;
        Checkpoint = checkpoint;
        var keepFrom = _slots.BinarySearch(new SignalSlot(checkpoint, 0, 0));
        var below = keepFrom < 0 ? ~keepFrom : keepFrom;
        _slots.RemoveRange(0, below);
        _fates.RemoveRange(0, below);
    }

    internal bool TakeOver(SignalSlot slot, out Fate fate)
    {
        fate = Fate.None;
        if (slot.Offset < Checkpoint) return true;
        var at = _slots.BinarySearch(slot);
        if (at < 0)
        {
            Add(slot, Fate.Parked);
            return false;
        }

        if (_fates[at] != Fate.Parked) fate = _fates[at];
        _fates[at] = Fate.Parked;
        return true;
    }

    internal bool Contains(SignalSlot slot, out Fate fate)
    {
        fate = Fate.None;
        if (slot.Offset < Checkpoint) return true;
        var at = _slots.BinarySearch(slot);
        if (at < 0) return false;
        fate = _fates[at];
        return true;
    }

    internal void Add(SignalSlot slot, Fate fate)
    {
        var at = _slots.Count == 0 || _slots[^1].CompareTo(slot) < 0 ? ~_slots.Count : _slots.BinarySearch(slot);
        if (at >= 0 || slot.Offset < Checkpoint)
        {
            throw new DeliveryInvariantException($"The signal at {slot} was applied before, or lies below {Checkpoint}.");
        }

        _slots.Insert(~at, slot);
        _fates.Insert(~at, fate);
    }
}
