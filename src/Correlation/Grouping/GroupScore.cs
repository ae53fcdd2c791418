namespace Correlation.Grouping;

/// <summary>What the conditions of two groups have to do with each other, each of the one with each of the other; a condition
/// that came again counts once, with the two of its symptoms that have most to do with each other.</summary>
/// <param name="Mean">The mean score.</param>
/// <param name="One">Of the pair with the least, the one.</param>
/// <param name="Other">The other.</param>
internal sealed record GroupScore(double Mean, Node One, Node Other)
{
    /// <summary>So many conditions of a group are looked at, spread over those it has: enough for a mean, and a storm stays
    /// linear.</summary>
    private const int Conditions = 8;

    /// <summary>So many symptoms of a condition, spread over those it has.</summary>
    private const int Symptoms = 4;

    /// <summary>No one pair counts more than this, for or against: else a veto would decide alone.</summary>
    private const double Most = 1.2;
    private const double Least = -1;

    /// <summary>The mean of the scores of some pairs.</summary>
    public static double MeanOf(IEnumerable<double> scores) => scores.Average(score => Math.Clamp(score, Least, Most));

    /// <summary>Scores two groups.</summary>
    public static GroupScore Of(GroupingMemory scores, Group one, Group other)
    {
        var (ones, others) = (one.Conditions, other.Conditions);
        var (some, someOthers) = (Math.Min(ones.Count, Conditions), Math.Min(others.Count, Conditions));
        var sum = 0.0;
        (double Score, Node One, Node Other)? farthest = null;
        for (var i = 0; i < some; i++)
        {
            for (var j = 0; j < someOthers; j++)
            {
                var nearest = Nearest(scores, Spread(ones, i, some), Spread(others, j, someOthers));
                sum += Math.Clamp(nearest.Score, Least, Most);
                if (!(nearest.Score >= farthest?.Score)) farthest = nearest;
            }
        }

        return new GroupScore(sum / (some * someOthers), farthest!.Value.One, farthest.Value.Other);
    }

    private static (double Score, Node One, Node Other) Nearest(GroupingMemory scores, List<Node> ones, List<Node> others)
    {
        var best = (Score: double.NegativeInfinity, One: ones[0], Other: others[0]);
        var (some, someOthers) = (Math.Min(ones.Count, Symptoms), Math.Min(others.Count, Symptoms));
        for (var i = 0; i < some; i++)
        {
            var a = Spread(ones, i, some);
            for (var j = 0; j < someOthers; j++)
            {
                var b = Spread(others, j, someOthers);
                if (scores.Score(a, b) is var score && score > best.Score) best = (score, a, b);
            }
        }

        return best;
    }

    /// <summary>The one of some, spread over all, at a place.</summary>
    private static T Spread<T>(List<T> all, int place, int some) => all[(int)((long)place * all.Count / some)];
}
