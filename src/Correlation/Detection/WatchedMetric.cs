namespace Correlation.Detection;

/// <summary>What is known of a metric over all resources that have it.</summary>
internal sealed class WatchedMetric
{
    /// <summary>For how many minutes the belief in a metric's habit counts.</summary>
    private const double BeliefMinutes = 3000;

    public ExcessTail Tail { get; } = new(BeliefMinutes);

    /// <summary>The mean of the series' mean sizes.</summary>
    public double? Level { get; set; }
}
