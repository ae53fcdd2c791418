using Correlation.Customers;

namespace Correlation.Resources;

/// <summary>A report for a customer.</summary>
/// <param name="Owner">The customer.</param>
/// <param name="Report">The report.</param>
[GenerateSerializer, Immutable, Alias("owned-report")]
public readonly record struct OwnedReport([property: Id(0)] CustomerKey Owner, [property: Id(1)] ConditionReport Report);
