using Correlation.Resources;

namespace Correlation.Grains.Delivery;

/// <summary>One thing that a resource tells its customer: a condition's symptoms, or a change.</summary>
[GenerateSerializer, Immutable, Alias("resource-effect")]
internal sealed record ResourceEffect([property: Id(0)] ConditionReport? Condition, [property: Id(1)] Change? Change);
