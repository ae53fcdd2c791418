namespace Correlation.Resources;

/// <summary>When the last forgotten symptom of a condition ended.</summary>
/// <param name="Condition">Eight bytes that stand for the condition.</param>
/// <param name="End">When it ended.</param>
[GenerateSerializer, Immutable, Alias("settled-end")]
internal readonly record struct SettledEnd([property: Id(0)] ulong Condition, [property: Id(1)] DateTimeOffset End);
