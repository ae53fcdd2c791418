using System.Collections.Immutable;
using Correlation.Delivery;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>Everything a customer's decisions are made from: the fold of its <see cref="CustomerEvent"/>s.</summary>
/// <remarks>Its parts are immutable and shared, so that <see cref="Fork"/> costs nothing: a decision folds its own events into a
/// fork to see what they lead to. Not safe for concurrent use.</remarks>
[GenerateSerializer, Alias("customer-state")]
public sealed class CustomerState
{
    /// <summary>How many events it is the fold of.</summary>
    [Id(0)] public long Revision { get; internal set; }

    /// <summary>The symptoms by id: all that are not sealed, the members of the incidents that are kept, and those sealed
    /// recently.</summary>
    [Id(1)] public ImmutableDictionary<string, TrackedSymptom> Symptoms { get; internal set; } =
        ImmutableDictionary<string, TrackedSymptom>.Empty;

    /// <summary>The conditions by key.</summary>
    [Id(2)] public ImmutableDictionary<string, TrackedCondition> Conditions { get; internal set; } =
        ImmutableDictionary<string, TrackedCondition>.Empty;

    /// <summary>The incidents by id.</summary>
    [Id(3)] public ImmutableDictionary<string, Incident> Incidents { get; internal set; } =
        ImmutableDictionary<string, Incident>.Empty;

    /// <summary>The newest changes, in the order they were reported.</summary>
    [Id(4)] public ImmutableList<Change> Changes { get; internal set; } = [];

    /// <summary>What operators said of pairs of symptoms.</summary>
    [Id(5)] public ImmutableList<Constraint> Constraints { get; internal set; } = [];

