namespace Correlation.Signals;

/// <summary>One aggregated value of a platform metric; an aggregation that the record does not carry is NaN.</summary>
/// <param name="Name">The metric's name as Azure writes it, for example <c>cpu_percent</c>.</param>
/// <param name="Grain">The span that is aggregated, in whole seconds; 60 for PT1M, 0 when not said.</param>
/// <param name="Average">The average, in the metric's own unit (Azure does not send the unit).</param>
/// <param name="Minimum">The minimum.</param>
/// <param name="Maximum">The maximum.</param>
/// <param name="Total">The sum.</param>
/// <param name="Count">How many samples were aggregated.</param>
[GenerateSerializer, Immutable, Alias("metric-value")]
public sealed record MetricValue(
    [property: Id(0)] string Name,
    [property: Id(1)] int Grain,
    [property: Id(2)] double Average,
    [property: Id(3)] double Minimum,
    [property: Id(4)] double Maximum,
    [property: Id(5)] double Total,
    [property: Id(6)] double Count);
