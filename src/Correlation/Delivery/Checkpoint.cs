namespace Correlation.Delivery;

/// <summary>The position up to which a partition's effects are durable, with the ledger up to there: one row, one etag.</summary>
/// <param name="Epoch">The stream's epoch; rises when the stream was recreated.</param>
/// <param name="Offset">The first offset that is not durable yet.</param>
/// <param name="LogTime">The log time of the message before it; null where there is none. It tells a recreated stream.</param>
/// <param name="Ledger">The counts of all messages below it, of all epochs.</param>
[GenerateSerializer, Immutable, Alias("checkpoint")]
public sealed record Checkpoint(
    [property: Id(0)] int Epoch,
    [property: Id(1)] long Offset,
    [property: Id(2)] DateTimeOffset? LogTime,
    [property: Id(3)] SignalLedger Ledger)
{
    /// <summary>Before anything was read.</summary>
    public static Checkpoint Start { get; } = new(1, 0, null, SignalLedger.Empty);

    /// <summary>Whether a message has been passed for good: the reader will not read it again.</summary>
    public bool HasPassed(int epoch, long offset) => epoch < Epoch || (epoch == Epoch && offset < Offset);

    /// <summary>Where reading goes on, given what the stream holds now.</summary>
    /// <param name="first">The first offset that the partition still holds.</param>
    /// <param name="end">The first offset that it does not hold yet.</param>
    /// <param name="before">The log time of the message before <see cref="Offset"/>;
    /// null where the partition does not hold it.</param>
    /// <returns>This checkpoint; one that books the messages that retention took; or the start of a new epoch where the
    /// stream is not the one that was read.</returns>
    public Checkpoint Resume(long first, long end, DateTimeOffset? before)
    {
        var recreated = Offset > end || (LogTime is not null && before is not null && before != LogTime);
        if (recreated) return new Checkpoint(Epoch + 1, first, null, Ledger);
        if (first <= Offset) return this;
        var lost = Ledger with { LostMessages = Ledger.LostMessages + first - Offset };
        return this with { Offset = first, LogTime = null, Ledger = lost };
    }
}
