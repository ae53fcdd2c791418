using Correlation.Signals;

namespace Correlation.Delivery;

/// <summary>How one parking lane is drained: what is sent next, what may leave the lane, when it is tried again.</summary>
/// <remarks>
/// <para>A lane is a partition of its resource, named <see cref="Partition"/>, whose offsets are the lane's sequences and whose
/// checkpoint is the first sequence that is still in the lane.</para>
/// <para>Invariants: one call is answered and not settled at most; signals leave the lane only when the flush that they rest on
/// is settled; a call that failed or whose flush was lost is made again, and what it had applied all the same is skipped by its
/// sequence. Not safe for concurrent use.</para>
/// </remarks>
public sealed class LaneDrain(ParkingOptions options, int tries, DateTimeOffset? nextTry)
{
    /// <summary>The name under which a resource remembers what was applied out of its lane; no stream's partition has
    /// it.</summary>
    public const string Partition = "parked";

    /// <summary>The epoch of every lane: its sequences never begin anew.</summary>
    public const int Epoch = 1;

    private int _failed;
    private LaneCall? _inFlight;

    /// <summary>How many signals the next call takes at most.</summary>
    public int Size { get; private set; } = options.BatchSignals;

    /// <summary>How many tries failed since a signal last left.</summary>
    public int Tries { get; private set; } = tries;

    /// <summary>When the lane is tried again; null for at once.</summary>
    public DateTimeOffset? NextTry { get; private set; } = nextTry;

    /// <summary>Whether the lane may be tried now.</summary>
    public bool IsDue(DateTimeOffset now) => NextTry is null || now >= NextTry;

    /// <summary>Ends the rest: after a start of the process, or when an operator says so.</summary>
    public void Redrive()
    {
        NextTry = null;
        _failed = 0;
    }

    /// <summary>Takes the answer to a call.</summary>
    /// <exception cref="DeliveryInvariantException">Another call's signals have not left the lane yet, or there is not one fate
    /// for each signal.</exception>
    public void Answered(LaneCall call)
    {
        if (_inFlight is not null) throw new DeliveryInvariantException("A lane has one call in flight.");
        if (call.Sequences.Count != call.Fates.Count)
        {
            throw new DeliveryInvariantException(
                $"{call.Sequences.Count} signals of a lane were answered with {call.Fates.Count} fates.");
        }

        _inFlight = call;
    }

    /// <summary>What may leave the lane, given what became of the flush that the answered call rests on.</summary>
    /// <exception cref="DeliveryInvariantException">Nothing is answered, or its flush is not settled.</exception>
    public IReadOnlyList<LaneExit> Exits(FlushStatus status)
    {
        if (_inFlight is null || status != FlushStatus.Settled)
            throw new DeliveryInvariantException("Signals would leave a lane that are not settled.");

        return [.. _inFlight.Sequences.Zip(_inFlight.Fates, (sequence, fate) => new LaneExit(sequence, fate))];
    }

    /// <summary>Says that what <see cref="Exits"/> named has left the lane.</summary>
    public void Left()
    {
        _inFlight = null;
        _failed = 0;
        Tries = 0;
        NextTry = null;
        Size = Math.Min(options.BatchSignals, Size * 2);
    }

    /// <summary>Says that a call failed, or that the flush that it rests on was lost: its signals stay in the lane.</summary>
    /// <returns>How long to wait before the next call; null where the lane rests until <see cref="NextTry"/>.</returns>
    public TimeSpan? Failed(DateTimeOffset now)
    {
        _inFlight = null;
        Size = 1;
        if (++_failed < options.Attempts) return options.RetryDelay * Math.Pow(2, _failed - 1);
        _failed = 0;
        NextTry = now + Rest(Tries++);
        return null;
    }

    private TimeSpan Rest(int failedBefore)
    {
        // Beyond 30 doublings any rest is the longest one.
        var rest = options.FirstRest * Math.Pow(2, Math.Min(failedBefore, 30));
        return rest < options.LongestRest ? rest : options.LongestRest;
    }
}

/// <summary>A call that a resource answered with signals out of its lane.</summary>
/// <param name="Sequences">The signals' sequences in the lane.</param>
/// <param name="Fates">Their fates.</param>
/// <param name="Flush">The flush that makes them durable; its number is 0 where they are durable already.</param>
public sealed record LaneCall(IReadOnlyList<long> Sequences, IReadOnlyList<Fate> Fates, FlushId Flush);
