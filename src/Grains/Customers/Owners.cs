using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Grains.Problems;
using Correlation.Signals;

namespace Correlation.Grains.Customers;

/// <summary>Who owns what, by the customers file in force; replaced whole when the file changes.</summary>
public sealed class Owners : ICustomerZones
{
    private volatile CustomerMap _map;

    /// <summary>Begins with a file.</summary>
    public Owners(CustomerMap map) => _map = map;

    /// <summary>The map in force.</summary>
    public CustomerMap Map => _map;

    /// <summary>The customers that the file names, by key.</summary>
    public ImmutableArray<CustomerKey> Configured => [.. _map.Customers];

    /// <summary>Whose a resource is.</summary>
    public CustomerKey OwnerOf(ResourceId resource, string? tenant) => _map.OwnerOf(resource, tenant);

    /// <summary>What the file says of a customer; null where it does not name it.</summary>
    public CustomerEntry? Find(CustomerKey customer) => _map.Find(customer);

    /// <inheritdoc/>
    public TimeZoneInfo ZoneOf(CustomerKey customer) =>
        Find(customer) is { } entry ? TimeZoneInfo.FindSystemTimeZoneById(entry.TimeZone) : TimeZoneInfo.Utc;

    /// <summary>Puts another map in force.</summary>
    public void Replace(CustomerMap map) => _map = map;
}
