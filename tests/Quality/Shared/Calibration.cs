namespace Correlation.Quality;

/// <summary>Whether a confidence is right as often as it says.</summary>
internal static class Calibration
{
    private const int Bins = 10;

    /// <summary>The expected calibration error: over ten equal bins of confidence, the mean distance between how sure and
    /// how often right, weighted by how many fall in each.</summary>
    public static double Error(IReadOnlyCollection<(double Sure, bool Right)> told) =>
        told.Count == 0 ? 0 : told.GroupBy(one => Math.Min(Bins - 1, (int)(one.Sure * Bins)))
            .Sum(bin => Math.Abs(bin.Sum(one => one.Sure - (one.Right ? 1 : 0)))) / told.Count;
}
