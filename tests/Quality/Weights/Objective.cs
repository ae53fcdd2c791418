using Correlation.Estate;

namespace Correlation.Quality.Weights;

/// <summary>What a fit makes as large as it can.</summary>
/// <remarks>False incidents count against failures, not against incidents as the false share does: that share also falls where
/// failures come to pieces.</remarks>
internal static class Objective
{
    /// <summary>What one false incident for each failure takes away: as much as one of the three figures can bring.</summary>
    private const double FalsePenalty = 1.0 / 3;

    /// <summary>The mean over estates of the mean of pairwise F1, macro F1 and the share of causes that are named first, less a
    /// third of the false incidents for each failure.</summary>
    public static double Of(IEnumerable<EstateScore> scores) => scores.Average(score =>
        ((score.Pairs.F1 + score.MacroF1 + score.CauseTop(1)) / 3) - (FalsePenalty * score.False / score.Failures.Count));
}
