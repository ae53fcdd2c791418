namespace Correlation.Delivery;

/// <summary>Holds a partition back that reads a backlog faster than the other partitions of its stream.</summary>
/// <remarks>
/// What a resource keeps until the watermark has passed it is bounded, and what belongs together comes together only where the
/// partitions are about equally far. While messages come as they happen both take care of themselves; where hours are read in a
/// second (after an outage, in a replay) they do not. What is current is never held, so that a partition that is stuck stops no
/// other one; and who stands still for longer than patience has is waited for no more until it moves. Apache Flink calls it
/// watermark alignment. Not safe for concurrent use.
/// </remarks>
/// <param name="leadMax">How far ahead of the slowest partition's checkpoint a message may be in log time; also how old it must
/// be at least to be held.</param>
/// <param name="patience">How long the slowest partition may stand still.</param>
/// <param name="time">The wall clock.</param>
public sealed class StreamAlignment(TimeSpan leadMax, TimeSpan patience, TimeProvider time)
{
    private DateTimeOffset _slowest;
    private long _since = time.GetTimestamp();

    /// <summary>Learns how far the slowest partition of the stream is.</summary>
    /// <param name="slowest">Its log time; the default where not every partition has told how far it is, as at a start.</param>
    public void Learn(DateTimeOffset slowest)
    {
        if (slowest == _slowest) return;
        (_slowest, _since) = (slowest, time.GetTimestamp());
    }

    /// <summary>Whether messages from a log time on have to wait.</summary>
    public bool Holds(DateTimeOffset logTime) =>
        logTime - _slowest > leadMax && time.GetUtcNow() - logTime > leadMax && time.GetElapsedTime(_since) < patience;
}
