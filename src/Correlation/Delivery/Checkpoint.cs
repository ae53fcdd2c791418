using System.Collections.Immutable;

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
    /// <summary>How many ranges of lost messages are kept; all of them stay counted.</summary>
    public const int RangesMost = 20;

    /// <summary>The newest ranges of messages that the stream lost before they were read, oldest first; at most
    /// <see cref="RangesMost"/>.</summary>
    [Id(4)] public ImmutableArray<LostRange> Lost { get; init; } = [];

    /// <summary>How many such ranges there ever were.</summary>
    [Id(5)] public long LostRanges { get; init; }

    /// <summary>Before anything was read.</summary>
    public static Checkpoint Start { get; } = new(1, 0, null, SignalLedger.Empty);

    /// <summary>When the newest loss was noticed; the earliest time where there was none.</summary>
    public DateTimeOffset Loss => Lost.IsDefaultOrEmpty ? DateTimeOffset.MinValue : Lost[^1].Noticed;

    /// <summary>Whether a message has been passed for good: the reader will not read it again.</summary>
    public bool HasPassed(int epoch, long offset) => epoch < Epoch || (epoch == Epoch && offset < Offset);

    /// <summary>Where a partition is begun that nobody has read before: at the first message that it holds. What it held before
    /// that was never this program's to read, so it is not lost.</summary>
    public static Checkpoint Begin(long first) => Start with { Offset = first };

    /// <summary>Whether the stream is not the one that was read: it ends before the checkpoint, or the message before the
    /// checkpoint has another log time.</summary>
    /// <param name="end">The first offset that the partition does not hold yet.</param>
    /// <param name="before">The log time of the message before <see cref="Offset"/>;
    /// null where the partition does not hold it.</param>
    public bool IsOfAnother(long end, DateTimeOffset? before) =>
        Offset > end || (LogTime is not null && before is not null && before != LogTime);

    /// <summary>Where reading goes on, given what the stream holds now.</summary>
    /// <param name="first">The first offset that the partition still holds.</param>
    /// <param name="end">The first offset that it does not hold yet.</param>
    /// <param name="before">The log time of the message before <see cref="Offset"/>;
    /// null where the partition does not hold it.</param>
    /// <param name="now">The log time now.</param>
    /// <returns>This checkpoint; one that books the messages that retention took; or the start of a new epoch where the
    /// stream is not the one that was read.</returns>
    public Checkpoint Resume(long first, long end, DateTimeOffset? before, DateTimeOffset now)
    {
        if (IsOfAnother(end, before)) return this with { Epoch = Epoch + 1, Offset = first, LogTime = null };
        if (first <= Offset) return this;
        var lost = new LostRange(Epoch, Offset, first - 1, now);
        var kept = Lost.IsDefault ? [] : Lost;
        return this with
        {
            Offset = first,
            LogTime = null,
            Ledger = Ledger with { LostMessages = Ledger.LostMessages + lost.Messages },
            Lost = [.. kept.Add(lost).TakeLast(RangesMost)],
            LostRanges = LostRanges + 1,
        };
    }

    /// <summary>Makes sure that this checkpoint may be stored in the place of another one.</summary>
    /// <exception cref="DeliveryInvariantException">It goes back, its ledger does not balance, or it passes other messages than
    /// its ledger counts.</exception>
    public void ThrowUnlessFollows(Checkpoint stored)
    {
        if (Epoch < stored.Epoch || (Epoch == stored.Epoch && Offset < stored.Offset))
        {
            throw new DeliveryInvariantException(
                $"The checkpoint would go back from {stored.Epoch}:{stored.Offset} to {Epoch}:{Offset}.");
        }

        if (!Ledger.Balances) throw new DeliveryInvariantException($"The ledger at {Epoch}:{Offset} does not balance: {Ledger}.");
        var counted = Ledger.Messages + Ledger.LostMessages - stored.Ledger.Messages - stored.Ledger.LostMessages;
        if (Epoch == stored.Epoch ? counted != Offset - stored.Offset : counted < 0)
        {
            throw new DeliveryInvariantException(
                $"From {stored.Epoch}:{stored.Offset} to {Epoch}:{Offset} the ledger counts {counted} messages.");
        }
    }
}
