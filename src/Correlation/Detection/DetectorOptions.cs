using System.ComponentModel.DataAnnotations;

namespace Correlation.Detection;

/// <summary>What counts as unusual for a metric.</summary>
public sealed class DetectorOptions
{
    /// <summary>How many past values say what is usual.</summary>
    /// <value>60: an hour of minutes. More forgets a changed level later.</value>
    [Range(8, 10_000)] public int Window { get; set; } = 60;

    /// <summary>How many values must have come before anything is called unusual.</summary>
    /// <value>20.</value>
    [Range(4, 10_000)] public int MinValues { get; set; } = 20;

    /// <summary>From how many usual deviations on a value is unusual.</summary>
    /// <value>8. Lower finds more and cries wolf more.</value>
    [Range(1, 1000)] public double Open { get; set; } = 8;

    /// <summary>Below how many usual deviations a value is usual again.</summary>
    /// <value>4.</value>
    [Range(0.1, 1000)] public double Close { get; set; } = 4;

    /// <summary>How many values in a row must be unusual before an anomaly opens, and usual before it closes.</summary>
    /// <value>2: one odd minute is no anomaly. More opens later.</value>
    [Range(1, 100)] public int Persist { get; set; } = 2;

    /// <summary>The least deviation that counts as usual, as a share of the usual value.</summary>
    /// <value>0.05.</value>
    [Range(0, 10)] public double RelativeFloor { get; set; } = 0.05;
}
