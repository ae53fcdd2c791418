using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Turns the bytes of a message into signals. Never throws on any input; never looks at a clock.</summary>
/// <remarks>Not safe for concurrent use: it keeps caches of names. One decoder a reader.</remarks>
public sealed class MessageDecoder
{
    private readonly DecodingLimits limits;
    private readonly DecodeOutput output;
    private readonly EnvelopeReader envelope;

    /// <summary>Makes a decoder that has seen nothing yet.</summary>
    /// <param name="limits">What one message may cost.</param>
    /// <param name="ids">The ids that it shares with other decoders; null for ids of its own.</param>
    public MessageDecoder(DecodingLimits limits, ResourceIds? ids = null)
    {
        var router = new RecordRouter(new DecodeCaches(ids ?? ResourceIds.Own()));
        this.limits = limits;
        output = new DecodeOutput(limits, router.Caches);
        envelope = new EnvelopeReader(router, output);
    }

    /// <summary>Decodes one message.</summary>
    /// <param name="body">The message's bytes, as the stream holds them.</param>
    /// <param name="message">Where the message lies and when it was stored.</param>
    /// <returns>A signal or a rejection for every record.</returns>
    public DecodedMessage Decode(ReadOnlyMemory<byte> body, Message message)
    {
        output.Start(message);
        var text = WithoutMark(body.Span).Trim(" \t\r\n\0"u8);
        if (body.Length > limits.MessageBytes)
        {
            output.Reject(RejectReason.MessageTooLarge, $"{body.Length} bytes, {limits.MessageBytes} are allowed.");
            return new DecodedMessage(message, 1, [], output.Rejections);
        }

        if (text.IsEmpty)
        {
            output.Reject(RejectReason.Empty);
            return new DecodedMessage(message, 1, [], output.Rejections);
        }

        envelope.ReadMessage(text);
        if (envelope.Records == 0) envelope.Reject(RejectReason.Empty, "It holds no record.");
        var signals = output.Signals.ToArray();
        output.Signals.Clear();
        return new DecodedMessage(message, envelope.Records, signals, output.Rejections);
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        body.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
