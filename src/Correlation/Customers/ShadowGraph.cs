using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>The candidate graph of a grouping in shadow. Derived from the customer's state alone, which it follows when it is
/// asked: nothing is fed to it, and after a restart it is what it was.</summary>
internal sealed class ShadowGraph
{
    private readonly DiscoveredFollower _discovered;
    private readonly LearnedFollower _learned = new();
    private readonly Dictionary<string, (Symptom Symptom, bool Sealed)> _known = [];
    private readonly HashSet<string> _changes = new(StringComparer.Ordinal);
    private (ImmutableDictionary<string, TrackedSymptom> Symptoms, ImmutableHashSet<string> Waiting) _seen = (null!, []);
    private ImmutableList<Change> _met = [];

    public ShadowGraph(GroupingOptions options, TopologyHistory topology)
    {
        _discovered = new DiscoveredFollower(topology);
        Graph = new CandidateGraph(options, _discovered.Topology, _learned.Versions);
        Holds = new OpeningHolds(_learned.Versions);
    }

    /// <summary>The graph.</summary>
    public CandidateGraph Graph { get; }

    /// <summary>Which lone alerts wait.</summary>
    public OpeningHolds Holds { get; }

    /// <summary>The version of customers.json in force at a time.</summary>
    public int VersionAt(DateTimeOffset time) => _discovered.Topology.At(time).Number;

    /// <summary>Comes to a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="waiting">The sealed symptoms that are none in the shadow yet.</param>
    public void Follow(CustomerState state, ImmutableHashSet<string> waiting)
    {
        Meet(state.Changes);
        var again = _discovered.Follow(state, Graph).Concat(_learned.Follow(state, Graph))
            .Select(symptom => symptom.Id).ToHashSet();
        if (again.Count == 0 && (state.Symptoms, waiting) == _seen) return;
        _seen = (state.Symptoms, waiting);
        var gone = _known.Keys.Where(id => state.Symptoms.GetValueOrDefault(id) is not { Suppressed: false }).ToList();
        foreach (var id in gone) _known.Remove(id);
        var (live, over, old) = (new List<Symptom>(), new List<string>(), new List<Symptom>());
        foreach (var tracked in state.Symptoms.Values.Where(tracked => !tracked.Suppressed))
        {
            var symptom = tracked.Symptom;
            var isSealed = tracked.Sealed && !waiting.Contains(symptom.Id);
            var isKnown = _known.TryGetValue(symptom.Id, out var known);
            var isSame = isKnown && ReferenceEquals(known.Symptom, symptom);
            if (isSame && known.Sealed == isSealed && (isSealed || !again.Contains(symptom.Id))) continue;
            _known[symptom.Id] = (symptom, isSealed);
            if (!isSealed) live.Add(symptom);
            else if (isSame) over.Add(symptom.Id);
            else old.Add(symptom);
        }

        Graph.Began(state.Began);
        Graph.Update([], gone.Concat(old.Select(symptom => symptom.Id)));
        foreach (var symptom in old) Graph.AddSealed(symptom);
        Graph.Update(live, []);
        Graph.Seal(over);
    }

    private void Meet(ImmutableList<Change> changes)
    {
        if (ReferenceEquals(changes, _met)) return;
        _met = changes;
        Graph.Meet(changes.Where(change => !_changes.Contains(change.Id)).ToList());
        _changes.Clear();
        _changes.UnionWith(changes.Select(change => change.Id));
    }
}
