using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>Which resource needs which, by canonical id. Immutable.</summary>
public sealed class Topology
{
    private readonly Dictionary<string, ImmutableArray<string>> _upstream;
    private readonly Dictionary<string, ImmutableArray<string>> _downstream;
    private readonly int _hubDegree;

    /// <summary>Reads declared edges; one that is no pair of two different resource ids is left out.</summary>
    /// <param name="edges">The edges, in any order; repetitions count once.</param>
    /// <param name="hubDegree">See <see cref="GroupingOptions.HubDegree"/>.</param>
    public Topology(IEnumerable<DependencyEdge> edges, int hubDegree = 32)
    {
        _hubDegree = hubDegree;
        var pairs = edges
            .Select(edge => (From: ResourceId.TryParse(edge.From)?.Canonical, To: ResourceId.TryParse(edge.To)?.Canonical))
            .Where(pair => pair.From is not null && pair.To is not null && pair.From != pair.To)
            .Distinct()
            .ToList();
        _upstream = Adjacency(pairs.Select(pair => (pair.From!, pair.To!)));
        _downstream = Adjacency(pairs.Select(pair => (pair.To!, pair.From!)));
    }

    /// <summary>No edges.</summary>
    public static Topology Empty { get; } = new([]);

    /// <summary>What a resource depends on directly, in order of id.</summary>
    public ImmutableArray<string> Upstream(string resource) => _upstream.GetValueOrDefault(resource, []);

    /// <summary>What depends on a resource directly, in order of id.</summary>
    public ImmutableArray<string> Downstream(string resource) => _downstream.GetValueOrDefault(resource, []);

    /// <summary>How far two resources are apart: 1 for a direct edge, 2 for one resource between them that is no hub,
    /// else 0.</summary>
    public int Hops(string a, string b)
    {
        if (_upstream.Count == 0 || a == b) return 0;
        if (Contains(Upstream(a), b) || Contains(Upstream(b), a)) return 1;
        return Neighbours(a).Any(middle => !IsHub(middle) && Touches(middle, b)) ? 2 : 0;
    }

    /// <summary>Whether a resource depends on another directly or over one between them.</summary>
    public bool DependsOn(string resource, string other)
    {
        var direct = Upstream(resource);
        return Contains(direct, other) || direct.Any(middle => Contains(Upstream(middle), other));
    }

    /// <summary>What lies within two hops: what it depends on, what depends on it, then what is one further. Each once.</summary>
    public IEnumerable<string> Around(string resource)
    {
        if (_upstream.Count == 0) return [];
        var direct = Neighbours(resource).ToList();
        var further = direct.Where(middle => !IsHub(middle)).SelectMany(Neighbours);
        return direct.Concat(further).Where(other => other != resource).Distinct();
    }

    private IEnumerable<string> Neighbours(string resource) => Upstream(resource).Concat(Downstream(resource));

    private bool Touches(string a, string b) => Contains(Upstream(a), b) || Contains(Downstream(a), b);

    private bool IsHub(string resource) => Upstream(resource).Length + Downstream(resource).Length > _hubDegree;

    private static bool Contains(ImmutableArray<string> sorted, string id) =>
        sorted.BinarySearch(id, StringComparer.Ordinal) >= 0;

    private static Dictionary<string, ImmutableArray<string>> Adjacency(IEnumerable<(string From, string To)> pairs) =>
        pairs.GroupBy(pair => pair.From).ToDictionary(
            group => group.Key, group => group.Select(pair => pair.To).Order(StringComparer.Ordinal).ToImmutableArray());
}
