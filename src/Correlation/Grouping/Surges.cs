using System.Collections.Immutable;

namespace Correlation.Grouping;

/// <summary>When far more symptoms of a customer than usual begin within a quarter of an hour: the lift over what chance gives at
/// the rate of the hours before.</summary>
/// <remarks>
/// A function of the set of symptoms alone. Time is cut into slots of five minutes; a slot's surge is judged by the symptoms
/// that began in it and in those beside it, against the share of the slots in the six hours up to an hour before in which
/// anything began: an earlier surge counts no more than a lone alert. The lift is cut to <see cref="GroupingOptions.Surge"/> and
/// to steps, so that in a storm it soon changes no more, and only what changes is compared anew.
/// </remarks>
internal sealed class Surges(GroupingHistory settings)
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(10);

    /// <summary>The slots from an hour before on, as many as six hours have.</summary>
    private const int BaseFrom = 12;
    private const int BaseSlots = 72;

    /// <summary>What is usual where nothing is known: something begins in one of sixteen slots, as sure as if two hours had been
    /// seen.</summary>
    private const double PriorSlots = 24;
    private const double PriorOccupied = 1.5;

    private const double Step = 0.25;

    private ImmutableSortedDictionary<long, int> _forgotten = ImmutableSortedDictionary<long, int>.Empty;
    private readonly IndexList _all = new();
    private readonly Dictionary<long, int> _slots = [];
    private readonly Dictionary<long, double> _lifts = [];
    private readonly Dictionary<long, bool> _touched = [];

    /// <summary>The number of the slot that a time is in, since the year 1.</summary>
    public static long SlotOf(DateTimeOffset at) => at.UtcTicks / Slot.Ticks;

    /// <summary>The first slot by which the surge of what began at a time is judged.</summary>
    public static long FirstSlotFor(DateTimeOffset start) => SlotOf(start) - BaseFrom - BaseSlots;

    /// <summary>Counts a node, and names those whose picks it may change.</summary>
    public void Add(Node node, ISet<string> affected)
    {
        _all.Add(node);
        Count(SlotOf(node.Start), 1);
        Affect(node, affected);
    }

    /// <summary>Counts a node no more.</summary>
    public void Remove(Node node, ISet<string> affected)
    {
        Affect(node, affected);
        _all.Remove(node);
        Count(SlotOf(node.Start), -1);
    }

    /// <summary>Counts what began and is forgotten: all of it, instead of what was said before.</summary>
    public void Began(ImmutableSortedDictionary<long, int> counts)
    {
        if (ReferenceEquals(counts, _forgotten)) return;
        foreach (var (slot, count) in counts) Count(slot, count);
        foreach (var (slot, count) in _forgotten) Count(slot, -count);
        _forgotten = counts;
    }

    /// <summary>Judges anew what was counted since the last time.</summary>
    /// <returns>The nodes whose lifts are others now, or those of what is near them: what they and their groups come to, too.
    /// </returns>
    public IReadOnlySet<string> Settle()
    {
        var affected = new HashSet<string>();
        foreach (var (slot, occupied) in _touched)
        {
            for (var near = slot - 1; near <= slot + 1; near++) Judge(near, affected);
            if (occupied == _slots.ContainsKey(slot)) continue;
            for (var later = slot + BaseFrom; later < slot + BaseFrom + BaseSlots; later++) Judge(later, affected);
        }

        _touched.Clear();
        return affected;
    }

    /// <summary>The lift, as a logarithm, of the surge that two nodes began in; 0 for none.</summary>
    public double Of(Node a, Node b) => (a.Start - b.Start).Duration() > Reach
        ? 0 : Math.Min(LiftOf(a), LiftOf(b));

    /// <summary>The nodes nearest to one that began in a surge, before and after it; none for one that did not.</summary>
    public IEnumerable<Node> Around(Node node) =>
        LiftOf(node) > 0 ? _all.Around(node, settings.At(node.Start).Neighbours, Reach) : [];

    private double LiftOf(Node node) => _lifts.GetValueOrDefault(SlotOf(node.Start));

    private void Count(long slot, int by)
    {
        var count = _slots.GetValueOrDefault(slot);
        _touched.TryAdd(slot, count > 0);
        if (count + by == 0) _slots.Remove(slot);
        else _slots[slot] = count + by;
    }

    private void Affect(Node node, ISet<string> affected)
    {
        foreach (var other in _all.Around(node, settings.Neighbours, Reach))
        {
            if (!other.Sealed && LiftOf(other) > 0) affected.Add(other.Id);
        }
    }

    private void Judge(long slot, ISet<string> affected)
    {
        var lift = Lift(slot);
        if (_lifts.GetValueOrDefault(slot).Equals(lift)) return;
        if (lift > 0) _lifts[slot] = lift;
        else _lifts.Remove(slot);
        var start = StartOf(slot);
        foreach (var node in _all.Starting(start - Reach, start + Slot + Reach))
        {
            if (!node.Sealed) affected.Add(node.Id);
        }
    }

    private double Lift(long slot)
    {
        var options = settings.At(StartOf(slot));
        var began = CountOf(slot - 1) + CountOf(slot) + CountOf(slot + 1);
        if (options.Surge == 0 || began < options.SurgeLeast) return 0;
        var occupied = PriorOccupied;
        for (var before = slot - BaseFrom - BaseSlots + 1; before <= slot - BaseFrom; before++)
        {
            if (_slots.ContainsKey(before)) occupied++;
        }

        var usual = -3 * Math.Log(1 - (occupied / (BaseSlots + PriorSlots)));
        var most = options.SurgeLift > 0 ? options.Surge / options.SurgeLift : 0;
        return Math.Max(0, Math.Min(most, Math.Floor(Math.Log(began / usual) / Step) * Step));
    }

    private static DateTimeOffset StartOf(long slot) => new(slot * Slot.Ticks, TimeSpan.Zero);

    private int CountOf(long slot) => _slots.GetValueOrDefault(slot);
}
