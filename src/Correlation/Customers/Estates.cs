using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Correlation.Configuration;
using Correlation.Dependencies;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>A version of the Resource Graph export.</summary>
/// <param name="Number">The number that the configuration gave it.</param>
/// <param name="InForce">The log time from which it counts.</param>
/// <param name="Graph">Its edges, of all customers.</param>
public sealed record EstateVersion(int Number, DateTimeOffset InForce, EstateGraph Graph)
{
    private readonly ConditionalWeakTable<CustomerMap, Dictionary<CustomerKey, ImmutableArray<ResourceEdge>>> _owned = [];

    /// <summary>A customer's edges, in order: those both ends of which are its own. What one customer's resource has to do with
    /// another's is no evidence, and nobody's business.</summary>
    public ImmutableArray<ResourceEdge> EdgesOf(CustomerKey customer, CustomerMap owners) =>
        _owned.GetValue(owners, Split).GetValueOrDefault(customer, []);

    private Dictionary<CustomerKey, ImmutableArray<ResourceEdge>> Split(CustomerMap owners)
    {
        var tenants = Graph.Tenants.ToDictionary(pair => pair.Subscription, pair => pair.Tenant);
        var known = Graph.Resources.ToDictionary(id => id, id =>
        {
            var resource = ResourceId.Parse(id);
            return owners.OwnerOf(resource, resource.Subscription is { } home ? tenants.GetValueOrDefault(home) : null);
        });
        return Graph.Read().Where(edge => known[edge.From] == known[edge.To])
            .GroupBy(edge => known[edge.From]).ToDictionary(group => group.Key, group => group.ToImmutableArray());
    }
}

/// <summary>What depends on what at every customer by the customers file and the Resource Graph export, as of every time.
/// Immutable; safe for concurrent use.</summary>
/// <param name="maps">The versions of the customers file.</param>
/// <param name="graphs">The versions of the export, oldest first.</param>
public sealed class Estates(CustomerMaps maps, ImmutableArray<EstateVersion> graphs)
{
    /// <summary>A customer's topology, and its own settings of grouping, as of every time; versions that say the same share
    /// them.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="grouping">The settings of everybody.</param>
    public TopologyHistory TopologyOf(CustomerKey customer, GroupingOptions grouping) =>
        HistoryOf(customer, grouping, entry => entry.Grouping);

    /// <summary>The grouping in shadow of a customer, by the newest version; null where it has none.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="grouping">The settings of everybody.</param>
    public ShadowSetup? ShadowOf(CustomerKey customer, GroupingOptions grouping)
    {
        if (maps.Newest.Find(customer) is not { ShadowGrouping.IsEmpty: false } newest) return null;
        var live = GroupingSetting.Over(grouping, newest.Grouping);
        var from = maps.All.Reverse().TakeWhile(map => map.Find(customer) is { } entry
            && entry.Grouping.SequenceEqual(newest.Grouping) && entry.ShadowGrouping.SequenceEqual(newest.ShadowGrouping));
        return new ShadowSetup(
            HistoryOf(customer, grouping, entry => [.. entry.Grouping, .. entry.ShadowGrouping]),
            ShadowSetup.Differences(live, GroupingSetting.Over(live, newest.ShadowGrouping)),
            from.Last().InForce);
    }

    private TopologyHistory HistoryOf(
        CustomerKey customer, GroupingOptions grouping, Func<CustomerEntry, ImmutableArray<GroupingSetting>> settings)
    {
        var versions = new List<TopologyVersion>();
        (ImmutableArray<DependencyEdge> Declared, ImmutableArray<ResourceEdge> Read, int Hub) before = ([], [], 0);
        (ImmutableArray<GroupingSetting> Settings, GroupingOptions? Own) last = ([], null);
        foreach (var time in Times())
        {
            var (map, graph) = (maps.At(time), GraphAt(time));
            var entry = map.Find(customer);
            var declared = entry?.Topology ?? [];
            var read = graph?.EdgesOf(customer, map) ?? [];
            var said = entry is null ? [] : settings(entry);
            if (!said.AsSpan().SequenceEqual(last.Settings.AsSpan()))
                last = (said, said.IsEmpty ? null : GroupingSetting.Over(grouping, said));
            var hub = (last.Own ?? grouping).HubDegree;
            var same = versions.Count > 0 && before.Hub == hub && before.Declared.AsSpan().SequenceEqual(declared.AsSpan())
                && before.Read.AsSpan().SequenceEqual(read.AsSpan());
            var topology = same ? versions[^1].Topology : Topology.Of([.. Topology.Declared(declared), .. read], hub);
            versions.Add(new TopologyVersion(
                map.Version, time, topology, graph?.Number ?? 0, entry?.Learned ?? 1) { Grouping = last.Own });
            before = (declared, read, hub);
        }

        return new TopologyHistory(versions);
    }

    /// <summary>A customer's edges by the newest versions, in order, each once with who says it; the customers file before the
    /// export.</summary>
    public IEnumerable<KnownEdge> EdgesOf(CustomerKey customer)
    {
        var map = maps.Newest;
        var older = maps.All.Reverse().Skip(1).Select(known => (known.InForce, Edges: Declared(known, customer))).ToList();
        var declared = Declared(map, customer)
            .Select(edge => new KnownEdge(edge, EdgeSource.CustomersFile, older.TakeWhile(known => known.Edges.Contains(edge))
                .Select(known => known.InForce).LastOrDefault(map.InForce)));
        var read = (graphs.IsEmpty ? [] : graphs[^1].EdgesOf(customer, map))
            .Select(edge => new KnownEdge(edge, EdgeSource.ResourceGraph, ReadSince(customer, edge)));
        return declared.Concat(read);
    }

    private static HashSet<ResourceEdge> Declared(CustomerMap map, CustomerKey customer) =>
        [.. Topology.Declared(map.Find(customer)?.Topology ?? [])];

    private IEnumerable<DateTimeOffset> Times() =>
        maps.All.Select(map => map.InForce).Concat(graphs.Select(graph => graph.InForce)).Distinct().Order()
            .TakeLast(2 * ConfigurationLimits.Contents);

    private EstateVersion? GraphAt(DateTimeOffset time) =>
        graphs.LastOrDefault(graph => graph.InForce <= time) ?? graphs.FirstOrDefault();

    private DateTimeOffset ReadSince(CustomerKey customer, ResourceEdge edge) => graphs.Reverse()
        .TakeWhile(graph => graph.EdgesOf(customer, maps.Newest).BinarySearch(edge, ByEnds) >= 0).Last().InForce;

    private static readonly Comparer<ResourceEdge> ByEnds = Comparer<ResourceEdge>.Create((a, b) =>
    {
        var order = string.CompareOrdinal(a.From, b.From);
        if (order == 0) order = string.CompareOrdinal(a.To, b.To);
        return order != 0 ? order : a.Kind.CompareTo(b.Kind);
    });
}

/// <summary>An edge of a customer with who says it.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Source">Who says it.</param>
/// <param name="Since">The log time from which it counts; the earliest time where it always did.</param>
public readonly record struct KnownEdge(ResourceEdge Edge, EdgeSource Source, DateTimeOffset Since);
