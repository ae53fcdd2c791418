using Correlation.Customers;

namespace Correlation.Resources;

/// <summary>A change for a customer.</summary>
/// <param name="Owner">The customer.</param>
/// <param name="Change">The change.</param>
[GenerateSerializer, Immutable, Alias("owned-change")]
public readonly record struct OwnedChange([property: Id(0)] CustomerKey Owner, [property: Id(1)] Change Change);
