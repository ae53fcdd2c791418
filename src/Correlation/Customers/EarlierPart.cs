using System.Globalization;
using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>What began before an incident and is linked with it, but was kept apart because all in all the two have too little to
/// do with each other. So it is where a failure goes on from one part of an estate to the next: the cause may be there.</summary>
/// <param name="Symptoms">Its symptoms, by start and id.</param>
/// <param name="Says">What says that it goes on in the incident, one line.</param>
internal sealed record EarlierPart(IReadOnlyList<Symptom> Symptoms, string Says)
{
    /// <summary>The one with the strongest link; null for none, and where there is too much to look at.</summary>
    /// <param name="state">The state.</param>
    /// <param name="members">The incident's symptoms, by start and id.</param>
    /// <param name="graph">The graph.</param>
    public static EarlierPart? Of(CustomerState state, IReadOnlyList<Symptom> members, CandidateGraph graph)
    {
        var partitioner = new Partitioner(graph, state.Constraints);
        if (members.Count == 0 || partitioner.Component(members[0].Id, graph.NewVisit(), CandidateGraph.Many).Count
            is 0 or >= CandidateGraph.Many) return null;
        var ids = members.Select(member => member.Id).ToHashSet();
        var refused = partitioner.RefusalsAround(ids, (a, b) => ids.Contains(a) != ids.Contains(b))
            .FindAll(refusal => refusal is { Forbidden: null, Apart: not null });
        if (refused.Count == 0) return null;
        var parts = partitioner.Around(ids).SelectMany(cluster => cluster.Members.Select(id => (id, cluster)))
            .ToDictionary(pair => pair.id, pair => pair.cluster);
        foreach (var refusal in refused)
        {
            var (to, from) = ids.Contains(refusal.From) ? (refusal.From, refusal.To) : (refusal.To, refusal.From);
            var part = state.SymptomsOf(parts[from].Members);
            if (part[0].Start < members[0].Start) return new EarlierPart(part, Text(state, part, members, from, to));
        }

        return null;
    }

    private static string Text(
        CustomerState state, IReadOnlyList<Symptom> part, IReadOnlyList<Symptom> members, string from, string to) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"likely cause of what began {(members[0].Start - part[0].Start).TotalMinutes:0} min before and goes on from ")
        + $"{state.Symptoms[from].Symptom.Resource.Name} to {state.Symptoms[to].Symptom.Resource.Name}";
}
