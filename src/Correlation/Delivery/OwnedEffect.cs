using Correlation.Customers;
using Correlation.Resources;

namespace Correlation.Delivery;

/// <summary>One thing that a resource tells a customer: a condition's symptoms, a change, or a link.</summary>
/// <param name="Owner">The customer.</param>
/// <param name="Condition">The condition's report; null where it is something else.</param>
/// <param name="Change">The change; null where it is something else.</param>
[GenerateSerializer, Immutable, Alias("owned-effect")]
public sealed record OwnedEffect(
    [property: Id(0)] CustomerKey Owner,
    [property: Id(1)] ConditionReport? Condition,
    [property: Id(2)] Change? Change)
{
    /// <summary>A link to another resource; null where it is one of the others.</summary>
    [Id(3)] public LearntLink? Link { get; init; }
}
