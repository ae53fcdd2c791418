using System.Collections.Immutable;

namespace Correlation.Learning;

/// <summary>That one kind of condition follows another surer than by chance, as stored.</summary>
/// <param name="Relation">How their resources are related.</param>
/// <param name="Before">The kind that begins first.</param>
/// <param name="After">The kind that follows.</param>
/// <param name="Weight">How sure it is that it follows; see <see cref="LearnedCause.Weight"/>.</param>
/// <param name="Bins">Within how many bins of lags it does so most surely.</param>
/// <param name="Followed">How often it followed within those.</param>
/// <param name="Chance">How often it would have by chance.</param>
/// <param name="Fleet">Whether other customers say so, and this customer's own counts not yet.</param>
[GenerateSerializer, Immutable, Alias("learned-pair")]
public sealed record LearnedPair(
    [property: Id(0)] Relation Relation,
    [property: Id(1)] string Before,
    [property: Id(2)] string After,
    [property: Id(3)] double Weight,
    [property: Id(4)] int Bins,
    [property: Id(5)] double Followed,
    [property: Id(6)] double Chance,
    [property: Id(7)] bool Fleet = false)
{
    /// <summary>The logarithm of how much oftener than by chance it follows. Half a start that came and half that was expected go
    /// before, so that what is rare says little.</summary>
    public double Lift => Math.Log((Followed + 0.5) / (Chance + 0.5));

    /// <summary>The lag below which it follows.</summary>
    public TimeSpan Within => LagBins.Until(Bins);
}

/// <summary>A kind of condition that begins whatever else happens, as stored.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Share">In what share of all spans of <see cref="Span"/> it begins on a resource that has it.</param>
[GenerateSerializer, Immutable, Alias("usual-kind")]
public sealed record UsualKind([property: Id(0)] string Kind, [property: Id(1)] double Share)
{
    /// <summary>How long a span is.</summary>
    /// <value>20 minutes: what begins within ten minutes before or after something.</value>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(20);
}

/// <summary>A numbered version of what was learned of a customer: what is judged by. Immutable.</summary>
[GenerateSerializer, Immutable, Alias("learned-model")]
public sealed class LearnedModel
{
    /// <summary>From how many pairs on they say how fast things go.</summary>
    private const int PacePairs = 10;

    /// <summary>The share of what followed that must have come within the pace.</summary>
    private const double PaceShare = 0.5;

    [NonSerialized] private Dictionary<string, int>? _kinds;
    [NonSerialized] private Dictionary<(Relation, int, int), LearnedPair>? _pairs;
    [NonSerialized] private Dictionary<(Relation, int, int), LearnedPair>? _fleet;
    [NonSerialized] private Dictionary<int, double>? _usual;
    [NonSerialized] private Dictionary<string, TimeSpan>? _held;
    [NonSerialized] private object? _pace;

    /// <summary>Its number: 1, 2, 3 …</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>The log time from which it decides.</summary>
    [Id(1)] public required DateTimeOffset InForce { get; init; }

    /// <summary>The pairs that are surer than chance, surest first; bounded.</summary>
    [Id(2)] public ImmutableArray<LearnedPair> Pairs { get; init; } = [];

    /// <summary>What causes what, surest first; bounded as the pairs are.</summary>
    [Id(3)] public ImmutableArray<LearnedCause> Causes { get; init; } = [];

    /// <summary>What begins whatever else happens, the most usual first; bounded as the pairs are.</summary>
    [Id(4)] public ImmutableArray<UsualKind> Usual { get; init; } = [];

    /// <summary>What other customers taught, with what this customer's own counts say of it; the kinds as the fleet calls
    /// them.</summary>
    [Id(5)] public ImmutableArray<LearnedPair> Fleet { get; init; } = [];

    /// <summary>The kinds of which a lone alert is watched longer or shorter than others, or not at all.</summary>
    [Id(6)] public ImmutableArray<LearnedHold> Held { get; init; } = [];

    /// <summary>How long a lone alert of any other kind is watched before it is an incident; zero where it is one at
    /// once.</summary>
    [Id(7)] public TimeSpan HeldOthers { get; init; }

    /// <summary>How many symptoms usually begin within an hour on a resource, of those on which any did and fifty more; 0 where
    /// too little is known.</summary>
    [Id(8)] public double Hourly { get; init; }

    /// <summary>Whether any lone alert is watched.</summary>
    public bool Holds => HeldOthers > TimeSpan.Zero || (!Held.IsDefaultOrEmpty && Held.Any(kind => kind.Hold > TimeSpan.Zero));

    /// <summary>Within what time conditions of one resource that belong together follow each other: half of what followed surer
    /// than by chance did so within it. <see cref="TimeSpan.MaxValue"/> where too few pairs say so.</summary>
    public TimeSpan Pace => (TimeSpan)(_pace ??= PaceOf(Pairs));

