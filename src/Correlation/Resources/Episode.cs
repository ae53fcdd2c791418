namespace Correlation.Resources;

/// <summary>The spans of a condition that are one symptom: they overlap, or little time lies between them.</summary>
internal sealed class Episode
{
    private List<Fact>? _facts;

    private Episode(Span first)
    {
        Start = first.Start;
        Take(first);
        Stretches.Add([first]);
    }

    public DateTimeOffset Start { get; }

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? End { get; private set; } = DateTimeOffset.MinValue;

    public EndReason Reason { get; private set; }

    /// <summary>When a time-out ends it, log time; null where it has ended.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>When a time-out will end it; null where it has ended.</summary>
    public DateTimeOffset? ExpectedEnd { get; private set; }

    /// <summary>Spans that overlap lie in one stretch; between two stretches is a gap, which is a flap.</summary>
    public List<List<Span>> Stretches { get; } = [];

    public int Flaps => Stretches.Count - 1 + Facts.Sum(fact => fact.Flaps);

    /// <summary>All facts, each once, by time, as they were when first asked for.</summary>
    public List<Fact> Facts => _facts ??= [.. FactsOf(Stretches.SelectMany(stretch => stretch))];

    /// <summary>The facts of spans, each once, by time.</summary>
    public static IEnumerable<Fact> FactsOf(IEnumerable<Span> spans) =>
        spans.SelectMany(span => span.Facts).Distinct(ReferenceEqualityComparer.Instance).Cast<Fact>().Order();

    /// <summary>The episodes of spans that are sorted by start; none goes on beyond a cut.</summary>
    public static List<Episode> Of(List<Span> spans, TimeSpan flapGap, IReadOnlyList<DateTimeOffset> cuts)
    {
        var episodes = new List<Episode>();
        foreach (var span in spans)
        {
            if (episodes.Count == 0 || !episodes[^1].TryJoin(span, flapGap, cuts)) episodes.Add(new Episode(span));
        }

        return episodes;
    }

    private bool TryJoin(Span span, TimeSpan flapGap, IReadOnlyList<DateTimeOffset> cuts)
    {
        if (End is { } end && span.Start >= end)
        {
            if (span.Start - end > flapGap) return false;
            foreach (var cut in cuts)
            {
                if (cut >= end && cut <= span.Start) return false;
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

    private void Take(Span span)
    {
        var later = End is { } end && (span.End is null || span.End > end || (span.End == end && span.Reason < Reason));
        if (later || span.End is null) (End, Reason) = (span.End, span.Reason);
        if (span.Deadline > Deadline || Deadline is null)
            (Deadline, ExpectedEnd) = (span.Deadline ?? Deadline, span.ExpectedEnd ?? ExpectedEnd);
        if (End is not null) (Deadline, ExpectedEnd) = (null, null);
    }
}
