using System.Collections.Immutable;
using Correlation.Grouping;

namespace Correlation.Quality.Weights;

using Weighting = ImmutableSortedDictionary<string, double>;

/// <summary>Looks for better weights one at a time: each is tried a little and much smaller and larger and at 0, and the best of
/// these is kept where it helps. The seeds are in two halves: what helps on one alone is noise of its own.</summary>
/// <param name="judge">What settings are worth on the first (0) or second (1) half of the seeds.</param>
/// <param name="told">Is told of every weight that was tried.</param>
internal sealed class CoordinateSearch(
    Func<IReadOnlyList<Weighting>, int, IReadOnlyList<double>> judge, Action<Tried> told)
{
    /// <summary>What a step must bring on the mean of the halves: one that brings less follows noise.</summary>
    public const double LeastGain = 0.001;

    private const int Digits = 3;

    private static readonly double[] Factors = [0.7, 0.85, 1.18, 1.4, 0];

    /// <summary>What a weight of 0 is tried at: no factor moves it.</summary>
    private static readonly double[] FromNothing = [0.1, 0.3, 0.6];

    /// <summary>Searches for some rounds over all weights, or until a round keeps nothing.</summary>
    public Weighting Search(Weighting start, int rounds)
    {
        var best = start;
        var (first, second) = (judge([best], 0)[0], judge([best], 1)[0]);
        for (var round = 1; round <= rounds; round++)
        {
            var before = best;
            foreach (var name in start.Keys)
            {
                var tried = Try(best, name, round, (first, second));
                if (tried.Kept) (best, first, second) = (best.SetItem(name, tried.To), tried.First, tried.Second);
                told(tried);
            }

            if (ReferenceEquals(best, before)) break;
        }

        return best;
    }

    /// <summary>The values that a weight is tried at: within its range, each once, the value itself not.</summary>
    public static ImmutableArray<double> Candidates(string name, double value) =>
    [
        .. (value == 0 ? FromNothing : Factors.Select(factor => Math.Round(value * factor, Digits)))
            .Where(other => other != value && GroupingWeights.Allows(name, other)).Distinct(),
    ];

    private Tried Try(Weighting best, string name, int round, (double First, double Second) now)
    {
        var from = best[name];
        var candidates = Candidates(name, from);
        var first = judge([.. candidates.Select(value => best.SetItem(name, value))], 0);
        var left = Enumerable.Range(0, candidates.Length).Where(i => first[i] > now.First).ToList();
        var second = left.Count == 0 ? [] : judge([.. left.Select(i => best.SetItem(name, candidates[i]))], 1);
        var helps = left.Select((candidate, i) => new Tried(round, name, from, candidates[candidate], first[candidate], second[i])
            {
                Gain = ((first[candidate] - now.First) + (second[i] - now.Second)) / 2,
            })
            .Where(tried => tried.Second > now.Second && tried.Gain >= LeastGain).ToList();
        return helps.Count == 0
            ? new Tried(round, name, from, from, now.First, now.Second)
            : helps.MaxBy(tried => tried.Gain)!;
    }
}

/// <summary>What came of trying a weight.</summary>
/// <param name="Round">In which round.</param>
/// <param name="Name">Which weight.</param>
/// <param name="From">Its value before.</param>
/// <param name="To">Its value now.</param>
/// <param name="First">What the weights are worth now on the first half.</param>
/// <param name="Second">The same on the second.</param>
internal sealed record Tried(int Round, string Name, double From, double To, double First, double Second)
{
    /// <summary>What it brought on the mean of the halves.</summary>
    public double Gain { get; init; }

    /// <summary>Whether the value is another now.</summary>
    public bool Kept => To != From;
}
