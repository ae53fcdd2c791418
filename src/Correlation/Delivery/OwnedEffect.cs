using Correlation.Customers;
using Correlation.Resources;

namespace Correlation.Delivery;

/// <summary>One thing that a resource tells a customer: a condition's symptoms, or a change.</summary>
/// <param name="Owner">The customer.</param>
/// <param name="Condition">The condition's report; null where it is a change.</param>
/// <param name="Change">The change; null where it is a condition.</param>
[GenerateSerializer, Immutable, Alias("owned-effect")]
public sealed record OwnedEffect(
    [property: Id(0)] CustomerKey Owner,
    [property: Id(1)] ConditionReport? Condition,
    [property: Id(2)] Change? Change);
