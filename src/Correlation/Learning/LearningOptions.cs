using System.ComponentModel.DataAnnotations;

namespace Correlation.Learning;

/// <summary>What makes "condition A causes condition B" believable.</summary>
public sealed class LearningOptions
{
    /// <summary>How long after its cause an effect may begin.</summary>
    /// <value>5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan Lag { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the cause must have been seen.</summary>
    /// <value>10.</value>
    [Range(1, 1_000_000)] public int MinCount { get; set; } = 10;

    /// <summary>The least share of the causes, beyond chance, that must be followed by the effect.</summary>
    /// <value>0.1.</value>
    [Range(0, 1)] public double MinShare { get; set; } = 0.1;

    /// <summary>How many standard deviations above chance that must be.</summary>
    /// <value>4.</value>
    [Range(0, 1000)] public double MinDeviation { get; set; } = 4;

    /// <summary>The most occurrences of one condition on one resource that are remembered; the oldest go first.</summary>
    /// <value>10,000.</value>
    [Range(10, 10_000_000)] public int MaxOccurrences { get; set; } = 10_000;
}
