namespace Correlation.Delivery;

/// <summary>Numbers the flushes of one silo and knows which are settled and which are lost.</summary>
/// <remarks>
/// <para>States dirtied now belong to the open flush. <see cref="Close"/> opens the next one; the closed one settles when its
/// states are written and what their outboxes held then is acknowledged. Flushes settle in order.</para>
/// <para>A loss (an etag conflict, a failed write, an activation that died dirty) takes with it every flush that is not settled,
/// the open one included: an answer given under any of them may rest on the state that is gone. Readers then go back to their
/// checkpoints, and what was applied all the same is skipped by its position.</para>
/// <para>Not safe for concurrent use.</para>
/// </remarks>
/// <param name="silo">The silo, generation included: its flushes are numbered from 1.</param>
public sealed class FlushLog(string silo)
{
    private const int RangesMax = 1024;

    private readonly SortedDictionary<long, Closed> _closed = [];
    private readonly Dictionary<string, SortedSet<long>> _debtsOf = [];
    private readonly Dictionary<string, long> _acknowledgedMeanwhile = [];
    private readonly List<(long From, long To)> _lost = [];

    /// <summary>The flush that states dirtied now belong to.</summary>
    public long Open { get; private set; } = 1;

    /// <summary>Every flush up to this one is settled or lost.</summary>
    public long Done { get; private set; }

    /// <summary>How many states of flushes that are not settled await acknowledgements, each counted once a flush.</summary>
    public long Debts => _closed.Values.Sum(closed => (long)closed.Debts.Count);

    /// <summary>Closes the open flush and opens the next.</summary>
    /// <returns>The closed flush's number.</returns>
    public long Close()
    {
        _closed[Open] = new Closed();
        return Open++;
    }

    /// <summary>Says that the states of a closed flush are written.</summary>
    /// <param name="flush">The flush; where it was lost meanwhile, nothing happens.</param>
    /// <param name="debts">The states whose outboxes held entries when they were written, each with its
    /// newest entry's number.</param>
    /// <exception cref="DeliveryInvariantException">The flush is still open, or was written before.</exception>
    public void Written(long flush, IEnumerable<KeyValuePair<string, long>> debts)
    {
        if (flush >= Open) throw new DeliveryInvariantException($"Flush {flush} is written and not closed.");
        if (!_closed.TryGetValue(flush, out var closed)) return;
        if (closed.Written) throw new DeliveryInvariantException($"Flush {flush} is written a second time.");
        closed.Written = true;
        foreach (var (state, newest) in debts)
        {
            if (_acknowledgedMeanwhile.TryGetValue(state, out var oldestPending) && newest < oldestPending) continue;
            closed.Debts[state] = newest;
            if (!_debtsOf.TryGetValue(state, out var flushes)) _debtsOf[state] = flushes = [];
            flushes.Add(flush);
        }

        if (!_closed.Values.Any(other => !other.Written)) _acknowledgedMeanwhile.Clear();
        Settle();
    }

    /// <summary>Says that a state's outbox entries below a number are acknowledged.</summary>
    /// <remarks>The acknowledgement may come while a flush that still counts the entry is being written: it is remembered
    /// until then. An activation that was given up may still hear of what it sent, after its successor: what is
    /// acknowledged stays so.</remarks>
    public void Acknowledged(string state, long oldestPending)
    {
        if (_closed.Values.Any(closed => !closed.Written))
            _acknowledgedMeanwhile[state] = Math.Max(oldestPending, _acknowledgedMeanwhile.GetValueOrDefault(state));
        if (!_debtsOf.TryGetValue(state, out var flushes)) return;
        foreach (var flush in flushes.Where(flush => Paid(flush, state, oldestPending)).ToList())
        {
            flushes.Remove(flush);
            _closed[flush].Debts.Remove(state);
        }

        if (flushes.Count == 0) _debtsOf.Remove(state);
        Settle();
    }

    /// <summary>Says that something is lost: every flush that is not settled is.</summary>
    public void Lose()
    {
        _lost.Add((Done + 1, Open));
        if (_lost.Count > RangesMax) _lost.RemoveAt(0);
        _closed.Clear();
        _debtsOf.Clear();
        _acknowledgedMeanwhile.Clear();
        Done = Open++;
    }

    /// <summary>What became of a flush.</summary>
    /// <exception cref="DeliveryInvariantException">The flush is not one of this log: its number would mean another.</exception>
    public FlushStatus StatusOf(FlushId flush)
    {
        if (flush.Silo != silo || flush.Number < 1 || flush.Number > Open)
            throw new DeliveryInvariantException($"{silo}, at flush {Open}, was asked for flush {flush.Number} of {flush.Silo}.");
        if (flush.Number > Done) return FlushStatus.Pending;
        return _lost.Exists(range => flush.Number >= range.From && flush.Number <= range.To)
            ? FlushStatus.Lost : FlushStatus.Settled;
    }

    private bool Paid(long flush, string state, long oldestPending) => _closed[flush].Debts[state] < oldestPending;

    private void Settle()
    {
        while (_closed.TryGetValue(Done + 1, out var next) && next is { Written: true, Debts.Count: 0 })
        {
            _closed.Remove(Done + 1);
            Done++;
        }
    }

    private sealed class Closed
    {
        public bool Written { get; set; }

        public Dictionary<string, long> Debts { get; } = [];
    }
}
