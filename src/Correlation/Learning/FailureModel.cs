using System.Collections.Immutable;

namespace Correlation.Learning;

/// <summary>What a customer's failures that are over teach: how rare each thing is on its resource, how much a resource usually
/// shows when something fails, what shows on causes oftener than elsewhere, and what was the cause before. Immutable.</summary>
public sealed class FailureModel
{
    /// <summary>What each kind counts: logs say most, calls that fail are seen at both of their ends.</summary>
    private static readonly ImmutableArray<double> Weights = [1.0, 1.4, 0.7, 0.7];

    private const double ToNats = 1.5;
    private const double TrustFrom = 20;
    private const double LiftWeight = 0.5;
    private const int Shown = 3;

    /// <summary>What was counted.</summary>
    internal FailureCounts Counts { get; init; } = FailureCounts.None;

    /// <summary>The lifts; null in the first pass, where nothing is known of causes.</summary>
    internal FailureLift? Lift { get; init; }

    /// <summary>What each resource usually shows, by resource and kind.</summary>
    internal (double Middle, double Spread)[] Usual { get; init; } = [];

    /// <summary>How much oftener than chance each resource was the cause, as log-odds.</summary>
    internal double[] Prior { get; init; } = [];

    /// <summary>Nothing is known.</summary>
    public static FailureModel Empty { get; } = new();

    /// <summary>From how many failures it was learnt.</summary>
    public int Failures => Counts.Failures;

    /// <summary>How far what was learnt is believed: 0 without a past, 1 with an endless one.</summary>
    public double Trust => Failures / (Failures + TrustFrom);

    /// <summary>Judges each resource of a failure that is not one of those learnt from.</summary>
    public IReadOnlyDictionary<string, Abnormality> Judge(FailureEvidence failure)
    {
        var byResource = failure.All.ToLookup(one => one.Resource);
        return failure.Resources.ToDictionary(resource => resource, resource => Judge(resource, [.. byResource[resource]]));
    }

    private Abnormality Judge(string resource, List<Clue> evidence)
    {
        var known = Counts.Resources.GetValueOrDefault(resource, -1);
        var weighed = evidence.ConvertAll(one => Weigh(one, known));
        var kinds = Enumerable.Range(0, Clue.Kinds).Select(kind => Trust / ToNats * Excess(
            known, kind, weighed.Where(one => (int)one.Clue.Kind == kind).Sum(one => one.Weight)));
        var prior = known >= 0 ? Prior[known] : Prior.DefaultIfEmpty(0).Min();
        var shown = weighed.OrderByDescending(one => one.Weight).ThenBy(one => one.Clue.Key, StringComparer.Ordinal)
            .GroupBy(one => one.Clue.Kind).SelectMany(kind => kind.Take(Shown));
        return new Abnormality([.. kinds], Trust * prior, [.. shown]);
    }

    private WeighedClue Weigh(Clue one, int resource)
    {
        var index = Counts.Find(one, resource);
        var surprise = Surprise(index < 0 ? 0 : Counts.Seen[index], Failures);
        return new WeighedClue(one, surprise, Factor(resource, index, Counts.FindClass(one)));
    }

    /// <summary>How much of one kind a resource shows beyond its usual, by how much that varies.</summary>
    internal double Excess(int resource, int kind, double sum)
    {
        var (middle, spread) = resource < 0 || Usual.Length == 0 ? (0, 0) : Usual[(resource * Clue.Kinds) + kind];
        return Weights[kind] * (sum - middle) / Math.Pow(spread + 2, 0.6);
    }

    /// <summary>How surprising it is to see something that was seen so many times, in nats.</summary>
    internal static double Surprise(int seen, int failures) => Math.Max(0, -Math.Log((seen + 0.5) / (failures + 1)));

    /// <summary>What a thing counts more because it shows on causes.</summary>
    internal double Factor(int resource, int evidence, int kind) =>
        Lift is null ? 1 : Math.Max(0, 1 + (LiftWeight * Lift.Of(resource, evidence, kind)));
}

/// <summary>What tells for or against a resource as the cause, by the past; each in nats, and they add up.</summary>
/// <param name="Kinds">How much more than usual it shows, for each kind of evidence.</param>
/// <param name="Prior">How much oftener than chance it was the cause.</param>
/// <param name="Heaviest">What counts most of each kind.</param>
public sealed record Abnormality(
    ImmutableArray<double> Kinds, double Prior, ImmutableArray<WeighedClue> Heaviest)
{
    /// <summary>The sum of all.</summary>
    public double Total => Kinds.Sum() + Prior;
}

/// <summary>What one thing counts.</summary>
/// <param name="Clue">The thing.</param>
/// <param name="Surprise">How rare it is on its resource, in nats.</param>
/// <param name="Lift">A factor: above 1 where things like it show on causes oftener than elsewhere.</param>
public readonly record struct WeighedClue(Clue Clue, double Surprise, double Lift)
{
    /// <summary>The product of all.</summary>
    public double Weight => Surprise * Clue.Early * Lift;
}
