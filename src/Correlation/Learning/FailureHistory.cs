using System.Collections.Immutable;

namespace Correlation.Learning;

/// <summary>A customer's failures that are over, and what they teach as of every time. Immutable but for a memo of what was
/// learnt last; a function of the set of failures, in whatever order they came.</summary>
public sealed class FailureHistory
{
    private const int Memos = 4;

    private readonly ImmutableArray<FailureEvidence> _failures;
    private readonly int _most;
    private ImmutableArray<Memo> _memos;

    /// <summary>Nothing has failed yet.</summary>
    /// <param name="options">How much is remembered.</param>
    public FailureHistory(FailureSettings options)
        : this(options, [], [], int.MaxValue)
    {
    }

    private FailureHistory(
        FailureSettings options, ImmutableArray<FailureEvidence> failures, ImmutableArray<Memo> memos, int most) =>
        (Settings, _failures, _memos, _most) = (options, failures, memos, most);

    /// <summary>Nothing has failed yet.</summary>
    public static FailureHistory Empty { get; } = new(new FailureSettings());

    /// <summary>How many failures are remembered.</summary>
    public int Count => _failures.Length;

    /// <summary>The failures, in the order they were over.</summary>
    internal ImmutableArray<FailureEvidence> All => _failures;

    /// <summary>How much is remembered, and when it counts.</summary>
    internal FailureSettings Settings { get; }

    /// <summary>With another failure that is over; one that is known changes nothing.</summary>
    public FailureHistory With(FailureEvidence failure)
    {
        var at = _failures.BinarySearch(failure, ByEnd.Order);
        if (at >= 0) return this;
        var all = _failures.Insert(~at, failure);
        return new FailureHistory(Settings, all.Length > Settings.MaxFailures ? all.RemoveAt(0) : all, _memos, _most);
    }

    /// <summary>With these failures and no others; what was learnt from like ones is not learnt again.</summary>
    /// <param name="failures">The failures.</param>
    /// <param name="most">From how many of those before a time is learnt, the newest. Where more are kept than that, it does not
    /// matter that a few newer ones have pushed out as many old ones.</param>
    public FailureHistory Only(IEnumerable<FailureEvidence> failures, int most = int.MaxValue)
    {
        var none = new FailureHistory(Settings, [], _memos, most);
        return failures.Aggregate(none, (all, next) => all.With(next));
    }

    /// <summary>What was learnt from the failures that were over, and surely known to be, at the full step before a
    /// time.</summary>
    public FailureModel At(DateTimeOffset time)
    {
        var force = new DateTimeOffset(time.UtcTicks / Settings.Step.Ticks * Settings.Step.Ticks, TimeSpan.Zero);
        var count = 0;
        while (count < _failures.Length && force - _failures[count].Over >= Settings.Settling) count++;
        if (count == 0) return FailureModel.Empty;
        var known = _failures[Math.Max(0, count - _most)..count]
            .Select(failure => (Failure: failure, Cause: failure.CauseAt(force))).ToImmutableArray();
        ImmutableArray<(string, KnownCause?)> from = [.. known.Select(one => (one.Failure.Id, one.Cause))];
        if (_memos.FirstOrDefault(memo => memo.From.SequenceEqual(from)) is { } memo) return memo.Model;
        var model = FailureLearner.Learn(known);
        _memos = [new Memo(from, model), .. _memos.Take(Memos - 1)];
        return model;
    }

    /// <summary>What was learnt from which failures and causes.</summary>
    private sealed record Memo(ImmutableArray<(string Id, KnownCause? Cause)> From, FailureModel Model);

    private sealed class ByEnd : IComparer<FailureEvidence>
    {
        public static readonly ByEnd Order = new();

        public int Compare(FailureEvidence? x, FailureEvidence? y)
        {
            var ends = x!.Over.CompareTo(y!.Over);
            return ends != 0 ? ends : string.CompareOrdinal(x.Id, y.Id);
        }
    }
}
