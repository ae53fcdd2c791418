using Correlation.Grouping;

namespace Correlation.Customers;

/// <summary>What comes into components of many, which are grouped anew seldom.</summary>
/// <remarks>What else was touched is grouped at once, unless an incident has a part in both. What waits goes where it probably
/// belongs (<see cref="ProbableHomes"/>). Grouping anew puts that right where it is wrong; nothing is sealed before.</remarks>
internal sealed class Latecomers
{
    /// <summary>What waits and has been looked at.</summary>
    private readonly HashSet<string> _waiting = [];
    private readonly HashSet<string> _opened = [];

    /// <summary>What of all that was touched can be grouped at once.</summary>
    /// <param name="draft">The decision so far.</param>
    /// <param name="touched">What was touched since it was grouped last.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="partitioner">How it is grouped.</param>
    /// <param name="came">What waits since now.</param>
    public HashSet<string> AtOnce(
        Draft draft, HashSet<string> touched, CandidateGraph graph, Partitioner partitioner, out List<Node> came)
    {
        var (found, seen) = (new HashSet<string>(), new HashSet<string>());
        foreach (var seed in touched.Where(seed => !_waiting.Contains(seed) && !seen.Contains(seed)))
        {
            var component = partitioner.Component(seed, graph.NewVisit(), CandidateGraph.Many);
            if (component.Count >= CandidateGraph.Many || component.Exists(IsOfMany))
            {
                foreach (var node in component) node.Component = Math.Max(node.Component, CandidateGraph.Many);
                continue;
            }

            var members = component.ConvertAll(node => node.Id);
            seen.UnionWith(members);
            if (draft.IncidentsOf(members).Exists(incident => incident.Members.Any(id => IsOfMany(graph.Find(id))))) continue;
            found.UnionWith(members.Where(touched.Contains).Append(seed));
        }

        came = [.. touched.Where(id => !found.Contains(id) && _waiting.Add(id)).Select(graph.Find).OfType<Node>()];
        return found;
    }

    /// <summary>What was touched is grouped.</summary>
    public void Grouped(IEnumerable<string> touched)
    {
        _waiting.ExceptWith(touched);
        if (_waiting.Count == 0) _opened.Clear();
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => Grouped([.. _waiting]);

    /// <summary>Puts what waits since now, and is in no incident, where it probably belongs.</summary>
    /// <param name="draft">The decision so far.</param>
    /// <param name="came">What waits since now.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="topology">Names the version of customers.json that was in force when the newest of them began.</param>
    /// <param name="rest">What went to no incident, as it probably belongs together.</param>
    /// <returns>The event that says so; null where nothing went to an incident.</returns>
    public static Regrouped? Place(
        Draft draft, List<Node> came, CandidateGraph graph, TopologyHistory topology, out List<Cluster> rest)
    {
        rest = [];
        if (came.Count == 0) return null;
        var apart = draft.State.Constraints.Where(pair => !pair.Together).SelectMany(pair => new[] { pair.A, pair.B })
            .ToHashSet();
        came.RemoveAll(node => node.Sealed || apart.Contains(node.Id) || draft.IncidentOf(node.Id) is not null);
        came.Sort(Node.Compare);
        var homes = new ProbableHomes(draft, graph);
        foreach (var node in came) homes.Find(node);
        rest = homes.Fresh;
        return homes.Moved.Count == 0 ? null : new Regrouped(
            draft.Next, draft.State.Now, topology.At(came[^1].Start).Number, [], [.. homes.Moved], [], []);
    }

    /// <summary>Incidents were opened for what waits: they may be none of their own once that is grouped.</summary>
    public void Opened(Regrouped? opened) => _opened.UnionWith((opened?.Opened ?? []).Select(one => one.Id));

    /// <summary>Whether an incident may turn out to be none of its own when what waits is grouped.</summary>
    public bool MayGo(string incident) => _opened.Contains(incident);

    private static bool IsOfMany(Node? node) => node is { Component: >= CandidateGraph.Many, Sealed: false };
}
