namespace Correlation.Resources;

/// <summary>Computes from the set of facts of a condition the stretches of time in which it held.</summary>
/// <remarks>
/// Facts of one instance are walked by time, and so are those without an instance. A function of the set of facts, the cuts
/// (deletions), the clock and the options alone: the order in which facts came plays no part. The clock says only which time-outs
/// have struck: it moves no start and no end. Each decision looks at what lies near in time only, so that what lies far back can
/// be forgotten.
/// </remarks>
/// <param name="rules">What the kind of condition goes by.</param>
/// <param name="clock">The log time that time-outs go by.</param>
/// <param name="cuts">Deletions, by time.</param>
/// <param name="opened">Whether an instance opened, under any condition of the resource, between two moments.</param>
internal sealed class Timeline(
    Rules rules, DateTimeOffset clock, IReadOnlyList<DateTimeOffset> cuts,
    Func<string, DateTimeOffset, DateTimeOffset, bool> opened)
{
    private const int CutRank = 3;
    private readonly List<Span> _spans = [];
    private readonly List<Claim> _claims = [];

    /// <summary>The spans, by start.</summary>
    /// <param name="facts">The condition's facts.</param>
    /// <param name="settled">The end of its last symptom that was forgotten; null where there is none.</param>
    public List<Span> Compute(List<Fact> facts, DateTimeOffset? settled)
    {
        Walk(facts.FindAll(fact => fact.Instance is null), null);
        var instances = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            if (fact.Instance is not { } instance || !instances.Add(instance)) continue;
            Walk(facts.FindAll(one => one.Instance == instance || (one.Instance is null && one.Role == FactRole.Close)),
                instance);
        }

        foreach (var claim in _claims.OrderBy(claim => claim.Close)) Grant(claim, settled);
        if (_spans.Count > 1) _spans.Sort();
        return _spans;
    }

    private void Walk(List<Fact> track, string? instance)
    {
        if (track.Count == 0) return;
        var steps = new List<Step>(track.Count + cuts.Count);
        foreach (var fact in track) steps.Add(Step.Of(fact));
        foreach (var cut in cuts) steps.Add(new Step(cut, CutRank, null));
        if (cuts.Count > 0) steps.Sort();
        Span? current = null, before = null;
        DateTimeOffset? lastEnd = null;
        for (var i = 0; i < steps.Count; i++)
        {
            var (at, _, fact) = steps[i];
            if (current is not null && EndOf(current) is var end && end < at)
            {
                current.EndAt(end, EndReason.TimedOut);
                (lastEnd, before, current) = (end, current, null);
            }

            if (fact is { Role: not FactRole.Close })
            {
                current ??= Begin(fact.First, before);
                current.Add(fact);
            }
            else if (fact is not null && fact.Instance is not null && (current is null || current.Start == at)
                && Deferred(steps, i, current) is { } later)
            {
                var index = steps.BinarySearch(later);
                steps.Insert(index < 0 ? ~index : index, later);
            }
            else if (current is not null)
            {
                if (fact is not null) current.Add(fact);
                (lastEnd, before) = (at, null);
                current = Divide(current, at, fact is null ? EndReason.Withdrawn : rules.CloseReason);
            }
            else if (fact is { OpenedAt: not null } && fact.Instance == instance)
            {
                _claims.Add(new Claim(fact, lastEnd));
            }
        }

        if (current is not null) LeaveToTime(current);
    }

    /// <summary>
    /// A closing signal may carry the time of its opening, or one just before it, as its own (seen in real messages): it then
    /// ends what it closes when the stream stored it.
    /// </summary>
    /// <returns>Null where the close is to be taken at its own time.</returns>
    private Step? Deferred(List<Step> steps, int at, Span? current)
    {
        var close = steps[at].Fact!;
        if (steps[at].At != close.First) return null;
        var opening = current?.Start;
        for (var i = at + 1; opening is null && i < steps.Count && steps[i].At - close.First <= rules.Options.FlapGap; i++)
        {
            if (steps[i].Fact is null) return null;
            if (steps[i].Fact!.Role == FactRole.Open) opening = steps[i].At;
        }

        if (opening is null || close.LogTime <= opening) return null;
        return new Step(close.LogTime, (int)FactRole.Close, close);
    }

    private Span Begin(DateTimeOffset start, Span? before = null)
    {
        var span = new Span(start, rules.Options.FlapGap);
        if (before is not null) span.CarryOn(before);
        _spans.Add(span);
        return span;
    }

    /// <summary>When a time-out ends it.</summary>
    private DateTimeOffset EndOf(Span span) => span.HoldFor(rules.After(span.Count, span.Lasted));

    /// <summary>Ends a span; where its last fact reaches beyond that moment, the rest of the fact is a span of its own.</summary>
    private Span? Divide(Span span, DateTimeOffset at, EndReason reason)
    {
        if (span.LastEvidence <= at)
        {
            span.EndAt(at, reason);
            return null;
        }

        if (span.Start == at) return span;
        var rest = Begin(at);
        foreach (var fact in span.Facts.Where(fact => fact.Role != FactRole.Close && fact.Last > at)) rest.Add(fact);
        span.EndAt(at, reason);
        span.Divided = rest.Divided = true;
        return rest;
    }

    private void LeaveToTime(Span span)
    {
        var end = EndOf(span);
        var deadline = end.PlusBounded(rules.Options.Grace);
        if (clock >= deadline) span.EndAt(end, EndReason.TimedOut);
        else (span.Deadline, span.ExpectedEnd) = (deadline, end);
    }

    /// <summary>
    /// A closing signal whose opening is not known may say itself when it began. That is void where it reaches back into what
    /// is known to have ended, or where its instance is known to have opened: it repeats what was said before.
    /// </summary>
    private void Grant(Claim claim, DateTimeOffset? settled)
    {
        var close = claim.Close;
        var reach = close.LogTime.PlusBounded(-rules.Options.ClaimReach);
        var start = close.OpenedAt!.Value > reach ? close.OpenedAt.Value : reach;
        var cut = cuts.Where(cut => cut < close.First).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        if (cut > start) start = cut;
        var horizon = close.LogTime.PlusBounded(-rules.Options.Lateness);
        var known = _spans.Select(span => (DateTimeOffset?)span.Until).Append(settled).Any(end => end is not null
            && end.Value.PlusBounded(rules.Options.FlapGap) >= start && end.Value.PlusBounded(rules.Options.FlapGap) < horizon);
        if (start >= close.First || claim.LastEnd >= start || known) return;
        if (close.Instance is { } instance && opened(instance, reach, close.First.PlusBounded(rules.Options.FlapGap))) return;
        var span = Begin(start);
        span.Add(close);
        span.EndAt(close.First, rules.CloseReason);
    }

    /// <param name="At">When.</param>
    /// <param name="Rank">Orders what happens at one moment.</param>
    /// <param name="Fact">The fact; null for a cut.</param>
    private readonly record struct Step(DateTimeOffset At, int Rank, Fact? Fact) : IComparable<Step>
    {
        public static Step Of(Fact fact) => new(fact.First, (int)fact.Role, fact);

        public int CompareTo(Step other)
        {
            var order = At.CompareTo(other.At);
            if (order == 0) order = Rank.CompareTo(other.Rank);
            return order != 0 || Fact is null ? order : Fact.CompareTo(other.Fact);
        }
    }

    /// <param name="Close">The closing fact that no opening was found for.</param>
    /// <param name="LastEnd">When its instance ended before; null where it was never open.</param>
    private readonly record struct Claim(Fact Close, DateTimeOffset? LastEnd);
}
