using System.Collections.Immutable;
using Correlation.Dependencies;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Decides when a customer's history is learned from anew, and keeps the versions.</summary>
internal static class ModelLearning
{
    /// <summary>Of so many parts of what a version needs the first is learned, and again when they have doubled: they say little
    /// of most, but much of how long a lone alert lasts.</summary>
    private const int Parts = 4;

    /// <summary>Whether enough time passed and enough was sealed since the last version.</summary>
    public static bool IsDue(CustomerState state, DateTimeOffset now, CustomerOptions options)
    {
        var (enough, from) = (options.LearnStarts, state.LearnedFrom);
        if (from < enough) return state.Starts.Total >= Math.Min(Math.Max((enough + Parts - 1) / Parts, 2 * from), enough);
        return state.Starts.Total - from >= enough && now - state.Models[^1].InForce >= options.LearnEvery;
    }

    /// <summary>The next version where one is due; null otherwise. Without any, what other customers teach is enough. It decides
    /// on what begins from now on.</summary>
    public static LearnedModel? Learn(
        CustomerState state, DateTimeOffset now, CustomerOptions options, TopologyHistory topology,
        ImmutableArray<PriorPair> prior, IReadOnlySet<string> acted)
    {
        var first = state.Models.IsEmpty;
        if (!IsDue(state, now, options) && !(first && !prior.IsEmpty)) return null;
        var holds = HoldLearner.Learn(state.Starts, now, options.HoldMax, KindsOf(state, acted));
        return StartLearner.Learn(
            state.Starts, topology.At(now).Topology, first ? 1 : state.Models[^1].Number + 1, now, prior, holds);
    }

    /// <summary>The edges that are learned with a version: between what nothing is known of, from now on. What was learned before
    /// and still is so is seen again.</summary>
    public static ImmutableArray<DiscoveredEdge> Edges(CustomerState state, LearnedModel? learned, TopologyHistory topology)
    {
        if (learned is null || topology.At(learned.InForce) is not { Learned: > 0, Topology: var known }) return [];
        var news = EdgeLearner.Learn(state.Starts, learned.InForce, IsKnown).Take(EdgeLearner.Most).Select(pair =>
        {
            var edge = Edge(pair.A, pair.B, learned.InForce) with { First = pair.First, Last = pair.Last };
            return state.Discovered.GetValueOrDefault(edge.Key) is { } before
                ? edge with { Known = before.Known, First = before.First } : edge;
        });
        return [.. news.Where(edge => state.Discovered.GetValueOrDefault(edge.Key) != edge)];

        bool IsKnown(string a, string b) => !state.Discovered.ContainsKey(Edge(a, b, default).Key)
            && (DiscoveredTopology.IsWithin(a, b) || DiscoveredTopology.IsWithin(b, a) || known.Hops(a, b) > 0
                || known.Chain(a, b) > 0);
    }

    private static DiscoveredEdge Edge(string a, string b, DateTimeOffset since) =>
        new(a, b, EdgeKind.FailsWith, EdgeSource.Learned, since, since, since);

    /// <summary>Takes a version in, and forgets those by which nothing is judged that is not sealed.</summary>
    public static void Take(CustomerState state, LearnedModel? learned)
    {
        if (learned is null) return;
        state.LearnedFrom = state.Starts.Total;
        var oldest = state.Symptoms.Values.Where(tracked => !tracked.Sealed)
            .Select(tracked => tracked.Symptom.Start).Append(state.SealedUpTo).Min();
        var all = state.Models.Add(learned);
        var first = Math.Max(0, all.Length - CustomerLimits.Models);
        while (first < all.Length - 1 && all[first + 1].InForce <= oldest) first++;
        state.Models = first == 0 ? all : all[first..];
    }

    /// <summary>Remembers when symptoms began that are being sealed; what is under maintenance is no history.</summary>
    public static void Remember(CustomerState state, IEnumerable<string> ids)
    {
        var starts = ids.Select(id => state.Symptoms.GetValueOrDefault(id))
            .Where(tracked => tracked is { Sealed: false, Suppressed: false })
            .Select(tracked => (tracked!.Symptom, Incident: IncidentOf(state, tracked)))
            .OrderBy(one => one.Symptom.Start).ThenBy(one => one.Symptom.Id, StringComparer.Ordinal)
            .Select(one => new NamedStart(
                ConditionType.Of(one.Symptom), one.Symptom.Resource.Canonical, one.Symptom.Start,
                one.Incident is { Members.Count: > 1 }, OpenTime.Of(one.Symptom) ?? TimeSpan.Zero,
                EndOf(one.Symptom, one.Incident)));
        state.Starts = state.Starts.With([.. starts]);
    }

    /// <summary>The kinds of the symptoms of incidents on which rules acted.</summary>
    private static HashSet<string> KindsOf(CustomerState state, IReadOnlySet<string> acted) =>
        [.. acted.Select(state.Incidents.GetValueOrDefault).OfType<Incident>()
            .SelectMany(state.MembersOf).Select(ConditionType.Of)];

    private static StartEnd EndOf(Symptom symptom, Incident? incident) => symptom.EndReason switch
    {
        _ when incident is { Touched: true } => StartEnd.InHand,
        EndReason.Resolved or EndReason.Counterpart or EndReason.HealthReturned => StartEnd.ByItself,
        _ => StartEnd.Unsaid,
    };

    private static Incident? IncidentOf(CustomerState state, TrackedSymptom tracked) =>
        tracked.Incident is { } incident ? state.Incidents.GetValueOrDefault(incident) : null;
}
