namespace Correlation.Detection;

/// <summary>How often a series goes beyond a bound by itself, and how far: an exponential tail, learned from whole
/// excursions, each counted once by its peak, so that a long one is not many. Starts from a belief that counts for so many
/// minutes.</summary>
internal sealed class ExcessTail(double beliefMinutes)
{
    /// <summary>From how many deviations on a value is an excess at all.</summary>
    public const double Bound = 3;

    /// <summary>What share of minutes is believed to begin an excursion.</summary>
    private const double BelievedRate = 0.002;

    /// <summary>How many excursions the believed mean excess of 1 counts for.</summary>
    private const double BeliefExcursions = 10;

    private double _minutes = beliefMinutes;
    private double _excursions = beliefMinutes * BelievedRate;
    private double _excess = BeliefExcursions;
    private double _peaks = BeliefExcursions;

    /// <summary>How unlikely so many deviations are: minus the logarithm of how often they come; 0 within the bound.</summary>
    public double Surprise(double deviations) => deviations <= Bound
        ? 0
        : Math.Max(0, Math.Log(_minutes / _excursions) + ((deviations - Bound) * _peaks / _excess));

    public void Minute() => _minutes++;

    public void Excursion(double peak)
    {
        _excursions++;
        _excess += peak - Bound;
        _peaks++;
    }
}
