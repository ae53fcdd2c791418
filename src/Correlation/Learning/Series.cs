namespace Correlation.Learning;

/// <summary>What is counted of one kind of condition over all resources.</summary>
internal sealed class LearnedKind(string name, int number)
{
    private long _newestElsewhere;

    public string Name => name;

    public int Number => number;

    /// <summary>Its series, by resource in the order met.</summary>
    public List<Series> Series { get; } = [];

    /// <summary>The seconds with it, each once a resource.</summary>
    public long Starts { get; set; }

    /// <summary>Those in which another kind began on the same resource.</summary>
    public long InCompany { get; set; }

    /// <summary>The seconds by the bin of the time since it began last, on whichever resource.</summary>
    public long[] Gaps { get; } = new long[LagBins.Count];

    /// <summary>When it began last.</summary>
    public long Newest { get; private set; } = Learning.Series.Never;

    private LearnedResource? NewestOn { get; set; }

    /// <summary>When it began last, where that was on another resource than this one: its own starts in between end the wait, as
    /// they do in the exposure.</summary>
    public long NewestIfElsewhere(LearnedResource resource) =>
        !ReferenceEquals(NewestOn, resource) || _newestElsewhere == Newest ? Newest : Learning.Series.Never;

    /// <summary>The chance that two of its starts are on different resources.</summary>
    public double ElsewhereShare => 1 - Series.Sum(one => Math.Pow((double)one.Starts / Starts, 2));

    public void Began(LearnedResource resource, long second)
    {
        Starts++;
        if (Newest != Learning.Series.Never) LagBins.Expose(Gaps, second - Newest);
        if (NewestOn is null) _newestElsewhere = Learning.Series.Never;
        else if (!ReferenceEquals(NewestOn, resource)) _newestElsewhere = Newest;
        NewestOn = resource;
        Newest = second;
    }
}

/// <summary>What is counted of one resource.</summary>
internal sealed class LearnedResource(string name)
{
    public string Name => name;

    /// <summary>Its series, in the order met.</summary>
    public List<Series> Series { get; } = [];

    /// <summary>Its neighbours, by id, as they were when something last began on it.</summary>
    public string[] Neighbours { get; set; } = [];
}

/// <summary>What is counted of one kind of condition on one resource.</summary>
internal sealed class Series(LearnedKind kind, LearnedResource resource)
{
    public const long Never = long.MinValue;

    private readonly long[] _exposure = new long[LagBins.Count];

    public LearnedKind Kind => kind;

    public LearnedResource Resource => resource;

    public long Starts { get; private set; }

    public long Newest { get; private set; } = Never;

    /// <summary>The second in which it begins, while that is being counted.</summary>
    public long Beginning { get; set; } = Never;

    public void Began(long second)
    {
        if (Newest != Never) LagBins.Expose(_exposure, second - Newest);
        Newest = second;
        Starts++;
    }

    /// <summary>Adds the seconds by the bin of the time since it began last, up to now.</summary>
    public void AddExposure(Span<long> bins, long now)
    {
        for (var bin = 0; bin < LagBins.Count; bin++) bins[bin] += _exposure[bin];
        if (Newest != Never) LagBins.Expose(bins, now - Newest);
    }
}
