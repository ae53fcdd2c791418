namespace Correlation.Learning;

/// <summary>That conditions of one kind cause those of another, as learned from history.</summary>
/// <param name="Relation">Whether on the same resource or on a neighbour.</param>
/// <param name="Cause">The kind that comes first.</param>
/// <param name="Effect">The kind that follows.</param>
/// <param name="Weight">How sure that is: the logarithm of how much better "it follows" explains the counts than chance.</param>
/// <param name="Lift">How many times oftener than by chance the effect begins within the lags at which it does so most
/// surely.</param>
/// <param name="Followed">How often the effect followed within those lags.</param>
/// <param name="Lag">The usual time between the two: the middle of the bin of the median.</param>
[GenerateSerializer, Immutable, Alias("learned-cause")]
public sealed record LearnedCause(
    [property: Id(0)] Relation Relation,
    [property: Id(1)] string Cause,
    [property: Id(2)] string Effect,
    [property: Id(3)] double Weight,
    [property: Id(4)] double Lift,
    [property: Id(5)] long Followed,
    [property: Id(6)] TimeSpan Lag);

/// <summary>Learns which kinds of condition cause which from what followed what: by the likelihood ratio of a Poisson count
/// against chance, corrected for how many pairs and lags were tried.</summary>
/// <remarks>
/// <para>The lags are scanned: each pair is judged at the prefix of lag bins that speaks for it most, and pays for the scan in
/// the correction. A window for all pairs, even one taken from the pooled counts, needs a quantile that somebody chooses, and is
/// wrong for the pair that is slower than most: what fails in seconds would decide how long a disk may take to fill. The scan
/// has no constant but the error that is allowed.</para>
/// <para>An effect that comes in bursts would count one coincidence many times, so its evidence is divided by its dispersion:
/// where a share s of its starts follow another of its own beyond chance, its bursts have 1 / (1 - s) starts in the mean, and the
/// count varies (1 + s) / (1 - s) times as much as a Poisson count, bursts being as long as they happen to be (geometric).
/// Bursts of the cause do no harm: only its last start counts.</para>
/// <para>Of the two directions the one with the larger lift counts, both over the same lags (those of the surer one): a lift over
/// shorter lags is larger by itself. Where they are equal, as when both always begin in the same second, there is none.</para>
/// </remarks>
public static class CauseLearner
{
    /// <summary>The chance, over all pairs and lags together, that there is any cause where there is none.</summary>
    public const double Alpha = 0.01;

    /// <summary>What was learned so far, surest first.</summary>
    public static IReadOnlyList<LearnedCause> Learn(CoOccurrence model) => Learn(model, model.Pairs());

    internal static IReadOnlyList<LearnedCause> Learn(CoOccurrence model, IReadOnlyList<PairCounts> all)
    {
        var bursts = Bursts.Of(model, all);
        var judged = all
            .Where(pair => pair.Relation is Relation.SameResource or Relation.Neighbour && pair.Before != pair.After)
            .Select(pair => (Pair: pair, Scan: Scan.Of(pair, bursts)))
            .ToDictionary(one => (one.Pair.Relation, one.Pair.Before, one.Pair.After));
        var threshold = Threshold(judged.Count);
        return
        [
            .. judged.Values.Where(one => one.Scan.Weight > threshold)
                .Where(one => !judged.TryGetValue((one.Pair.Relation, one.Pair.After, one.Pair.Before), out var back)
                    || LeadsOver(one, back))
                .Select(one => new LearnedCause(
                    one.Pair.Relation, one.Pair.Before, one.Pair.After, Math.Round(one.Scan.Weight, 6),
                    Math.Round(LiftOf(one.Pair, one.Scan.Bins), 6), one.Pair.Seen.Take(one.Scan.Bins).Sum(), LagOf(one)))
                .OrderByDescending(cause => cause.Weight).ThenBy(cause => cause.Relation)
                .ThenBy(cause => cause.Cause, StringComparer.Ordinal).ThenBy(cause => cause.Effect, StringComparer.Ordinal),
        ];
    }

    /// <summary>The logarithm of how much better a Poisson count explains itself than chance does; 0 where there is no more than
    /// that.</summary>
    internal static double RatioOf(double seen, double expected) =>
        seen <= expected ? 0 : (seen * Math.Log(seen / expected)) - (seen - expected);

    /// <summary>The weight above which a pair is surer than chance.</summary>
    /// <param name="pairs">How many pairs were tried.</param>
    internal static double Threshold(int pairs) => Math.Log(Math.Max(1, pairs) * LagBins.Count / Alpha);

    private static bool LeadsOver((PairCounts Pair, Scan Scan) one, (PairCounts Pair, Scan Scan) back)
    {
        var bins = one.Scan.Weight >= back.Scan.Weight ? one.Scan.Bins : back.Scan.Bins;
        return LiftOf(one.Pair, bins) > LiftOf(back.Pair, bins);
    }

    private static double LiftOf(PairCounts pair, int bins)
    {
        var expected = pair.Expected.Take(bins).Sum();
        return expected > 0 ? pair.Seen.Take(bins).Sum() / expected : 0;
    }

    private static TimeSpan LagOf((PairCounts Pair, Scan Scan) one)
    {
        var excess = one.Pair.Seen.Take(one.Scan.Bins)
            .Select((seen, bin) => Math.Max(0, seen - one.Pair.Expected[bin])).ToArray();
        var (half, sum, at) = (excess.Sum() / 2, excess[0], 0);
        while (sum < half && at < excess.Length - 1) sum += excess[++at];
        return LagBins.Middle(at);
    }
}

/// <summary>The prefix of lag bins that speaks most for a pair.</summary>
/// <param name="Weight">How much.</param>
/// <param name="Bins">How many bins; 0 where none speaks for it.</param>
internal readonly record struct Scan(double Weight, int Bins)
{
    public static Scan Of(PairCounts pair, Bursts bursts)
    {
        var best = default(Scan);
        var (seen, expected) = (0.0, 0.0);
        for (var bins = 1; bins <= LagBins.Count; bins++)
        {
            seen += pair.Seen[bins - 1];
            expected += pair.Expected[bins - 1];
            if (seen <= expected || expected <= 0) continue;
            var weight = CauseLearner.RatioOf(seen, expected) / bursts.DispersionOf(pair.After, bins);
            if (weight > best.Weight) best = new Scan(weight, bins);
        }

        return best;
    }
}

/// <summary>How much the counts of each kind vary beyond those of what begins whenever it likes.</summary>
internal sealed class Bursts
{
    private readonly Dictionary<string, double[]> _dispersion = [];

    /// <summary>Every kind begins whenever it likes.</summary>
    public static Bursts None { get; } = new();

    public static Bursts Of(CoOccurrence model, IEnumerable<PairCounts> all)
    {
        var bursts = new Bursts();
        foreach (var self in all.Where(pair => pair.Relation == Relation.Self))
        {
            var dispersion = bursts._dispersion[self.Before] = new double[LagBins.Count];
            var (excess, starts) = (0.0, (double)model.StartsOf(self.Before));
            for (var bin = 0; bin < LagBins.Count; bin++)
            {
                excess += self.Seen[bin] - self.Expected[bin];
                var share = Math.Max(0, excess) / starts;
                dispersion[bin] = (1 + share) / (1 - share);
            }
        }

        return bursts;
    }

    /// <summary>The variance of a kind's count over its mean, within so many bins; 1 for what begins whenever it likes.</summary>
    public double DispersionOf(string kind, int bins) => _dispersion.TryGetValue(kind, out var known) ? known[bins - 1] : 1;
}
