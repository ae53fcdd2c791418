namespace Correlation.Resources;

/// <summary>Computes from the set of facts of a condition the stretches of time in which it held.</summary>
/// <remarks>
/// Facts of one instance are walked by time, and so are those without an instance. A function of the set of facts, the cuts
/// (deletions), the clock and the options alone: the order in which facts came plays no part.
/// </remarks>
internal sealed class Timeline(Rules rules, DateTimeOffset clock, IReadOnlyList<DateTimeOffset> cuts)
{
    private const int CutRank = 3;
    private readonly List<Span> _spans = [];
    private readonly List<Claim> _claims = [];

    /// <summary>The spans, by start.</summary>
    /// <param name="facts">The condition's facts.</param>
    /// <param name="settled">The end of its last symptom that was forgotten; null where there is none.</param>
    public List<Span> Compute(IReadOnlyCollection<Fact> facts, DateTimeOffset? settled)
    {
        var loose = facts.Where(fact => fact.Instance is null).ToList();
        Walk(loose.ConvertAll(Step.Of), null);
        var looseCloses = loose.Where(fact => fact.Role == FactRole.Close).Select(Step.Of).ToList();
        foreach (var instance in facts.Where(fact => fact.Instance is not null).GroupBy(fact => fact.Instance))
            Walk([.. StepsOf([.. instance]), .. looseCloses], instance.Key);
        foreach (var claim in _claims.OrderBy(claim => claim.Close)) Grant(claim, settled);
        _spans.Sort();
        return _spans;
    }

    /// <summary>
    /// A closing signal may carry the opening's time as its own (seen in real messages): it then ends what it closes when the
    /// stream stored it.
    /// </summary>
    private List<Step> StepsOf(List<Fact> track)
    {
        var opens = track.Where(fact => fact.Role == FactRole.Open).ToList();
        if (opens.Count == 0) return track.ConvertAll(Step.Of);
        var opened = opens.Min(fact => fact.First);
        return track.ConvertAll(fact =>
            fact.Role != FactRole.Close || fact.First > opened || opened - fact.First > rules.Options.FlapGap ? Step.Of(fact)
            : Step.Of(fact) with { At = fact.LogTime > opened ? fact.LogTime : opened });
    }

    private void Walk(List<Step> track, string? instance)
    {
        if (track.Count == 0) return;
        var steps = track.Concat(cuts.Select(cut => new Step(cut, CutRank, null)))
            .OrderBy(step => step.At).ThenBy(step => step.Rank).ThenBy(step => step.Fact);
        Span? current = null;
        DateTimeOffset? lastEnd = null;
        foreach (var (at, _, fact) in steps)
        {
            if (current is not null && current.LastEvidence.PlusBounded(rules.TimeOut) < at)
            {
                current.EndAt(current.LastEvidence + rules.TimeOut, EndReason.TimedOut);
                (lastEnd, current) = (current.End, null);
            }

            if (fact is { Role: not FactRole.Close })
            {
                current ??= Begin(fact.First);
                current.Add(fact);
            }
            else if (current is not null)
            {
                if (fact is not null) current.Add(fact);
                lastEnd = at;
                current = Divide(current, at, fact is null ? EndReason.Withdrawn : rules.CloseReason);
            }
            else if (fact is { OpenedAt: not null } && fact.Instance == instance)
            {
                _claims.Add(new Claim(fact, lastEnd));
            }
        }

        if (current is not null) LeaveToTime(current);
    }

    private Span Begin(DateTimeOffset start)
    {
        var span = new Span(start);
        _spans.Add(span);
        return span;
    }

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
        var end = span.LastEvidence.PlusBounded(rules.TimeOut);
        var deadline = end.PlusBounded(rules.Options.Grace);
        if (clock >= deadline) span.EndAt(end, EndReason.TimedOut);
        else span.Deadline = deadline;
    }

    /// <summary>
    /// A closing signal whose opening is not known may say itself when it began. That is void where it reaches back into what
    /// is known to have ended: it repeats what was said before.
    /// </summary>
    private void Grant(Claim claim, DateTimeOffset? settled)
    {
        var close = claim.Close;
        var reach = close.LogTime.PlusBounded(-rules.Options.ClaimReach);
        var start = close.OpenedAt!.Value > reach ? close.OpenedAt.Value : reach;
        var cut = cuts.Where(cut => cut < close.First).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        if (cut > start) start = cut;
        var horizon = close.LogTime.PlusBounded(-rules.Options.Lateness);
        var known = _spans.Select(span => span.End).Append(settled).Any(end => end is not null
            && end.Value.PlusBounded(rules.Options.FlapGap) >= start && end.Value.PlusBounded(rules.Options.FlapGap) < horizon);
        if (start >= close.First || claim.LastEnd >= start || known) return;
        var span = Begin(start);
        span.Add(close);
        span.EndAt(close.First, rules.CloseReason);
    }

    /// <param name="At">When.</param>
    /// <param name="Rank">Orders what happens at one moment.</param>
    /// <param name="Fact">The fact; null for a cut.</param>
    private readonly record struct Step(DateTimeOffset At, int Rank, Fact? Fact)
    {
        public static Step Of(Fact fact) => new(fact.First, (int)fact.Role, fact);
    }

    /// <param name="Close">The closing fact that no opening was found for.</param>
    /// <param name="LastEnd">When its instance ended before; null where it was never open.</param>
    private readonly record struct Claim(Fact Close, DateTimeOffset? LastEnd);
}
