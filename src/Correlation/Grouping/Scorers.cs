namespace Correlation.Grouping;

/// <summary>Weighs two symptoms by the settings in force when the later one began.</summary>
internal sealed class Scorers(GroupingHistory settings, TopologyHistory topology, LearnedVersions learned, Surges surges)
{
    private readonly Dictionary<GroupingOptions, Scorer> _scorers = [];
    private (GroupingOptions Options, Scorer Scorer)? _last;

    /// <summary>As <see cref="Scorer.Score(Node, Node)"/>.</summary>
    public double Score(Node a, Node b) => For(a, b).Score(a, b);

    /// <summary>As <see cref="Scorer.Score(Node, Node, out double)"/>.</summary>
    public double Score(Node a, Node b, out double before) => For(a, b).Score(a, b, out before);

    /// <summary>As <see cref="Scorer.Explain"/>.</summary>
    public Link Explain(Node a, Node b) => For(a, b).Explain(a, b);

    private Scorer For(Node a, Node b)
    {
        var options = settings.Between(a.Start, b.Start);
        if (_last is { } last && ReferenceEquals(last.Options, options)) return last.Scorer;
        if (!_scorers.TryGetValue(options, out var scorer))
            _scorers[options] = scorer = new Scorer(options, topology, learned, surges);
        _last = (options, scorer);
        return scorer;
    }
}
