using System.Collections.Immutable;

namespace Correlation.Customers;

/// <summary>A span in which a customer's, or some of its resources', symptoms are suppressed.</summary>
[GenerateSerializer, Immutable, Alias("maintenance-window")]
public sealed record MaintenanceWindow(
    [property: Id(0)] string Id,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset Until,
    [property: Id(3)] ImmutableArray<string> Prefixes,
    [property: Id(4)] string Note);
