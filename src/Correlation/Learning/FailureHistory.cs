using System.Collections.Immutable;

namespace Correlation.Learning;

/// <summary>A customer's failures that are over, and what they teach as of every time. Immutable but for a memo of what was
/// learnt last; a function of the set of failures, in whatever order they came.</summary>
public sealed class FailureHistory
{
    private readonly ImmutableArray<FailureEvidence> _failures;
    private readonly FailureSettings _options;
    private Memo? _memo;

    /// <summary>Nothing has failed yet.</summary>
    /// <param name="options">How much is remembered.</param>
    public FailureHistory(FailureSettings options)
        : this(options, [], null)
    {
    }

    private FailureHistory(FailureSettings options, ImmutableArray<FailureEvidence> failures, Memo? memo) =>
        (_options, _failures, _memo) = (options, failures, memo);

    /// <summary>Nothing has failed yet.</summary>
    public static FailureHistory Empty { get; } = new(new FailureSettings());

    /// <summary>How many failures are remembered.</summary>
    public int Count => _failures.Length;

    /// <summary>With another failure that is over; one that is known changes nothing.</summary>
    public FailureHistory With(FailureEvidence failure)
    {
        var at = _failures.BinarySearch(failure, ByEnd.Order);
        if (at >= 0) return this;
        var all = _failures.Insert(~at, failure);
        return new FailureHistory(_options, all.Length > _options.MaxFailures ? all.RemoveAt(0) : all, _memo);
    }

    /// <summary>What was learnt from the failures that were over, and surely known to be, at the full step before a
    /// time.</summary>
    public FailureModel At(DateTimeOffset time)
    {
        var force = new DateTimeOffset(time.UtcTicks / _options.Step.Ticks * _options.Step.Ticks, TimeSpan.Zero);
        var count = 0;
        while (count < _failures.Length && force - _failures[count].Over >= _options.Settling) count++;
        if (count == 0) return FailureModel.Empty;
        if (_memo is { } memo && memo.Covers(_failures, count)) return memo.Model;
        var model = FailureLearner.Learn(_failures[..count]);
        _memo = new Memo(_failures[0].Id, _failures[count - 1].Id, count, model);
        return model;
    }

    /// <summary>Failures come and the oldest go, so that first, last and number say which they are.</summary>
    private sealed record Memo(string First, string Last, int Count, FailureModel Model)
    {
        public bool Covers(ImmutableArray<FailureEvidence> failures, int count) =>
            count == Count && failures[0].Id == First && failures[count - 1].Id == Last;
    }

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
