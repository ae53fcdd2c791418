using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Collects what the records of one message give.</summary>
internal sealed class DecodeOutput(Message message, DecodingLimits limits)
{
    /// <summary>The message that is decoded.</summary>
    public Message Message { get; } = message;

    /// <summary>The limits in force.</summary>
    public DecodingLimits Limits { get; } = limits;

    /// <summary>The ordinal of the record that is decoded now.</summary>
    public int Record { get; set; }

    /// <summary>The signals so far.</summary>
    public List<Signal> Signals { get; } = [];

    /// <summary>The rejections so far.</summary>
    public List<Rejection> Rejections { get; } = [];

    /// <summary>Books the present record, or one target of it, as rejected.</summary>
    public void Reject(RejectReason reason, string detail = "", int target = 0) =>
        Rejections.Add(new Rejection(Record, target, reason, detail));
}
