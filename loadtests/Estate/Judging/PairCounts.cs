namespace Correlation.Estate;

/// <summary>Pairs of members that belong together, are together, and both: what pairwise precision, recall and F1 are of.
/// Counts of several estates add up.</summary>
/// <param name="Right">Pairs that are together and belong together.</param>
/// <param name="Found">Pairs that are together.</param>
/// <param name="True">Pairs that belong together.</param>
public readonly record struct PairCounts(long Right, long Found, long True)
{
    /// <summary>The share of the pairs found that are right; 1 where none is found.</summary>
    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    /// <summary>The share of the true pairs that are found; 1 where there is none.</summary>
    public double Recall => True == 0 ? 1 : (double)Right / True;

    /// <summary>Their harmonic mean.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Counts the pairs of members, each with the group that it belongs to and the one that it was put in.</summary>
    public static PairCounts Of(IEnumerable<(string True, string Found)> members)
    {
        var both = new Dictionary<(string, string), long>();
        foreach (var member in members) { both[member] = both.GetValueOrDefault(member) + 1; }

        return new PairCounts(
            both.Values.Sum(Pairs),
            both.GroupBy(b => b.Key.Item2, b => b.Value).Sum(g => Pairs(g.Sum())),
            both.GroupBy(b => b.Key.Item1, b => b.Value).Sum(g => Pairs(g.Sum())));
    }

    public static PairCounts operator +(PairCounts a, PairCounts b) =>
        new(a.Right + b.Right, a.Found + b.Found, a.True + b.True);

    private static long Pairs(long count) => count * (count - 1) / 2;
}