    /// <summary>Incidents that others are to be told of, with the version to tell.</summary>
    [Id(6)] public ImmutableDictionary<string, long> Untold { get; internal set; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>The newest commands, in the order they were carried out, with the incident that each was about.</summary>
    [Id(7)] public ImmutableList<DoneCommand> Commands { get; internal set; } = [];

    /// <summary>The maintenance windows.</summary>
    [Id(8)] public ImmutableArray<MaintenanceWindow> Maintenance { get; internal set; } = [];

    /// <summary>The number of the newest incident.</summary>
    [Id(9)] public long LastIncident { get; internal set; }

    /// <summary>How far log time has come, as last noted.</summary>
    [Id(10)] public LogClock Clock { get; internal set; }

    /// <summary>What gap in the input is usual; zero before one was seen.</summary>
    [Id(11)] public TimeSpan UsualGap { get; internal set; }

    /// <summary>The health.</summary>
    [Id(12)] public HealthVerdict Verdict { get; internal set; } = HealthVerdict.Unknown;

    /// <summary>How many symptoms were ever reported, and not withdrawn again.</summary>
    [Id(13)] public long Reported { get; internal set; }

    /// <summary>How many symptoms were sealed in no incident.</summary>
    [Id(14)] public long SealedAlone { get; internal set; }

    /// <summary>How many symptoms were in incidents that are forgotten.</summary>
    [Id(15)] public long Forgotten { get; internal set; }

    /// <summary>How many suppressed symptoms are forgotten.</summary>
    [Id(16)] public long ForgottenSuppressed { get; internal set; }

    /// <summary>The resources that ever had a signal; bounded.</summary>
    [Id(17)] public ImmutableHashSet<string> Resources { get; internal set; } = [];

    /// <summary>Up to which event time everything is sealed that can be.</summary>
    [Id(18)] public DateTimeOffset SealedUpTo { get; internal set; }

    /// <summary>How many symptoms were sealed early because there were too many.</summary>
    [Id(19)] public long SealedEarly { get; internal set; }

    /// <summary>The newest log time it knows.</summary>
    [Id(20)] public DateTimeOffset Now { get; internal set; }

    /// <summary>The edges that signals named, by <see cref="DiscoveredEdge.Key"/>; bounded.</summary>
    [Id(21)] public ImmutableDictionary<string, DiscoveredEdge> Discovered { get; internal set; } =
        ImmutableDictionary<string, DiscoveredEdge>.Empty;

    /// <summary>When it was last looked which of them were not seen for long.</summary>
    [Id(22)] public DateTimeOffset DiscoveredSwept { get; internal set; }

    /// <summary>The newest starts of its sealed symptoms: what is learned from; bounded.</summary>
    [Id(23)] public SealedStarts Starts { get; internal set; } = SealedStarts.None;

    /// <summary>The versions of what was learned, oldest first: as many as unsealed symptoms need; bounded.</summary>
    [Id(24)] public ImmutableArray<LearnedModel> Models { get; internal set; } = [];

    /// <summary>How many starts there had been when the newest of them was learned.</summary>
    [Id(25)] public long LearnedFrom { get; internal set; }

    /// <summary>The failures that are remembered, the newest first; bounded.</summary>
    [Id(30)] public ImmutableArray<RememberedFailure> Failures { get; internal set; } = [];

    /// <summary>How many symptoms that are forgotten began in each span of five minutes (<see cref="ForgottenStarts"/>), by the
    /// span's number since the year 1.</summary>
    [Id(31)] public ImmutableSortedDictionary<long, int> Began { get; internal set; } =
        ImmutableSortedDictionary<long, int>.Empty;

    /// <summary>What a grouping in shadow would have decided; null where there never was one. Nothing is decided by it.</summary>
    [Id(40)] public ShadowRecord? Shadow { get; internal set; }

    /// <summary>The symptom ledger; each symptom is counted where it is, and the sum is counted apart.</summary>
    public SymptomLedger Ledger()
    {
        var (open, closed, suppressed, loose) = (0L, 0L, 0L, 0L);
        foreach (var tracked in Symptoms.Values)
        {
            if (tracked.Suppressed) suppressed++;
            else if (tracked.Incident is { } incident) _ = Incidents[incident].IsOpen ? open++ : closed++;
            else if (!tracked.Sealed) loose++;
        }

        return new SymptomLedger
        {
            Symptoms = Reported,
            InOpen = open,
            InClosed = closed + Forgotten,
            Suppressed = suppressed + ForgottenSuppressed,
            SealedAlone = SealedAlone,
            Loose = loose,
        };
    }

    /// <summary>A copy that can be folded on without changing this one.</summary>
    public CustomerState Fork() => (CustomerState)MemberwiseClone();

    /// <summary>The symptoms of an incident, by start and id.</summary>
    public IReadOnlyList<Symptom> MembersOf(Incident incident) => SymptomsOf(incident.Members);

    /// <summary>Symptoms by their ids, by start and id.</summary>
    public IReadOnlyList<Symptom> SymptomsOf(IReadOnlyCollection<string> ids)
    {
        var symptoms = new List<Symptom>(ids.Count);
        foreach (var id in ids) symptoms.Add(Symptoms[id].Symptom);
        symptoms.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : string.CompareOrdinal(a.Id, b.Id));
        return symptoms;
    }

    /// <summary>The resources that must be woken because a time-out may end one of their symptoms, in order.</summary>
    public IReadOnlyList<ResourceId> DueWakes(LogClock clock) =>
    [
        .. Conditions.Values.Where(condition => condition.Deadline <= clock.Checkpointed)
            .Select(condition => condition.Resource).Distinct().Order(),
    ];

    /// <summary>The incident that answers for an id: the survivor after merges; null where there is none.</summary>
    public Incident? Answering(string id)
    {
        var incident = Incidents.GetValueOrDefault(id);
        for (var i = 0; i < Incidents.Count && incident?.MergedInto is { } into; i++)
            incident = Incidents.GetValueOrDefault(into);
        return incident;
    }
}

/// <summary>A command that was carried out.</summary>
[GenerateSerializer, Immutable, Alias("done-command")]
public sealed record DoneCommand([property: Id(0)] string CommandId, [property: Id(1)] string Incident);
