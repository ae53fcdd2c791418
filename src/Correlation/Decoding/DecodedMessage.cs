using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>What one message gave: every record of it is a signal (or several) or a rejection, none is missing.</summary>
/// <param name="Message">The message.</param>
/// <param name="Records">How many records it held; a message that cannot be read at all counts as one.</param>
/// <param name="Signals">The signals, in the order of their records and targets.</param>
/// <param name="Rejections">The records that gave no signal.</param>
public sealed record DecodedMessage(
    Message Message,
    int Records,
    IReadOnlyList<Signal> Signals,
    IReadOnlyList<Rejection> Rejections);
