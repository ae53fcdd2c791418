using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>What is found out of incidents: their likely causes, and with why they are one what they are sealed with.</summary>
/// <param name="setup">How the customer is set up.</param>
/// <param name="discovered">What depends on what, as discovered so far.</param>
/// <param name="learned">What was learned so far.</param>
/// <param name="failures">The failures before.</param>
internal sealed class Findings(
    CustomerSetup setup, DiscoveredFollower discovered, LearnedFollower learned, KnownFailures failures)
{
    private readonly KnownCauses _known = new();

    /// <summary>What an incident is sealed with; its causes are its own, which are what it teaches, and what
    /// <see cref="EarlierPart"/> suggests.</summary>
    public (SealedIncident Sealed, ImmutableArray<RankedCause> Own) Summary(
        CustomerState state, Incident incident, CandidateGraph graph)
    {
        var members = state.MembersOf(incident);
        var joins = new Partitioner(graph, state.Constraints).Around(incident.Members)
            .Where(cluster => cluster.Members.Any(incident.Members.Contains)).SelectMany(cluster => cluster.Joins)
            .Take(CustomerLimits.Reasons).Select(join => graph.Scorer.Explain(graph.Find(join.From)!, graph.Find(join.To)!));
        var configuration = members.Count == 0 ? 0 : discovered.Topology.At(members[^1].Start).Number;
        var own = Likely(state, members, failures.Past, graph);
        var causes = WithEarlier(state, members, own, graph).Resources;
        return (new SealedIncident(incident.Id, causes, own.Changes, [.. joins], configuration), own.Resources);
    }

    /// <summary>The likely causes of an incident by itself, best first; what an operator said goes before.</summary>
    public ImmutableArray<RankedCause> Causes(CustomerState state, Incident incident, CandidateGraph graph) =>
        OperatorCauses.First(incident, _known.Of(state, incident, () => Likely(state, incident, graph)));

    /// <summary>As <see cref="Causes"/>, or as they were a moment ago where little has changed since.</summary>
    public ImmutableArray<RankedCause> Recent(CustomerState state, Incident incident, CandidateGraph graph) =>
        OperatorCauses.First(incident, _known.Recent(state, incident, () => Likely(state, incident, graph)));

    private LikelyCauses Likely(CustomerState state, Incident incident, CandidateGraph graph) =>
        Likely(state, state.MembersOf(incident), failures.Of(state), graph);

    private LikelyCauses WithEarlier(
        CustomerState state, IReadOnlyList<Symptom> members, LikelyCauses own, CandidateGraph graph)
    {
        if (EarlierPart.Of(state, members, graph) is not { } earlier) return own;
        var before = Likely(state, earlier.Symptoms, failures.Past, graph).Resources;
        return before.IsEmpty ? own : own.With(before[0].Resource, earlier.Says);
    }

    private LikelyCauses Likely(
        CustomerState state, IReadOnlyCollection<Symptom> members, FailureHistory past, CandidateGraph graph) =>
        LikelyCauses.Of(members, state.Changes, discovered.Topology, new(past, learned.Versions), setup, graph.NamesIn);
}
