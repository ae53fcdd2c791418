namespace Correlation.LoadTests.Shared;

/// <summary>A straight line through points, by least squares.</summary>
/// <param name="Slope">How much y rises for 1 of x.</param>
/// <param name="StandardError">The standard error of the slope, as for points whose errors are independent; points that follow
/// one another closely are not, and the true one is larger then.</param>
/// <param name="Points">How many points there were.</param>
internal sealed record LeastSquares(double Slope, double StandardError, int Points)
{
    /// <summary>Whether no slope at all lies within two standard errors.</summary>
    public bool HasZero => Math.Abs(Slope) <= 2 * StandardError;

    /// <summary>Fits a line.</summary>
    /// <exception cref="ArgumentException">There are fewer than three points, or all have one x.</exception>
    public static LeastSquares Of(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 3) throw new ArgumentException("A line with its error needs three points.", nameof(points));
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var spread = points.Sum(point => (point.X - x) * (point.X - x));
        if (spread == 0) throw new ArgumentException("All points have one x.", nameof(points));
        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / spread;
        var left = points.Sum(point => Math.Pow(point.Y - y - (slope * (point.X - x)), 2));
        return new LeastSquares(slope, Math.Sqrt(left / (points.Count - 2) / spread), points.Count);
    }
}
