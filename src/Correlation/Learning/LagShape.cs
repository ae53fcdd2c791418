namespace Correlation.Learning;

/// <summary>How lags usually lie, for each relation: the mean over pairs, whatever they count, and twenty pairs before it whose
/// lags are of every order of magnitude alike.</summary>
internal sealed class LagShape
{
    private const double PriorPairs = 20;

    private readonly double[][] _weights = [.. Enum.GetValues<Relation>().Select(_ => Flat())];

    /// <summary>How many of what follows one case is taken to be followed by before anything is known; of the two on one resource
    /// and on neighbours few, for there are many kinds.</summary>
    public static double PriorOf(Relation relation) => relation switch
    {
        Relation.Self => 0.5,
        Relation.SameKind => 0.1,
        _ => 0.02,
    };

    /// <summary>The share of lags that lie in a bin.</summary>
    public double Of(Relation relation, int bin)
    {
        var weights = _weights[(int)relation];
        return weights[bin] / weights.Sum();
    }

    /// <summary>A pair's n-th lag counts a n-th.</summary>
    public void Add(Relation relation, int bin, long place) => _weights[(int)relation][bin] += 1.0 / place;

    private static double[] Flat()
    {
        var flat = new double[LagBins.Count];
        Array.Fill(flat, PriorPairs / LagBins.Count);
        return flat;
    }
}
