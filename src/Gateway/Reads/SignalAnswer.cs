using Correlation.Signals;

namespace Correlation.Gateway.Reads;

/// <summary>One signal, what became of it and what it came as.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Fate">What became of it; <c>none</c> while its partition's checkpoint has not passed it.</param>
/// <param name="Reason">For a rejected record, why; for a parked signal, whether it still waits; null otherwise.</param>
/// <param name="LogTime">When the stream stored its message.</param>
/// <param name="Signal">The signal as decoded; null for a rejected record.</param>
/// <param name="PayloadBytes">How large its message is.</param>
/// <param name="Payload">The message's bytes, in base64, at most <see cref="GatewayOptions.PayloadBytes"/> of them; empty for a
/// caller that may not see every customer, because a message may hold records of several.</param>
/// <param name="PayloadText">The same as text; null where they are not UTF-8.</param>
internal sealed record SignalAnswer(
    string Position, Fate Fate, string? Reason, DateTimeOffset LogTime, Signal? Signal, int PayloadBytes, byte[] Payload,
    string? PayloadText);
