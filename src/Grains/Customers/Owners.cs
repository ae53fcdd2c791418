using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Grains.Problems;
using Correlation.Signals;

namespace Correlation.Grains.Customers;

/// <summary>Who owned what at every log time, by the versions of the customers file that this silo has learnt.</summary>
public sealed class Owners : ICustomerZones
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CustomerMaps _maps = CustomerMaps.None;

    /// <summary>Knows nothing before it has learnt.</summary>
    public Owners()
    {
    }

    /// <summary>Knows one version and is ready.</summary>
    public Owners(CustomerMap map) => Learn([map]);

    /// <summary>Ends once it is known which versions there are: nothing is decided before that.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The versions.</summary>
    public CustomerMaps Maps => _maps;

    /// <summary>The customers that the newest version names, by key.</summary>
    public ImmutableArray<CustomerKey> Configured => [.. _maps.Newest.Customers];

    /// <summary>What the newest version says of a customer; null where it does not name it.</summary>
    public CustomerEntry? Find(CustomerKey customer) => _maps.Newest.Find(customer);

    /// <summary>Whose a resource was at a log time.</summary>
    public CustomerKey OwnerOf(ResourceId resource, string? tenant, DateTimeOffset logTime) =>
        _maps.OwnerOf(resource, tenant, logTime);

    /// <inheritdoc/>
    public TimeZoneInfo ZoneOf(CustomerKey customer) =>
        Find(customer) is { } entry ? TimeZoneInfo.FindSystemTimeZoneById(entry.TimeZone) : TimeZoneInfo.Utc;

    /// <summary>Takes versions in, and is ready from then on. Called by one at a time.</summary>
    public void Learn(IEnumerable<CustomerMap> versions)
    {
        var newer = versions.ToList();
        if (newer.Count > 0) _maps = _maps.With(newer);
        _ready.TrySetResult();
    }
}
