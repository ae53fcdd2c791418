namespace Correlation.Resources;

/// <summary>The latest value of one metric of a resource, and which values before it were seen.</summary>
[GenerateSerializer, SuppressReferenceTracking, Alias("kept-metric")]
public sealed class KeptMetric
{
    /// <summary>How many grid points before the latest one are remembered.</summary>
    internal const int Points = 64;

    /// <summary>The metric's name.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>The span that its values aggregate, in seconds; 0 when not said.</summary>
    [Id(1)] public int Grain { get; init; }

    /// <summary>The time of its latest value.</summary>
    [Id(2)] public DateTimeOffset At { get; internal set; }

    /// <summary>The average of its latest value; NaN where not said.</summary>
    [Id(3)] public double Average { get; internal set; }

    /// <summary>How many values the resource has seen.</summary>
    [Id(4)] public long Count { get; internal set; }

    /// <summary>Bit n: the value n grid points before the newest point on the grid was seen.</summary>
    [Id(5)] internal ulong Seen { get; set; }

    /// <summary>The newest point on the grid, in grains since the first day.</summary>
    [Id(6)] internal long Newest { get; set; }
}
