namespace Correlation.Resources;

/// <summary>A stretch of time in which one instance of a condition held, with the facts that say so.</summary>
internal sealed class Span(DateTimeOffset start, TimeSpan gap) : IComparable<Span>
{
    private DateTimeOffset _since = start;

    public DateTimeOffset Start { get; } = start;

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? End { get; private set; }

    /// <summary>When it ended, or will by its time-out, as far as its facts say. What belongs together goes by this, so that it
    /// does not matter whether the time-out has struck yet.</summary>
    public DateTimeOffset Until => End ?? ExpectedEnd ?? DateTimeOffset.MaxValue;

    public EndReason Reason { get; private set; }

    /// <summary>The last moment at which it was seen to hold.</summary>
    public DateTimeOffset LastEvidence { get; private set; } = start;

    /// <summary>The log time at which a time-out ends it; null once it has ended.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>When the time-out will end it, where nothing else does; null where it has ended.</summary>
    public DateTimeOffset? ExpectedEnd { get; set; }

    /// <summary>Whether it shares a fact with the span before or after it,
    /// because a moment inside that fact divides them.</summary>
    public bool Divided { get; set; }

    public List<Fact> Facts { get; } = [];

    /// <summary>What begins so long after its end at most is the same symptom.</summary>
    public TimeSpan Gap { get; private set; } = gap;

    /// <summary>How many signals said that it holds, since the symptom began.</summary>
    public int Count { get; private set; }

    /// <summary>How long after the first of those the last came.</summary>
    public TimeSpan Lasted => LastEvidence - _since;

    /// <summary>Counts on from the span before it, where both are one symptom.</summary>
    public void CarryOn(Span before)
    {
        if (Start - before.Until <= before.Gap) (Count, _since) = (before.Count, before._since);
    }

    public void Add(Fact fact)
    {
        Facts.Add(fact);
        if (fact.Role == FactRole.Close) return;
        Count += fact.Count;
        if (fact.Last > LastEvidence) LastEvidence = fact.Last;
    }

    /// <summary>Ends by a time-out, or will.</summary>
    /// <param name="hold">How long it holds after its last evidence, and what pause may follow.</param>
    /// <returns>When.</returns>
    public DateTimeOffset HoldFor((TimeSpan Hold, TimeSpan Gap) hold)
    {
        Gap = hold.Gap;
        return LastEvidence.PlusBounded(hold.Hold);
    }

    public void EndAt(DateTimeOffset end, EndReason reason)
    {
        End = end < Start ? Start : end;
        Reason = reason;
    }

    public int CompareTo(Span? other)
    {
        if (other is null) return 1;
        var order = Start.CompareTo(other.Start);
        if (order == 0) order = Until.CompareTo(other.Until);
        return order != 0 ? order : (Facts.Count == 0 ? 0 : Facts[0].CompareTo(other.Facts.Count == 0 ? null : other.Facts[0]));
    }
}
