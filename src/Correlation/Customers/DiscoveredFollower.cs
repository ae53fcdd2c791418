using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Keeps what grouping sees of the discovered edges in step with the customer's state.</summary>
internal sealed class DiscoveredFollower
{
    private readonly DiscoveredIndex _index = new();
    private ImmutableDictionary<string, DiscoveredEdge> _known = ImmutableDictionary<string, DiscoveredEdge>.Empty;

    public DiscoveredFollower(TopologyHistory given) => Topology = given.With(_index);

    /// <summary>The given topology with what is discovered.</summary>
    public TopologyHistory Topology { get; }

    /// <summary>Begins with what a state knows.</summary>
    public void Reset(ImmutableDictionary<string, DiscoveredEdge> known)
    {
        _index.Clear();
        foreach (var edge in known.Values) _index.Put(edge.Edge, edge.Known);
        _known = known;
    }

    /// <summary>Follows a state.</summary>
    /// <returns>The symptoms that may see others now: those near an edge that is new, counts from another time or is gone, and
    /// that began when it counts. What began before sees what it saw.</returns>
    public IReadOnlyList<Symptom> Follow(CustomerState state, CandidateGraph graph)
    {
        if (ReferenceEquals(state.Discovered, _known)) return [];
        var gone = _known.Values.Where(edge => state.Discovered.GetValueOrDefault(edge.Key)?.Known != edge.Known).ToList();
        var put = state.Discovered.Values.Where(edge => _known.GetValueOrDefault(edge.Key)?.Known != edge.Known).ToList();
        _known = state.Discovered;
        var near = Near(gone).ToHashSet();
        foreach (var edge in gone) _index.Remove(edge.Edge);
        foreach (var edge in put) _index.Put(edge.Edge, edge.Known);
        near.UnionWith(Near(put));
        if (near.Count == 0) return [];
        graph.Memory.Clear();
        var from = gone.Concat(put).Min(edge => edge.Known);
        return
        [
            .. near.SelectMany(graph.LiveOn).Distinct().Select(id => state.Symptoms.GetValueOrDefault(id)?.Symptom)
                .OfType<Symptom>().Where(symptom => symptom.Start >= from),
        ];
    }

    private IEnumerable<string> Near(List<DiscoveredEdge> edges)
    {
        if (edges.Count == 0) return [];
        var newest = Topology.At(DateTimeOffset.MaxValue).Topology;
        return edges.SelectMany(edge => new[] { edge.From, edge.To }).Distinct()
            .SelectMany(resource => newest.Around(resource).Append(resource));
    }
}
