using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;

namespace Correlation.Customers;

/// <summary>Decides what is sealed and what is forgotten.</summary>
internal sealed class Sealing(
    Draft draft, CandidateGraph graph, Partitioner partitioner, CustomerOptions options, KnownFailures failures,
    TopologyHistory topology)
{
    private const double EarlyRoom = 0.9;

    /// <summary>For so long, in log time, failures wait for one before them; its resource may never answer.</summary>
    private static readonly TimeSpan OrderMost = TimeSpan.FromDays(3);

    /// <summary>The symptoms of every component that lies wholly before the watermark, incidents that are still open apart, and
    /// what may yet be linked with a symptom whose time-out has come, as its resource may answer that it went on, or whose
    /// time-out will say that it ceased when this did. Nor what began after another was over that cannot be sealed yet, or may
    /// have been: a failure is judged by those before it.</summary>
    public List<string> Due(DateTimeOffset watermark, DateTimeOffset checkpointed)
    {
        var unanswered = Unanswered(checkpointed);
        var held = unanswered.SelectMany(condition => condition.Symptoms).Where(IsOpen).SelectMany(graph.WithinReachOf)
            .ToHashSet();
        var before = LogClock.Before(watermark, graph.Settings.Window);
        var suppressed = draft.State.Symptoms.Values
            .Where(tracked => tracked is { Suppressed: true, Sealed: false } && tracked.Symptom.End < watermark)
            .Select(tracked => tracked.Symptom.Id);
        var ended = Ended().Where(part => part.End < before)
            .ToLookup(part => part.Ids.TrueForAll(id => MaySeal(id) && !held.Contains(id) && !graph.AwaitsSilence(id)));
        var patient = LogClock.Before(watermark, OrderMost);
        var first = ended[false].Select(part => part.End).Concat(unanswered.Select(condition => condition.Deadline!.Value))
            .Where(over => over >= patient).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        return
        [
            .. ended[true].Where(part => part.Start - first < failures.Past.Settings.Settling).SelectMany(part => part.Ids),
            .. suppressed,
        ];
    }

    /// <summary>The oldest ended components, where more symptoms are live than allowed; none otherwise.</summary>
    public List<string> Early()
    {
        var excess = graph.Live.Count() - options.LiveSymptoms;
        if (excess <= 0) return [];
        excess += (int)(options.LiveSymptoms * (1 - EarlyRoom));
        var due = new List<string>();
        foreach (var (ids, _, _) in Ended().Where(part => part.Ids.All(MaySeal)).OrderBy(part => part.End))
        {
            if (due.Count >= excess) break;
            due.AddRange(ids);
        }

        return due;
    }

    /// <summary>The event that seals symptoms and forgets what is beyond the limits; null where it would do nothing.</summary>
    public CustomerSealed? Seal(
        IReadOnlyCollection<string> due, DateTimeOffset watermark, Judgement summary, bool early)
    {
        var homes = draft.IncidentsOf(due)
            .Concat(draft.State.Incidents.Values.Where(incident =>
                incident is { Sealed: false, IsOpen: false, Members.IsEmpty: true } && incident.EvidenceAt < watermark));
        var (incidents, over) = Judged(homes, summary, early);
        var alone = due.Where(id => draft.IncidentOf(id) is null).Order(StringComparer.Ordinal).ToImmutableArray();
        var old = Old();
        var symptoms = OldSymptoms(watermark);
        var conditions = OldConditions(watermark);
        return incidents.Length + alone.Length + old.Length + symptoms.Length + conditions.Length == 0
            ? null
            : new CustomerSealed(draft.Next, draft.State.Now, watermark, incidents, alone, old, symptoms, conditions, early)
            {
                Failures = over,
            };
    }

    /// <summary>Judges incidents in the order they were over, so that each is judged by the failures before it, and what they
    /// teach. What may be missing symptoms teaches nothing.</summary>
    private (ImmutableArray<SealedIncident> Incidents, ImmutableArray<RememberedFailure> Failures) Judged(
        IEnumerable<Incident> homes, Judgement summary, bool early)
    {
        var incidents = new List<SealedIncident>();
        var over = new List<RememberedFailure>();
        foreach (var (incident, end) in homes.Select(incident => (incident, EndAround(incident))).OrderBy(pair => pair.Item2)
            .ThenBy(pair => pair.incident.Id, StringComparer.Ordinal))
        {
            var (judged, own) = summary(incident);
            incidents.Add(judged);
            if (early || incident.Degraded || end is null) continue;
            over.Add(failures.Take(incident, draft.State.MembersOf(incident), topology, end.Value, own));
        }

        return ([.. incidents.OrderBy(one => one.Id, StringComparer.Ordinal)], [.. over]);
    }

    /// <summary>When the last ended of an incident's symptoms and of those they are connected with: no later than that it can be
    /// sealed, however time is cut into steps. Null where it holds none.</summary>
    private DateTimeOffset? EndAround(Incident incident)
    {
        var visit = graph.NewVisit();
        return incident.Members.SelectMany(id => partitioner.Component(id, visit).Select(node => node.Id).Append(id))
            .Max(id => draft.State.Symptoms[id].Symptom.End);
    }

    private IEnumerable<(List<string> Ids, DateTimeOffset Start, DateTimeOffset End)> Ended()
    {
        var visit = graph.NewVisit();
        foreach (var seed in graph.Live.Order(StringComparer.Ordinal).ToList())
        {
            var ids = partitioner.Component(seed, visit).ConvertAll(node => node.Id);
            if (ids.Count == 0 || ids.Exists(IsOpen)) continue;
            var start = ids.Min(id => draft.State.Symptoms[id].Symptom.Start);
            yield return (ids, start, ids.Max(id => draft.State.Symptoms[id].Symptom.End!.Value));
        }
    }

    /// <summary>The conditions with open symptoms whose resource is due to be woken, or was and has not reported yet.</summary>
    private List<TrackedCondition> Unanswered(DateTimeOffset checkpointed) =>
    [
        .. draft.State.Conditions.Values
            .Where(condition => condition.Deadline <= checkpointed && condition.Symptoms.Any(IsOpen)),
    ];

    private bool IsOpen(string id) => draft.State.Symptoms.GetValueOrDefault(id) is { Symptom.IsOpen: true };

    private bool MaySeal(string id) => draft.IncidentOf(id) is not { IsOpen: true, Held: false };

    private ImmutableArray<string> Old()
    {
        var symptoms = 0;
        return
        [
            .. draft.State.Incidents.Values.Where(incident => incident is { Sealed: true, IsOpen: false })
                .OrderByDescending(incident => incident.Opened).ThenByDescending(incident => incident.Id, StringComparer.Ordinal)
                .Where((incident, i) =>
                    (symptoms += incident.Members.Count) > options.SealedSymptoms || i >= options.SealedIncidents)
                .Select(incident => incident.Id).Where(id => !draft.State.Untold.ContainsKey(id)),
        ];
    }

    private ImmutableArray<string> OldSymptoms(DateTimeOffset watermark)
    {
        var before = LogClock.Before(watermark, 2 * graph.Settings.SlowWindow);
        return
        [
            .. draft.State.Symptoms.Values
                .Where(tracked => tracked is { Sealed: true, Incident: null } && tracked.Symptom.End < before)
                .Select(tracked => tracked.Symptom.Id).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Conditions that are over. Who has forgotten the sequence of a report takes it for a new one when a silo that
    /// stood still sends it once more.</summary>
    private ImmutableArray<string> OldConditions(DateTimeOffset watermark)
    {
        var before = LogClock.Before(watermark, 2 * graph.Settings.SlowWindow);
        var over = draft.State.Conditions
            .Where(pair => pair.Value.Symptoms.IsEmpty && pair.Value.At < before && pair.Value.Deadline is null)
            .OrderByDescending(pair => pair.Value.At).ThenBy(pair => pair.Key, StringComparer.Ordinal);
        var oldest = LogClock.Before(watermark, options.ReportMemory);
        return
        [
            .. over.Where((pair, place) => place >= options.ReportsRemembered || pair.Value.At < oldest)
                .Select(pair => pair.Key).Order(StringComparer.Ordinal),
        ];
    }
}

/// <summary>What an incident is sealed with, and the causes that it teaches.</summary>
internal delegate (SealedIncident Sealed, ImmutableArray<RankedCause> Own) Judgement(Incident incident);