    /// <summary>Whether it knows a <see cref="Pace"/>.</summary>
    internal bool HasPace => Pace < TimeSpan.MaxValue;

    /// <summary>Stores what was learned so far.</summary>
    public static LearnedModel Of(CoOccurrence model, int number, DateTimeOffset inForce) =>
        Of(model, model.Pairs(), number, inForce);

    internal static LearnedModel Of(
        CoOccurrence model, IReadOnlyList<PairCounts> all, int number, DateTimeOffset inForce,
        (ImmutableArray<UsualKind> Kinds, double Hourly) usual = default, ImmutableArray<LearnedPair> fleet = default,
        (ImmutableArray<LearnedHold> Kinds, TimeSpan Others) holds = default)
    {
        var bursts = Bursts.Of(model, all);
        var judged = all.Where(pair => pair.Relation != Relation.Self).ToList();
        var threshold = CauseLearner.Threshold(judged.Count);
        var sure = judged.Select(pair => (Pair: pair, Scan: Scan.Of(pair, bursts)))
            .Where(one => one.Scan.Weight > threshold).OrderByDescending(one => one.Scan.Weight).Take(model.Options.StoredPairs);
        return new LearnedModel
        {
            Number = number,
            InForce = inForce,
            Pairs = [.. sure.Select(one => Stored(one.Pair, one.Scan))],
            Causes = [.. CauseLearner.Learn(model, all).Take(model.Options.StoredPairs)],
            Usual = usual.Kinds.IsDefault ? [] : usual.Kinds,
            Hourly = usual.Hourly,
            Fleet = fleet.IsDefault ? [] : fleet,
            Held = holds.Kinds.IsDefault ? [] : holds.Kinds,
            HeldOthers = holds.Others,
        };
    }

    /// <summary>How long a lone alert of a kind is watched before it is an incident.</summary>
    public TimeSpan HoldOf(string kind) =>
        (_held ??= Held.ToDictionary(held => held.Kind, held => held.Hold)).GetValueOrDefault(kind, HeldOthers);

    /// <summary>That one kind begins at a lag after another surer than by chance; null where nothing says so.</summary>
    public LearnedPair? Find(Relation relation, string before, string after, TimeSpan lag) =>
        Find(relation, KindOf(before), KindOf(after), lag);

    /// <summary>The number of a kind in this version; -1 where it says nothing of it.</summary>
    internal int KindOf(string kind) => (_kinds ??= Kinds()).GetValueOrDefault(kind, -1);

    internal LearnedPair? Find(Relation relation, int before, int after, TimeSpan lag)
    {
        _pairs ??= Pairs.ToDictionary(pair => (pair.Relation, KindOf(pair.Before), KindOf(pair.After)));
        return _pairs.TryGetValue((relation, before, after), out var pair) && LagBins.Of(lag) < pair.Bins ? pair : null;
    }

    /// <summary>As <see cref="Find(Relation, int, int, TimeSpan)"/>, of what other customers taught.</summary>
    internal LearnedPair? FindOfFleet(Relation relation, int before, int after, TimeSpan lag)
    {
        _fleet ??= Fleet.ToDictionary(pair => (pair.Relation, KindOf(pair.Before), KindOf(pair.After)));
        return _fleet.TryGetValue((relation, before, after), out var pair) && LagBins.Of(lag) < pair.Bins ? pair : null;
    }

    /// <summary>In what share of all spans a kind begins on a resource that has it; 0 where it is not usual.</summary>
    internal double ShareOf(int kind)
    {
        _usual ??= Usual.ToDictionary(usual => KindOf(usual.Kind), usual => usual.Share);
        return _usual.GetValueOrDefault(kind);
    }

    private static TimeSpan PaceOf(ImmutableArray<LearnedPair> pairs)
    {
        var sure = pairs.Where(pair => pair.Relation == Relation.SameResource).OrderBy(pair => pair.Bins).ToList();
        if (sure.Count < PacePairs) return TimeSpan.MaxValue;
        var rest = PaceShare * sure.Sum(pair => pair.Followed);
        return sure.First(pair => (rest -= pair.Followed) <= 0).Within;
    }

    private Dictionary<string, int> Kinds() => Pairs.Concat(Fleet).SelectMany(pair => new[] { pair.Before, pair.After })
        .Concat(Usual.Select(usual => usual.Kind)).Distinct()
        .Select((kind, number) => (kind, number)).ToDictionary(one => one.kind, one => one.number);

    private static LearnedPair Stored(PairCounts pair, Scan scan) => new(
        pair.Relation, pair.Before, pair.After, Math.Round(scan.Weight, 6), scan.Bins, pair.Seen.Take(scan.Bins).Sum(),
        Math.Round(pair.Expected.Take(scan.Bins).Sum(), 6));
}
