using System.Collections.Immutable;
using Correlation.Configuration;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>The versions of the customers file, each in force from a log time on. Immutable; safe for concurrent use.</summary>
public sealed class CustomerMaps
{
    private readonly ImmutableArray<CustomerMap> _maps;

    private CustomerMaps(ImmutableArray<CustomerMap> maps) => _maps = maps;

    /// <summary>Begins with one version.</summary>
    public CustomerMaps(CustomerMap map) => _maps = [map];

    /// <summary>No file: every customer is provisional.</summary>
    public static CustomerMaps None { get; } = new(CustomerMap.Empty);

    /// <summary>All versions, oldest first.</summary>
    internal ImmutableArray<CustomerMap> All => _maps;

    /// <summary>The newest version, which may be about to take force.</summary>
    public CustomerMap Newest => _maps[^1];

    /// <summary>The version in force at a log time; before the oldest that is known, that one.</summary>
    public CustomerMap At(DateTimeOffset logTime)
    {
        for (var i = _maps.Length - 1; i > 0; i--)
        {
            if (_maps[i].InForce <= logTime) return _maps[i];
        }

        return _maps[0];
    }

    /// <summary>The version that another took over from; null where none is known.</summary>
    public CustomerMap? Before(CustomerMap map) => _maps.LastOrDefault(known => known.Version < map.Version);

    /// <summary>Whose a resource was at a log time.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="tenant">The Entra tenant that the signal names; null for none.</param>
    /// <param name="logTime">The signal's log time.</param>
    public CustomerKey OwnerOf(ResourceId resource, string? tenant, DateTimeOffset logTime) =>
        At(logTime).OwnerOf(resource, tenant);

    /// <summary>These and newer versions: the newest <see cref="ConfigurationLimits.Contents"/> of all. One known already is left
    /// out.</summary>
    public CustomerMaps With(IEnumerable<CustomerMap> newer)
    {
        var all = _maps.Concat(newer).DistinctBy(map => map.Version).OrderBy(map => map.Version).ToList();
        if (all.Count > 1) all.RemoveAll(map => map.Version == 0);
        return new CustomerMaps([.. all.TakeLast(ConfigurationLimits.Contents)]);
    }

    /// <summary>What depends on what at a customer by the customers file alone, as of every time.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="grouping">The settings of everybody.</param>
    public TopologyHistory TopologyOf(CustomerKey customer, GroupingOptions grouping) =>
        new Estates(this, []).TopologyOf(customer, grouping);
}
