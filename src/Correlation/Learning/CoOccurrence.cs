namespace Correlation.Learning;

/// <summary>What began how long after what: the counts from which causes and grouping learn.</summary>
/// <remarks>
/// <para>Incremental: each start is counted against the last start of every kind on its resource and on the neighbours, so the
/// cost of one is the number of those. Time is taken in whole seconds, and what begins in the same second has no order: such a
/// pair is counted once each way, and the counts do not depend on the order within the second.</para>
/// <para>A kind that repeats within its second counts once. A burst of causes does not count its effect more than once, for only
/// the last start before it counts; and what a kind's own starts leave of the time is counted beside it (the exposure), so that
/// what never has long to wait for its next start is not expected to be followed late.</para>
/// <para>Pure, bounded by <see cref="LearningSettings"/>, not safe for concurrent use.</para>
/// </remarks>
public sealed class CoOccurrence(LearningSettings options)
{
    private readonly Dictionary<string, LearnedKind> _kinds = [];
    private readonly List<LearnedKind> _byNumber = [];
    private readonly Dictionary<string, LearnedResource> _resources = [];
    private readonly Dictionary<(Relation Relation, int Before, int After), long[]> _pairs = [];
    private readonly List<(string Kind, string Resource, IReadOnlyList<string> Neighbours)> _beginning = [];
    private readonly LagShape _shape = new();
    private long _first = Series.Never;
    private long _now = Series.Never;

    /// <summary>Starts that were not counted because they came after a later one.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Starts and pairs that were not counted because of a limit.</summary>
    public long BeyondLimits { get; private set; }

    /// <summary>For how long it has counted.</summary>
    public TimeSpan Span => _now == Series.Never ? TimeSpan.Zero : TimeSpan.FromSeconds(_now - _first);

    internal long Now => _now;

    internal int ResourceCount => _resources.Count;

    internal LearningSettings Options => options;

    /// <summary>Counts that a condition began; in the order of time, to the second.</summary>
    /// <param name="kind">Its <see cref="ConditionType"/>.</param>
    /// <param name="resource">The canonical id of the resource.</param>
    /// <param name="start">When.</param>
    /// <param name="neighbours">The canonical ids of its neighbours then; neighbours are so both ways.</param>
    public void Observe(string kind, string resource, DateTimeOffset start, IReadOnlyList<string>? neighbours = null)
    {
        var second = start.UtcTicks / TimeSpan.TicksPerSecond;
        if (second < _now)
        {
            OutOfOrder++;
            return;
        }

        Advance(second);
        _beginning.Add((kind, resource, neighbours ?? []));
    }

    /// <summary>Lets time pass without a start: what did not follow counts too.</summary>
    public void Pass(DateTimeOffset now)
    {
        if (now.UtcTicks / TimeSpan.TicksPerSecond is var second && second >= _now && _first != Series.Never) Advance(second);
    }

    /// <summary>How often a kind began; each second once a resource.</summary>
    public long StartsOf(string kind) => Find(kind)?.Starts ?? 0;

    /// <summary>In how many of those another kind began on the same resource.</summary>
    public long InCompany(string kind) => Find(kind)?.InCompany ?? 0;

    /// <summary>How often a kind followed the last start of another with a lag in the bin of this one.</summary>
    public long Followed(Relation relation, string before, string after, TimeSpan lag) =>
        LagBins.Of(lag) is var bin && bin < LagBins.Count && CountsOf(relation, Find(before), Find(after)) is { } counts
            ? counts[bin] : 0;

    /// <summary>How often a kind usually begins on a resource, a second: its own count there, and half a start and a day at the
    /// kind's mean before it.</summary>
    public double RateOf(string kind, string resource)
    {
        const double half = 0.5;
        const double priorSeconds = 86_400;
        var known = Find(kind);
        var seconds = Span.TotalSeconds + priorSeconds;
        var here = known?.Series.Find(series => series.Resource.Name == resource)?.Starts ?? 0;
        var mean = (known?.Starts ?? 0) / (Math.Max(1, _resources.Count) * seconds);
        return (here + half + (mean * priorSeconds)) / seconds;
    }

    /// <summary>How often a kind begins at some lag after the last start of another, a second: as counted, and one case before
    /// it by the usual shape of lags.</summary>
    /// <returns>0 where the lag is beyond <see cref="LagBins.End"/>.</returns>
    public double RateAfter(Relation relation, string before, string after, TimeSpan lag)
    {
        var bin = LagBins.Of(lag);
        if (bin >= LagBins.Count) return 0;
        var cause = Find(before);
        var counts = CountsOf(relation, cause, Find(after));
        var exposure = cause is null ? 0 : ExposureOf(relation, cause)[bin];
        return ((counts?[bin] ?? 0) + LagShape.PriorOf(relation) * _shape.Of(relation, bin)) / (exposure + LagBins.Width(bin));
    }

    /// <summary>How much oftener than usual a kind begins on a resource at some lag after another: the logarithm of the ratio;
    /// 0 beyond <see cref="LagBins.End"/>.</summary>
    public double Lift(Relation relation, string before, string after, string resource, TimeSpan lag)
    {
        var rate = RateAfter(relation, before, after, lag);
        return rate <= 0 ? 0 : Math.Log(rate) - Math.Log(RateOf(after, resource));
    }

