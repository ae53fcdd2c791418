using Correlation.Signals;

namespace Correlation.Detection;

/// <summary>In what a metric is measured, as far as it matters to what is unusual; from the metric's definition.</summary>
public enum MetricUnit : byte
{
    /// <summary>Counts, bytes, seconds: it has a bottom and no top.</summary>
    Open = 0,

    /// <summary>Hundredths of what there is at most: from 98 to 99 is as far as from 1 to 2.</summary>
    Percent = 1,
}

/// <summary>What is measured of a resource, a value a minute.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="IsIndicator">Whether it says what users feel: always a symptom and never a cause, and a fall of it is as bad as a
/// rise.</param>
public readonly record struct MetricSeries(
    ResourceId Resource, string Metric, MetricUnit Unit = MetricUnit.Open, bool IsIndicator = false) : IComparable<MetricSeries>
{
    /// <summary>By resource, then by metric.</summary>
    public int CompareTo(MetricSeries other)
    {
        var byResource = Resource.CompareTo(other.Resource);
        if (byResource != 0) return byResource;
        var byMetric = string.CompareOrdinal(Metric, other.Metric);
        return byMetric != 0 ? byMetric : (Unit, IsIndicator).CompareTo((other.Unit, other.IsIndicator));
    }
}

/// <summary>A value of a series in a minute.</summary>
/// <param name="Series">The series.</param>
/// <param name="Value">The value; one that is no number counts as missing.</param>
public readonly record struct MetricSample(MetricSeries Series, double Value);
