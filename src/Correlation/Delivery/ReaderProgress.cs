namespace Correlation.Delivery;

/// <summary>How far a partition's reader is: what is read, what is answered, what may be checkpointed.</summary>
/// <remarks>
/// Invariants: batches follow each other without gaps; the checkpoint passes only batches that are answered and whose flushes are
/// all settled, in order; position, log time and ledger move together. Not safe for concurrent use.
/// </remarks>
public sealed class ReaderProgress
{
    private readonly Queue<ReaderBatch> _batches = new();

    /// <summary>By how many of the batches each flush is relied on.</summary>
    private readonly Dictionary<FlushId, int> _flushes = [];
    private Settlement? _offered;

    /// <summary>Begins at a durable checkpoint.</summary>
    public ReaderProgress(Checkpoint durable)
    {
        Durable = durable;
        Read = durable.Offset;
    }

    /// <summary>The checkpoint as stored.</summary>
    public Checkpoint Durable { get; private set; }

    /// <summary>The first offset that is not read yet.</summary>
    public long Read { get; private set; }

    /// <summary>The batches between the checkpoint and there, oldest first.</summary>
    public IReadOnlyCollection<ReaderBatch> InFlight => _batches;

    /// <summary>The flushes that they rely on, each once: far fewer than batches where these wait for their customers.</summary>
    public IReadOnlyCollection<FlushId> Flushes => _flushes.Keys;

    /// <summary>How many full batches they are.</summary>
    public double Weight => _batches.Sum(batch => batch.Weight);

    /// <summary>Takes the next batch, which is answered.</summary>
    /// <exception cref="DeliveryInvariantException">It does not begin where the one before ended, does not count its messages,
    /// or its ledger does not balance.</exception>
    public void Answered(ReaderBatch batch)
    {
        if (batch.First != Read || batch.Next <= batch.First)
            throw new DeliveryInvariantException($"The batch of {batch.First} to {batch.Next} does not begin at {Read}.");
        if (batch.Counts.Messages != batch.Next - batch.First || !batch.Counts.Balances)
            throw new DeliveryInvariantException($"The batch of {batch.First} to {batch.Next} counts {batch.Counts}.");
        Read = batch.Next;
        _batches.Enqueue(batch);
        foreach (var flush in batch.Flushes) _flushes[flush] = _flushes.GetValueOrDefault(flush) + 1;
    }

    /// <summary>Says whether a batch rests on a lost flush; the reader must then go back to its checkpoint.</summary>
    public bool AnyLost(Func<FlushId, FlushStatus> statusOf) =>
        _flushes.Keys.Any(flush => statusOf(flush) == FlushStatus.Lost);

    /// <summary>The checkpoint that may be written now, with the batches that it passes; null where none is settled.</summary>
    public Settlement? Settle(Func<FlushId, FlushStatus> statusOf)
    {
        var passed = _batches.TakeWhile(batch => batch.Flushes.All(flush => statusOf(flush) == FlushStatus.Settled)).ToList();
        if (passed.Count == 0) return null;
        var ledger = passed.Aggregate(Durable.Ledger, (sum, batch) => sum + batch.Counts);
        var checkpoint = Durable with { Offset = passed[^1].Next, LogTime = passed[^1].LogTime, Ledger = ledger };
        return _offered = new Settlement(checkpoint, passed);
    }

    /// <summary>Says that what <see cref="Settle"/> made is stored.</summary>
    /// <exception cref="DeliveryInvariantException">It is not what was made last, or the reader has gone back since.</exception>
    public void Stored(Settlement settled)
    {
        if (!ReferenceEquals(settled, _offered))
        {
            throw new DeliveryInvariantException(
                $"The checkpoint {settled.Checkpoint.Offset} was stored; {_offered?.Checkpoint.Offset} is what may be.");
        }

        _offered = null;
        for (var i = 0; i < settled.Passed.Count; i++) Forget(_batches.Dequeue());
        Durable = settled.Checkpoint;
    }

    /// <summary>Goes back to the checkpoint: what was read beyond it is read again.</summary>
    public void Rewind()
    {
        _offered = null;
        _batches.Clear();
        _flushes.Clear();
        Read = Durable.Offset;
    }

    private void Forget(ReaderBatch batch)
    {
        foreach (var flush in batch.Flushes)
        {
            if (_flushes[flush] == 1) _flushes.Remove(flush);
            else _flushes[flush]--;
        }
    }
}

/// <summary>A checkpoint that passes only batches whose flushes are all settled.</summary>
/// <remarks>Only <see cref="ReaderProgress.Settle"/> makes one, and nothing else is stored of a running reader: that a checkpoint
/// never passes an unsettled flush is so by type.</remarks>
public sealed class Settlement
{
    internal Settlement(Checkpoint checkpoint, IReadOnlyList<ReaderBatch> passed)
    {
        Checkpoint = checkpoint;
        Passed = passed;
    }

    /// <summary>The checkpoint.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The batches that it passes, in order.</summary>
    public IReadOnlyList<ReaderBatch> Passed { get; }
}

/// <summary>Some messages of a partition whose signals all have a fate.</summary>
/// <param name="First">The first offset.</param>
/// <param name="Next">One above the last offset.</param>
/// <param name="LogTime">The log time of the last message.</param>
/// <param name="Counts">The fates, counted.</param>
/// <param name="Flushes">The flushes that make its effects durable; none where it had no effect.</param>
/// <param name="Fates">The fates of its signals, compressed, as they are stored with the checkpoint.</param>
public sealed record ReaderBatch(
    long First,
    long Next,
    DateTimeOffset LogTime,
    SignalLedger Counts,
    IReadOnlyCollection<FlushId> Flushes,
    byte[] Fates)
{
    /// <summary>How full it is: 1 for a full batch.</summary>
    public double Weight { get; init; } = 1;
}