    /// <summary>All pairs that could have followed each other, with what chance alone would give; by relation and
    /// names.</summary>
    public IReadOnlyList<PairCounts> Pairs()
    {
        Settle();
        return new ExpectedCounts(this, _resources).All();
    }

    internal long[]? CountsOf(Relation relation, LearnedKind? before, LearnedKind? after)
    {
        Settle();
        return before is null || after is null ? null : _pairs.GetValueOrDefault((relation, before.Number, after.Number));
    }

    internal IReadOnlyList<LearnedKind> Kinds()
    {
        Settle();
        return _byNumber;
    }

    /// <summary>The seconds by the bin of the time since a kind began last, over all resources that are watched.</summary>
    internal long[] ExposureOf(Relation relation, LearnedKind kind)
    {
        Settle();
        var exposure = new long[LagBins.Count];
        if (relation == Relation.SameKind)
        {
            kind.Gaps.CopyTo(exposure, 0);
            if (kind.Newest != Series.Never) LagBins.Expose(exposure, _now - kind.Newest);
            return exposure;
        }

        var own = new long[LagBins.Count];
        foreach (var series in kind.Series)
        {
            var watchers = relation == Relation.Neighbour ? series.Resource.Neighbours.Length : 1;
            if (watchers == 0) continue;
            Array.Clear(own);
            series.AddExposure(own, _now);
            for (var bin = 0; bin < LagBins.Count; bin++) exposure[bin] += own[bin] * watchers;
        }

        return exposure;
    }

    private LearnedKind? Find(string kind)
    {
        Settle();
        return _kinds.GetValueOrDefault(kind);
    }

    private void Advance(long second)
    {
        if (second > _now) Settle();
        if (_first == Series.Never) _first = second;
        _now = second;
    }

    /// <summary>Counts what began in the second in hand, in an order of its own. What is told of that second after that counts
    /// by itself.</summary>
    private void Settle()
    {
        if (_beginning.Count == 0) return;
        var batch = new List<Series>();
        foreach (var (kind, resource, neighbours) in _beginning.OrderBy(one => one.Resource, StringComparer.Ordinal)
            .ThenBy(one => one.Kind, StringComparer.Ordinal))
        {
            if (Meet(kind, resource, neighbours) is not { } series)
            {
                BeyondLimits++;
            }
            else if (series.Beginning != _now && series.Newest != _now)
            {
                series.Beginning = _now;
                batch.Add(series);
            }
        }

        _beginning.Clear();
        var resources = batch.GroupBy(series => series.Kind).ToDictionary(group => group.Key, group => group.Count());
        foreach (var series in batch) Count(series, resources[series.Kind] > 1);
        foreach (var series in batch)
        {
            series.Began(_now);
            series.Kind.Began(series.Resource, _now);
        }
    }

    private Series? Meet(string kind, string resource, IReadOnlyList<string> neighbours)
    {
        if (!_kinds.TryGetValue(kind, out var known))
        {
            if (_kinds.Count >= options.Kinds) return null;
            known = new LearnedKind(kind, _kinds.Count);
        }

        if (!_resources.TryGetValue(resource, out var on))
        {
            if (_resources.Count >= options.Resources) return null;
            on = new LearnedResource(resource);
        }

        var series = on.Series.Find(one => ReferenceEquals(one.Kind, known));
        if (series is null)
        {
            if (on.Series.Count >= options.KindsOnResource) return null;
            series = new Series(known, on);
            on.Series.Add(series);
            known.Series.Add(series);
        }

        if (_kinds.TryAdd(kind, known)) _byNumber.Add(known);
        _resources.TryAdd(resource, on);
        on.Neighbours = neighbours.Count == 0
            ? [] : [.. neighbours.Distinct().Order(StringComparer.Ordinal).Take(options.Neighbours)];
        return series;
    }

    private void Count(Series series, bool alsoElsewhere)
    {
        var company = false;
        foreach (var other in series.Resource.Series)
        {
            var itself = ReferenceEquals(other, series);
            company |= !itself && other.Beginning == _now;
            if (itself) Count(Relation.Self, series.Kind, series.Kind, series.Newest);
            else Count(Relation.SameResource, other.Kind, series.Kind, LastOf(other));
        }

        foreach (var name in series.Resource.Neighbours)
        {
            if (!_resources.TryGetValue(name, out var neighbour)) continue;
            foreach (var other in neighbour.Series) Count(Relation.Neighbour, other.Kind, series.Kind, LastOf(other));
        }

        var elsewhere = alsoElsewhere ? _now : series.Kind.NewestIfElsewhere(series.Resource);
        Count(Relation.SameKind, series.Kind, series.Kind, elsewhere);
        if (company) series.Kind.InCompany++;
    }

    private long LastOf(Series other) => other.Beginning == _now ? _now : other.Newest;

    private void Count(Relation relation, LearnedKind before, LearnedKind after, long last)
    {
        if (last == Series.Never || LagBins.Of(_now - last) is var bin && bin >= LagBins.Count) return;
        var key = (relation, before.Number, after.Number);
        if (!_pairs.TryGetValue(key, out var counts))
        {
            var ofTwo = relation is Relation.SameResource or Relation.Neighbour;
            if (ofTwo && _pairs.Count >= options.Pairs)
            {
                BeyondLimits++;
                return;
            }

            _pairs[key] = counts = new long[LagBins.Count];
        }

        counts[bin]++;
        _shape.Add(relation, bin, counts.Sum());
    }
}
