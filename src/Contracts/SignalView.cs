using Correlation.Signals;

namespace Correlation.Contracts;

/// <summary>What became of one signal, and what it was.</summary>
/// <param name="Position">The signal's position, as text.</param>
/// <param name="Fate">What became of it; <see cref="Signals.Fate.None"/> while its partition's checkpoint has
/// not passed it.</param>
/// <param name="Reason">For a rejected record, why; for a parked signal, whether it still waits; null otherwise.</param>
/// <param name="LogTime">When the stream stored its message.</param>
/// <param name="Signal">The signal as decoded; null for a rejected record.</param>
/// <param name="Payload">The message's bytes, at most as many as the stream keeps.</param>
[GenerateSerializer, Immutable, Alias("signal-view")]
public sealed record SignalView(
    [property: Id(0)] string Position,
    [property: Id(1)] Fate Fate,
    [property: Id(2)] string? Reason,
    [property: Id(3)] DateTimeOffset LogTime,
    [property: Id(4)] Signal? Signal,
    [property: Id(5)] byte[] Payload);
