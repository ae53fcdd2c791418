namespace Correlation.Signals;

/// <summary>One thing Azure said about one resource.</summary>
/// <remarks>Immutable after decoding. A record that names several targets gives one signal for each.</remarks>
[GenerateSerializer, Immutable, Alias("signal")]
public sealed class Signal
{
    /// <summary>The message that carried it.</summary>
    [Id(0)] public required Message Message { get; init; }

    /// <summary>The resource it is about, canonical.</summary>
    [Id(1)] public required ResourceId Resource { get; init; }

    /// <summary>The ordinal of the record in the message as received, from 0.</summary>
    [Id(2)] public int Record { get; init; }

    /// <summary>The ordinal of the target in the record, from 0.</summary>
    [Id(3)] public int Target { get; init; }

    /// <summary>What sort of thing it is.</summary>
    [Id(4)] public SignalKind Kind { get; init; }

    /// <summary>What it does to the resource's live state.</summary>
    [Id(5)] public SignalRole Role { get; init; }

    /// <summary>How bad it says it is.</summary>
    [Id(6)] public Severity Severity { get; init; }

    /// <summary>Whether its event time lay too far ahead of its log time and was replaced by it.</summary>
    [Id(7)] public bool ClockAhead { get; init; }

    /// <summary>When Azure says it happened, UTC.</summary>
    [Id(8)] public DateTimeOffset EventTime { get; init; }

    /// <summary>Equal for a repetition of the same record.</summary>
    [Id(9)] public DedupKey Dedup { get; init; }

    /// <summary>The condition it opens, closes or repeats; null for context, measurements and changes.</summary>
    [Id(10)] public Condition? Condition { get; init; }

    /// <summary>The value, for a metric; null otherwise.</summary>
    [Id(11)] public MetricValue? Metric { get; init; }

    /// <summary>What it says beyond that; null for a metric.</summary>
    [Id(12)] public SignalDetail? Detail { get; init; }

    /// <summary>When the stream stored its message, UTC.</summary>
    public DateTimeOffset LogTime => Message.LogTime;

    /// <summary>Its identity.</summary>
    public Position Position => new(Message.Stream, Message.Epoch, Message.Partition, Message.Offset, Record, Target);
}
