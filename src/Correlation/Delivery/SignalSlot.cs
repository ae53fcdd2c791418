using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>Where in its partition a signal lies.</summary>
/// <param name="Offset">The message's offset.</param>
/// <param name="Record">The record's ordinal in the message.</param>
/// <param name="Target">The target's ordinal in the record.</param>
[GenerateSerializer, Immutable, Alias("signal-slot")]
public readonly record struct SignalSlot(
    [property: Id(0)] long Offset, [property: Id(1)] int Record, [property: Id(2)] int Target)
    : IComparable<SignalSlot>
{
    /// <summary>Where a signal lies in the partition that it came from.</summary>
    public static SignalSlot Of(Signal signal) => new(signal.Message.Offset, signal.Record, signal.Target);

    /// <summary>Orders by offset, record and target.</summary>
    public int CompareTo(SignalSlot other)
    {
        var order = Offset.CompareTo(other.Offset);
        if (order == 0) order = Record.CompareTo(other.Record);
        return order != 0 ? order : Target.CompareTo(other.Target);
    }
}
