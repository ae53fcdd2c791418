using Correlation.Customers;

namespace Correlation.Grains.Directory;

/// <summary>Which customers there are.</summary>
[GenerateSerializer, Alias("directory-state")]
public sealed class DirectoryState
{
    /// <summary>Their keys.</summary>
    [Id(0)] public SortedSet<CustomerKey> Customers { get; init; } = [];
}

/// <summary>A customer was seen for the first time.</summary>
[GenerateSerializer, Immutable, Alias("customer-registered")]
public sealed record CustomerRegistered([property: Id(0)] CustomerKey Customer);
