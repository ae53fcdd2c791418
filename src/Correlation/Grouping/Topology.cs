using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Dependencies;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>Which resource needs which, by canonical id. Immutable.</summary>
/// <remarks>An edge of which only is known that one names the other (<see cref="EdgeKind.Refers"/>), or that both failed together
/// (<see cref="EdgeKind.FailsWith"/>), is weak: it counts as two hops, leads no further, and says nothing of what depends on
/// what.</remarks>
public sealed class Topology
{
    /// <summary>The most edges of a way that says anything.</summary>
    public const int FarthestHops = 4;

    /// <summary>A resource that needs more than this needs everything.</summary>
    private const int FarthestSeen = 128;

    private readonly Dictionary<string, ImmutableArray<string>> _upstream;
    private readonly Dictionary<string, ImmutableArray<string>> _downstream;
    private readonly Dictionary<string, ImmutableArray<string>> _weak;
    private readonly int _hubDegree;
    private readonly DiscoveredIndex? _discovered;
    private readonly DateTimeOffset _asOf;

    /// <summary>Reads declared edges; one that is no pair of two different resource ids is left out.</summary>
    /// <param name="edges">The edges, in any order; repetitions count once.</param>
    /// <param name="hubDegree">See <see cref="GroupingOptions.HubDegree"/>.</param>
    public Topology(IEnumerable<DependencyEdge> edges, int hubDegree = 32)
        : this(Declared(edges), hubDegree)
    {
    }

    private Topology(IEnumerable<ResourceEdge> edges, int hubDegree)
    {
        _hubDegree = hubDegree;
        var byStrength = edges.ToLookup(edge => edge.IsWeak, edge => (edge.From, edge.To));
        _upstream = Adjacency(byStrength[false]);
        _downstream = Adjacency(byStrength[false].Select(pair => (pair.To, pair.From)));
        _weak = Adjacency(byStrength[true].Concat(byStrength[true].Select(pair => (pair.To, pair.From))));
    }

    private Topology(Topology known, DiscoveredIndex discovered, DateTimeOffset asOf)
    {
        (_upstream, _downstream, _weak, _hubDegree) = (known._upstream, known._downstream, known._weak, known._hubDegree);
        (_discovered, _asOf) = (discovered, asOf);
    }

    /// <summary>No edges.</summary>
    public static Topology Empty { get; } = new(Array.Empty<ResourceEdge>(), 32);

    private bool IsEmpty => _upstream.Count == 0 && _weak.Count == 0 && _discovered is null;

    /// <summary>Makes one of edges of any kind, in any order; repetitions count once.</summary>
    public static Topology Of(IEnumerable<ResourceEdge> edges, int hubDegree = 32) => new(edges, hubDegree);

    /// <summary>Declared edges as edges of that kind; one that is no pair of two different resource ids is left out.</summary>
    public static IEnumerable<ResourceEdge> Declared(IEnumerable<DependencyEdge> edges) => edges
        .Select(edge => (From: ResourceId.TryParse(edge.From)?.Canonical, To: ResourceId.TryParse(edge.To)?.Canonical))
        .Where(pair => pair.From is not null && pair.To is not null && pair.From != pair.To)
        .Select(pair => new ResourceEdge(pair.From!, pair.To!, EdgeKind.Declared));

    /// <summary>What a resource depends on directly, in order of id.</summary>
    public ImmutableArray<string> Upstream(string resource) => With(_upstream, resource, EdgeEnd.Upstream);

    /// <summary>What depends on a resource directly, in order of id.</summary>
    public ImmutableArray<string> Downstream(string resource) => With(_downstream, resource, EdgeEnd.Downstream);

    /// <summary>What a resource names, or is named by, and nothing more is known of it, in order of id.</summary>
    public ImmutableArray<string> Named(string resource) => With(_weak, resource, EdgeEnd.Weak);

    /// <summary>How far two resources are apart: 1 for a direct edge, 2 for a weak one or one resource between them that is no
    /// hub, else 0.</summary>
    public int Hops(string a, string b)
    {
        if (IsEmpty || a == b) return 0;
        if (Contains(Upstream(a), b) || Contains(Upstream(b), a)) return 1;
        if (Contains(Named(a), b)) return 2;
        return Neighbours(a).Any(middle => !IsHub(middle) && Touches(middle, b)) ? 2 : 0;
    }

    /// <summary>How many edges lead from one resource to the other in one direction, whichever; 0 where more than
    /// <see cref="FarthestHops"/> do, or none.</summary>
    public int Chain(string a, string b)
    {
        if (IsEmpty || a == b) return 0;
        var up = Climb(a, b);
        return up > 0 ? up : Climb(b, a);
    }

    /// <summary>Most pairs end here: the one needs nothing, or nothing needs the other.</summary>
    private int Climb(string from, string to) =>
        Upstream(from).IsEmpty || Downstream(to).IsEmpty ? 0 : Above(from).GetValueOrDefault(to);

    /// <summary>All that a resource depends on, with over how many edges.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="farthest">The most edges that are looked at.</param>
    public IReadOnlyDictionary<string, int> Above(string resource, int farthest = FarthestHops)
    {
        var found = new Dictionary<string, int>();
        List<string> level = IsEmpty ? [] : [resource];
        for (var hops = 1; hops <= farthest && level.Count > 0; hops++)
        {
            level = [.. level.SelectMany(one => Upstream(one))
                .Where(one => one != resource && found.Count < FarthestSeen && found.TryAdd(one, hops))];
        }

        return found;
    }

    /// <summary>What lies within two hops: what it depends on, what depends on it, what it names, then what is one further. Each
    /// once.</summary>
    public IEnumerable<string> Around(string resource)
    {
        if (IsEmpty) return [];
        var direct = Neighbours(resource).ToList();
        var further = direct.Where(middle => !IsHub(middle)).SelectMany(Neighbours);
        return direct.Concat(Named(resource)).Concat(further).Where(other => other != resource).Distinct();
    }

    /// <summary>The same with the discovered edges that were known at a time.</summary>
    internal Topology AsOf(DiscoveredIndex discovered, DateTimeOffset time) => new(this, discovered, time);

    private ImmutableArray<string> With(Dictionary<string, ImmutableArray<string>> known, string resource, EdgeEnd end)
    {
        var fixedOnes = known.GetValueOrDefault(resource, []);
        return _discovered is null ? fixedOnes : _discovered.With(fixedOnes, resource, end, _asOf);
    }

    private IEnumerable<string> Neighbours(string resource) => Upstream(resource).Concat(Downstream(resource));

    private bool Touches(string a, string b) => Contains(Upstream(a), b) || Contains(Downstream(a), b);

    private bool IsHub(string resource) => Upstream(resource).Length + Downstream(resource).Length > _hubDegree;

    private static bool Contains(ImmutableArray<string> sorted, string id) =>
        sorted.BinarySearch(id, StringComparer.Ordinal) >= 0;

    private static Dictionary<string, ImmutableArray<string>> Adjacency(IEnumerable<(string From, string To)> pairs) =>
        pairs.Distinct().GroupBy(pair => pair.From).ToDictionary(
            group => group.Key, group => group.Select(pair => pair.To).Order(StringComparer.Ordinal).ToImmutableArray());
}
