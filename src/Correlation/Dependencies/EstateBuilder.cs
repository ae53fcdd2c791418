using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Dependencies;

/// <summary>Makes the edges of an estate from its rows.</summary>
internal sealed class EstateBuilder
{
    private const string HiddenLink = "hidden-link:";
    private const string Components = "microsoft.insights/components";
    private const string WebTests = "microsoft.insights/webtests";
    private const string Clusters = "microsoft.containerservice/managedclusters";
    private const string Disks = "microsoft.compute/disks";
    private const string Machines = "microsoft.compute/virtualmachine";

    private readonly HashSet<string> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<ResourceEdge> _edges = [];
    private readonly Dictionary<string, string> _tenants = new(StringComparer.Ordinal);
    private readonly HostNames _hosts = new();
    private readonly List<(string From, string Address)> _addresses = [];
    private readonly List<(string From, List<string> To)> _references = [];
    private readonly List<(string Cluster, string Group)> _clusters = [];
    private readonly Dictionary<string, List<string>> _nodes = new(StringComparer.Ordinal);
    private long _leftOut;

    /// <summary>Takes a row.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public string? Add(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object) return $"it is no object but {Words(row.ValueKind)}";
        if (GraphRow.Text(row, "id") is not { } text) return "it has no 'id': project id, type, managedBy, properties, tags";
        if (ResourceId.TryParse(text) is not { IsArm: true } id) return $"its 'id' is no ARM id: {Quoted(text)}";
        Tenant(row, id);
        if (GraphRow.IdOf(text) is null) return null;
        _rows.Add(id.Canonical);
        var found = new List<ResourceEdge>();
        Ruled(row, id, found);
        Managed(row, id, found);
        Tagged(row, id, found);
        Keep(found);
        _hosts.Add(id.Canonical, row);
        if (GraphRow.TryGet(row, "properties", out var properties)) Refer(id.Canonical, properties);
        return null;
    }

    /// <summary>The edges of all rows.</summary>
    public EstateGraph Build()
    {
        foreach (var (from, address) in _addresses)
        {
            if (_hosts.Find(address) is { } to && to != from) _edges.Add(new ResourceEdge(from, to, EdgeKind.Backend));
        }

        foreach (var (cluster, group) in _clusters)
        {
            foreach (var node in _nodes.GetValueOrDefault(group, []))
                _edges.Add(new ResourceEdge(cluster, node, EdgeKind.ManagedBy));
        }

        Resolve();
        return EstateGraph.Of(_edges, _tenants, _rows.Count, _leftOut);
    }

    private void Tenant(JsonElement row, ResourceId id)
    {
        if (id.Subscription is { } subscription && GraphRow.Text(row, "tenantId") is { Length: <= 64 } tenant)
            _tenants[subscription] = tenant.ToLowerInvariant();
    }

    private void Ruled(JsonElement row, ResourceId id, List<ResourceEdge> found)
    {
        var type = id.Type;
        foreach (var rule in GraphRules.Of(type).Concat(GraphRules.All))
        {
            foreach (var text in rule.Texts(row).Take(ResourceGraphLimits.EdgesPerRow + 1))
            {
                if (rule.Names == Named.Address) Address(id.Canonical, text);
                else if (GraphRow.IdOf(text) is { } other) Edge(id.Canonical, other, rule, found);
            }
        }

        if (GraphRules.IsPart(type) && id.Parent is { } parent)
            found.Add(new ResourceEdge(id.Canonical, parent.Canonical, EdgeKind.PartOf));
        Cluster(row, id, type);
    }

    private void Address(string from, string text)
    {
        if (text.Length <= ResourceId.MaxLength && _addresses.Count < ResourceGraphLimits.Edges) _addresses.Add((from, text));
        else _leftOut++;
    }

    private static void Edge(string resource, string other, GraphRule rule, List<ResourceEdge> found)
    {
        var named = rule.Names == Named.Part ? GraphRow.Top(other) : other;
        found.Add(rule.Reversed ? new ResourceEdge(named, resource, rule.Kind) : new ResourceEdge(resource, named, rule.Kind));
        if (rule.Names == Named.Both) found.Add(new ResourceEdge(resource, GraphRow.Top(other), rule.Kind));
    }

    /// <summary>The nodes of a cluster lie in a resource group of their own, which it names.</summary>
    private void Cluster(JsonElement row, ResourceId id, string type)
    {
        if (type.StartsWith(Machines, StringComparison.Ordinal) && id.Subscription is { } home && id.ResourceGroup is { } group)
        {
            var key = $"{home}/{group}";
            if (!_nodes.TryGetValue(key, out var nodes)) _nodes[key] = nodes = [];
            nodes.Add(id.Canonical);
        }

        if (type == Clusters && GraphRow.TryGet(row, "properties", out var properties)
            && GraphRow.Text(properties, "nodeResourceGroup") is { } named)
        {
            _clusters.Add((id.Canonical, $"{id.Subscription}/{named.ToLowerInvariant()}"));
        }
    }

    /// <summary>What manages a resource depends on it: a machine on its disk, a cluster on its scale sets. A server is said to
    /// manage its databases, and depends on none.</summary>
    private static void Managed(JsonElement row, ResourceId id, List<ResourceEdge> found)
    {
        if (GraphRow.IdOf(GraphRow.Text(row, "managedBy")) is not { } manager || IsWithin(id.Canonical, manager)) return;
        found.Add(new ResourceEdge(manager, id.Canonical, id.Type == Disks ? EdgeKind.Disk : EdgeKind.ManagedBy));
    }

    /// <summary>The portal links an application and its Application Insights by a tag of either.</summary>
    private static void Tagged(JsonElement row, ResourceId id, List<ResourceEdge> found)
    {
        if (!GraphRow.TryGet(row, "tags", out var tags) || tags.ValueKind != JsonValueKind.Object) return;
        foreach (var tag in tags.EnumerateObject())
        {
            if (!tag.Name.StartsWith(HiddenLink, StringComparison.OrdinalIgnoreCase)) continue;
            if (GraphRow.IdOf(tag.Name[HiddenLink.Length..].Trim()) is not { } other) continue;
            var watched = ResourceId.Parse(other).Type == Components && id.Type != WebTests;
            found.Add(watched
                ? new ResourceEdge(other, id.Canonical, EdgeKind.Monitors)
                : new ResourceEdge(id.Canonical, other, EdgeKind.Monitors));
        }
    }

    private void Keep(List<ResourceEdge> found)
    {
        var kept = 0;
        foreach (var edge in found.Where(edge => edge.From != edge.To).Distinct())
        {
            if (kept++ >= ResourceGraphLimits.EdgesPerRow) _leftOut++;
            else if (_edges.Count <= ResourceGraphLimits.Edges) _edges.Add(edge);
        }
    }

    private void Refer(string from, JsonElement properties)
    {
        var named = GraphRow.References(properties).Where(id => id != from).Distinct()
            .Take(ResourceGraphLimits.EdgesPerRow).ToList();
        if (named.Count > 0) _references.Add((from, named));
    }

    /// <summary>What one row names of another, where nothing better is known of the two and neither contains the other.</summary>
    private void Resolve()
    {
        var known = _edges.SelectMany(edge => new[] { (edge.From, edge.To), (edge.To, edge.From) }).ToHashSet();
        foreach (var (from, named) in _references)
        {
            foreach (var id in named)
            {
                if (Row(id) is not { } to || known.Contains((from, to)) || IsWithin(from, to) || IsWithin(to, from)) continue;
                if (_edges.Count < ResourceGraphLimits.Edges) _edges.Add(new ResourceEdge(from, to, EdgeKind.Refers));
                else _leftOut++;
            }
        }
    }

    /// <summary>The row of an id, or of what contains it.</summary>
    private string? Row(string id)
    {
        for (var at = id; ;)
        {
            if (_rows.Contains(at)) return at;
            if (ResourceIdParts.ParentOf(at) is not { } parent || GraphRow.IdOf(parent) is null) return null;
            at = parent;
        }
    }

    private static bool IsWithin(string inner, string outer) =>
        inner.Length >= outer.Length && inner.StartsWith(outer, StringComparison.Ordinal)
        && (inner.Length == outer.Length || inner[outer.Length] == '/');

    private static string Quoted(string text) =>
        JsonSerializer.Serialize(text.Length > 100 ? text[..100] + "…" : text);

    private static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "nothing that could be one",
    };
}
