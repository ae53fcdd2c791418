using System.Collections.Immutable;
using Correlation.Learning;
using Correlation.Signals;

namespace Correlation.Fleet;

/// <summary>How often one kind of condition followed another at one customer, both of kinds that are Azure's own.</summary>
/// <param name="Relation">How their resources are related.</param>
/// <param name="Before">The kind that begins first, by <see cref="FleetKind"/>.</param>
/// <param name="After">The kind that follows.</param>
/// <param name="Starts">How often the first began.</param>
/// <param name="Seen">How often the second followed, by the bin of the lag.</param>
/// <param name="Expected">How often it would have by chance.</param>
[GenerateSerializer, Immutable, Alias("shared-pair")]
public sealed record SharedPair(
    [property: Id(0)] Relation Relation,
    [property: Id(1)] string Before,
    [property: Id(2)] string After,
    [property: Id(3)] long Starts,
    [property: Id(4)] ImmutableArray<long> Seen,
    [property: Id(5)] ImmutableArray<double> Expected);

/// <summary>Which kinds of condition can be spoken of between customers, and as what.</summary>
/// <remarks>Only kinds whose names are Azure's: health, and failed operations of Azure's own types. A rule, a category or a title
/// can be a customer's own words. What is spoken of is a hash, so that not even what Azure calls it travels.</remarks>
public static class FleetKind
{
    private const string Azure = "microsoft.";

    /// <summary>What a <see cref="ConditionType"/> is called in the fleet; null where it is not spoken of.</summary>
    public static string? Of(string kind)
    {
        var parts = kind.Split(' ', 3);
        if (parts.Length < 3 || !parts[0].StartsWith(Azure, StringComparison.Ordinal)) return null;
        var shared = parts[1] switch
        {
            nameof(ConditionKind.ResourceHealth) or nameof(ConditionKind.ServiceHealth) => true,
            nameof(ConditionKind.FailedOperation) => parts[2].StartsWith("operation:" + Azure, StringComparison.Ordinal),
            _ => false,
        };
        return shared ? DedupKey.Of(kind).ToString() : null;
    }
}

/// <summary>What many customers' counts say together. In memory only: each customer brings its counts again whenever it is
/// learned from, and what was taken from here is in the version of its model. Not safe for concurrent use.</summary>
public sealed class FleetPool
{
    /// <summary>Of how many other customers each pair must hold before anyone is told of it.</summary>
    public const int CustomersMin = FleetState.CustomersMin;

    /// <summary>The most pairs that a customer brings.</summary>
    public const int PairsMax = 200;

    /// <summary>The most customers; what more would bring is not taken.</summary>
    public const int CustomersMax = 10_000;

    private readonly Dictionary<string, ImmutableArray<SharedPair>> _counts = [];

    /// <summary>Takes a customer's counts in the place of those it brought before.</summary>
    public void Put(string customer, ImmutableArray<SharedPair> pairs)
    {
        if (_counts.Count >= CustomersMax && !_counts.ContainsKey(customer)) return;
        _counts[customer] = pairs.Length > PairsMax ? pairs[..PairsMax] : pairs;
    }

    /// <summary>What the others say: the pairs that hold at enough of them, and together are surer than chance; surest
    /// first.</summary>
    public ImmutableArray<PriorPair> PriorFor(string customer)
    {
        var pools = _counts.Where(entry => entry.Key != customer).SelectMany(entry => entry.Value)
            .GroupBy(pair => (pair.Relation, pair.Before, pair.After)).ToList();
        var threshold = CauseLearner.Threshold(pools.Count);
        return
        [
            .. pools.Select(pool => (Pool: pool, Pair: Together(pool)))
                .Where(one => one.Pair.Weight > threshold && one.Pool.Count(own => Holds(own, one.Pair.Bins)) >= CustomersMin)
                .Select(one => one.Pair)
                .OrderByDescending(pair => pair.Weight).ThenBy(pair => pair.Relation)
                .ThenBy(pair => pair.Before, StringComparer.Ordinal).ThenBy(pair => pair.After, StringComparer.Ordinal)
                .Take(StartLearner.MostStored),
        ];
    }

    private static bool Holds(SharedPair pair, int bins) => pair.Seen.Take(bins).Sum() > pair.Expected.Take(bins).Sum();

    private static PriorPair Together(IGrouping<(Relation Relation, string Before, string After), SharedPair> pool)
    {
        var (seen, expected) = (new long[LagBins.Count], new double[LagBins.Count]);
        foreach (var pair in pool.Where(pair => pair.Seen.Length == seen.Length && pair.Expected.Length == seen.Length))
        {
            for (var bin = 0; bin < seen.Length; bin++)
            {
                seen[bin] += pair.Seen[bin];
                expected[bin] += pair.Expected[bin];
            }
        }

        var (relation, before, after) = pool.Key;
        var scan = Scan.Of(new PairCounts(relation, before, after, seen, expected), Bursts.None);
        var starts = Math.Max(1.0, pool.Sum(pair => pair.Starts));
        return new PriorPair(
            relation, before, after, Math.Round(scan.Weight, 6), scan.Bins,
            Math.Round(seen.Take(scan.Bins).Sum() / starts, 6), Math.Round(expected.Take(scan.Bins).Sum() / starts, 6));
    }
}
