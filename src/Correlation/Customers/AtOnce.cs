using Correlation.Grouping;

namespace Correlation.Customers;

/// <summary>What is grouped at once where some of what was touched is in a component of many, and waits: what is in another
/// component, unless an incident of that has a part in one of many.</summary>
internal static class AtOnce
{
    /// <summary>Those of what was touched.</summary>
    public static HashSet<string> Of(HashSet<string> touched, Draft draft, CandidateGraph graph, Partitioner partitioner)
    {
        var (found, seen) = (new HashSet<string>(), new HashSet<string>());
        foreach (var seed in touched.Where(seed => !seen.Contains(seed)))
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

        return found;
    }

    private static bool IsOfMany(Node? node) => node is { Component: >= CandidateGraph.Many, Sealed: false };
}
