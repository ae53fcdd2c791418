using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>The spans of a condition that are one symptom: they overlap, or little time lies between them.</summary>
internal sealed class Episode
{
    private List<Fact>? _facts;
    private EndReason _reason;
    private TimeSpan _gap;

    private Episode(Span first)
    {
        Start = first.Start;
        Take(first);
        Stretches.Add([first]);
    }

    public DateTimeOffset Start { get; }

    /// <summary>When it ended, or will by time-outs, as far as its facts say.</summary>
    public DateTimeOffset Until { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? End => Deadline is null ? Until : null;

    public EndReason Reason => Deadline is null ? _reason : EndReason.None;

    /// <summary>When a time-out ends it, log time; null where it has ended.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>When a time-out will end it; null where it has ended.</summary>
    public DateTimeOffset? ExpectedEnd => Deadline is null ? null : Until;

    /// <summary>Spans that overlap lie in one stretch; between two stretches is a gap, which is a flap.</summary>
    public List<List<Span>> Stretches { get; } = [];

    public int Flaps => Stretches.Count - 1 + Facts.Sum(fact => fact.Flaps);

    /// <summary>All facts, each once, by time, as they were when first asked for.</summary>
    public List<Fact> Facts => _facts ??= [.. FactsOf(Stretches.SelectMany(stretch => stretch))];

    /// <summary>The facts of spans, each once, by time.</summary>
    public static IEnumerable<Fact> FactsOf(IEnumerable<Span> spans) =>
        spans.SelectMany(span => span.Facts).Distinct(ReferenceEqualityComparer.Instance).Cast<Fact>().Order();

    /// <summary>The episodes of spans that are sorted by start; none goes on beyond a cut.</summary>
    public static List<Episode> Of(List<Span> spans, IReadOnlyList<DateTimeOffset> cuts)
    {
        var episodes = new List<Episode>();
        foreach (var span in spans)
        {
            if (episodes.Count == 0 || !episodes[^1].TryJoin(span, cuts)) episodes.Add(new Episode(span));
        }

        return episodes;
    }

    private bool TryJoin(Span span, IReadOnlyList<DateTimeOffset> cuts)
    {
        if (span.Start >= Until)
        {
            if (span.Start - Until > _gap || IsOfAnotherOutbreak(span)) return false;
            foreach (var cut in cuts)
            {
                if (cut >= Until && cut <= span.Start) return false;
            }

            Stretches.Add([span]);
        }
        else
        {
            Stretches[^1].Add(span);
        }

        Take(span);
        return true;
    }

    private bool IsOfAnotherOutbreak(Span span) => Stretches[^1][^1].Facts is [.., var last] && span.Facts is [var next, ..]
        && OutbreakKey.Parts(last.CauseKeys, next.CauseKeys);

    private void Take(Span span)
    {
        if (span.Until > Until || (span.Until == Until && span.Reason < _reason))
            (Until, _reason, _gap) = (span.Until, span.Reason, span.Gap);
        if (Deadline is null || span.Deadline > Deadline) Deadline = span.Deadline ?? Deadline;
    }
}
