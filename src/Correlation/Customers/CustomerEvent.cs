using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>One thing that became true of a customer. Its journal is the sequence of these; its state their fold.</summary>
/// <param name="Number">Its place in the journal, from 1; its id is <c>e</c> and this.</param>
/// <param name="Now">The log time at which it was decided.</param>
[GenerateSerializer, Immutable, Alias("customer-event")]
public abstract record CustomerEvent([property: Id(0)] long Number, [property: Id(1)] DateTimeOffset Now)
{
    /// <summary>Its id in the journal.</summary>
    public string EventId => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"e{Number}");
}

/// <summary>Reports of resources were taken.</summary>
[GenerateSerializer, Immutable, Alias("reports-taken")]
public sealed record ReportsTaken(
    long Number,
    DateTimeOffset Now,
    [property: Id(0)] ImmutableArray<ConditionTaken> Conditions,
    [property: Id(1)] ImmutableArray<Change> Changes) : CustomerEvent(Number, Now)
{
    /// <summary>Edges of which something new was learnt; no event of its own: an older program reads the journal.</summary>
    [Id(2)] public ImmutableArray<DiscoveredEdge> Learnt { get; init; } = [];
}

/// <summary>What one report changed.</summary>
/// <param name="Key">The condition, by <see cref="TrackedCondition.KeyOf"/>.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Sequence">The report's sequence.</param>
/// <param name="Deadline">When the resource must be woken.</param>
/// <param name="Put">Symptoms that are new or changed.</param>
/// <param name="Withdrawn">Symptoms that never were, or go on under another id.</param>
[GenerateSerializer, Immutable, Alias("condition-taken")]
public sealed record ConditionTaken(
    [property: Id(0)] string Key,
    [property: Id(1)] ResourceId Resource,
    [property: Id(2)] long Sequence,
    [property: Id(3)] DateTimeOffset? Deadline,
    [property: Id(4)] ImmutableArray<Symptom> Put,
    [property: Id(5)] ImmutableArray<WithdrawnSymptom> Withdrawn);

/// <summary>A symptom that is no more.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Successor">The symptom that it goes on as, which inherits its incident and operators' words;
/// null for none.</param>
[GenerateSerializer, Immutable, Alias("withdrawn-symptom")]
public sealed record WithdrawnSymptom([property: Id(0)] string Id, [property: Id(1)] string? Successor);

/// <summary>Symptoms came under a maintenance window, or out from under it.</summary>
[GenerateSerializer, Immutable, Alias("suppression-moved")]
public sealed record SuppressionMoved(
    long Number,
    DateTimeOffset Now,
    [property: Id(0)] ImmutableArray<string> Suppressed,
    [property: Id(1)] ImmutableArray<string> Raised) : CustomerEvent(Number, Now);

/// <summary>Symptoms were grouped anew.</summary>
/// <param name="Number">Its place in the journal.</param>
/// <param name="Now">The log time.</param>
/// <param name="Configuration">The newest version of customers.json that they were grouped by; 0 where there was none.</param>
/// <param name="Opened">New incidents.</param>
/// <param name="Moved">Symptoms that went to an incident, or to none.</param>
/// <param name="Merged">Incidents that another answers for from now on.</param>
/// <param name="Dissolved">Incidents that turned out to be none: nothing of them is left that would open one.</param>
[GenerateSerializer, Immutable, Alias("regrouped")]
public sealed record Regrouped(
    long Number,
    DateTimeOffset Now,
    [property: Id(0)] int Configuration,
    [property: Id(1)] ImmutableArray<IncidentOpening> Opened,
    [property: Id(2)] ImmutableArray<SymptomMove> Moved,
    [property: Id(3)] ImmutableArray<IncidentMerge> Merged,
    [property: Id(4)] ImmutableArray<string> Dissolved) : CustomerEvent(Number, Now);

/// <summary>A new incident.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Why">Why it was opened.</param>
/// <param name="SplitFrom">The incident that it was split from; null for none.</param>
/// <param name="Actor">The operator who split it; null for the system.</param>
/// <param name="At">The log time at which enough was known to open it; null for the time of the decision.</param>
[GenerateSerializer, Immutable, Alias("incident-opening")]
public sealed record IncidentOpening(
    [property: Id(0)] string Id, [property: Id(1)] string Why, [property: Id(2)] string? SplitFrom,
    [property: Id(3)] string? Actor, [property: Id(4)] DateTimeOffset? At = null);

/// <summary>A symptom went to an incident, or to none (null).</summary>
[GenerateSerializer, Immutable, Alias("symptom-move")]
public sealed record SymptomMove([property: Id(0)] string Symptom, [property: Id(1)] string? Incident);

/// <summary>An incident was merged into another, which answers for it.</summary>
[GenerateSerializer, Immutable, Alias("incident-merge")]
public sealed record IncidentMerge([property: Id(0)] string From, [property: Id(1)] string Into, [property: Id(2)] string Why);

/// <summary>Incidents were resolved or came back by themselves.</summary>
[GenerateSerializer, Immutable, Alias("status-moved")]
public sealed record StatusMoved(
    long Number, DateTimeOffset Now, [property: Id(0)] ImmutableArray<IncidentStep> Steps) : CustomerEvent(Number, Now);

/// <summary>One incident's step.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Resolved">When it was over, event time; null: it is open again.</param>
/// <param name="Why">Why, one line.</param>
/// <param name="At">The log time at which enough was known for it; null for the time of the decision.</param>
[GenerateSerializer, Immutable, Alias("incident-step")]
public sealed record IncidentStep(
    [property: Id(0)] string Incident, [property: Id(1)] DateTimeOffset? Resolved, [property: Id(2)] string Why,
    [property: Id(3)] DateTimeOffset? At = null);

/// <summary>An operator's command was carried out.</summary>
[GenerateSerializer, Immutable, Alias("commanded")]
public sealed record Commanded(
    long Number,
    DateTimeOffset Now,
    [property: Id(0)] IncidentCommand Command,
    [property: Id(1)] ImmutableArray<Constraint> Added,
    [property: Id(2)] ImmutableArray<Constraint> Removed) : CustomerEvent(Number, Now);

/// <summary>What lies wholly before the watermark was sealed, and what is beyond the limits forgotten.</summary>
[GenerateSerializer, Immutable, Alias("customer-sealed")]
public sealed record CustomerSealed(
    long Number,
    DateTimeOffset Now,
    [property: Id(0)] DateTimeOffset Watermark,
    [property: Id(1)] ImmutableArray<SealedIncident> Incidents,
    [property: Id(2)] ImmutableArray<string> Alone,
    [property: Id(3)] ImmutableArray<string> ForgottenIncidents,
    [property: Id(4)] ImmutableArray<string> ForgottenSymptoms,
    [property: Id(5)] ImmutableArray<string> ForgottenConditions,
    [property: Id(6)] bool Early) : CustomerEvent(Number, Now)
{
    /// <summary>The incidents among them that are remembered as failures, in the order they ended; an older program passes it
    /// over.</summary>
    [Id(30)] public ImmutableArray<RememberedFailure> Failures { get; init; } = [];

    /// <summary>What is final of a grouping in shadow; null where there is none. An older program passes it over.</summary>
    [Id(40)] public ShadowJudged? Shadow { get; init; }
}

/// <summary>What is computed from an incident's symptoms for the last time.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Causes">Its likely causes.</param>
/// <param name="Changes">The changes near its start.</param>
/// <param name="Reasons">The links that joined its symptoms.</param>
/// <param name="Configuration">The version of customers.json in force when its newest symptom began: the newest that it was
/// grouped by. 0 where there was none, and in what was stored before versions were kept.</param>
[GenerateSerializer, Immutable, Alias("sealed-incident")]
public sealed record SealedIncident(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<RankedCause> Causes,
    [property: Id(2)] ImmutableArray<RankedChange> Changes,
    [property: Id(3)] ImmutableArray<Link> Reasons,
    [property: Id(4)] int Configuration);

/// <summary>Time passed.</summary>
/// <param name="Number">Its place in the journal.</param>
/// <param name="Now">The log time.</param>
/// <param name="Clock">How far it came.</param>
/// <param name="UsualGap">What gap in the input is usual now.</param>
[GenerateSerializer, Immutable, Alias("time-noted")]
public sealed record TimeNoted(
    long Number, DateTimeOffset Now, [property: Id(0)] LogClock Clock, [property: Id(1)] TimeSpan UsualGap)
    : CustomerEvent(Number, Now)
{
    /// <summary>What was learned anew; null for nothing. No event of its own: an older program reads the journal.</summary>
    [Id(2)] public LearnedModel? Learned { get; init; }

    /// <summary>The edges that were learned with it.</summary>
    [Id(3)] public ImmutableArray<DiscoveredEdge> Edges { get; init; } = [];
}

/// <summary>The customer's health changed.</summary>
[GenerateSerializer, Immutable, Alias("health-noted")]
public sealed record HealthNoted(long Number, DateTimeOffset Now, [property: Id(0)] HealthVerdict Verdict)
    : CustomerEvent(Number, Now);

/// <summary>Resources had signals for the first time.</summary>
/// <param name="Number">Its place in the journal.</param>
/// <param name="Now">The log time.</param>
/// <param name="Resources">Their canonical ids.</param>
[GenerateSerializer, Immutable, Alias("resources-met")]
public sealed record ResourcesMet(
    long Number, DateTimeOffset Now, [property: Id(0)] ImmutableArray<string> Resources) : CustomerEvent(Number, Now);

/// <summary>Notices were taken by all who get them.</summary>
[GenerateSerializer, Immutable, Alias("notices-taken")]
public sealed record NoticesTaken(
    long Number, DateTimeOffset Now, [property: Id(0)] ImmutableArray<NoticeTaken> Notices) : CustomerEvent(Number, Now);

/// <summary>One notice was taken.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Version">The version that was told of; a later one is still to be told.</param>
/// <param name="Problem">The problem that it is an occurrence of, as the problems say; null for none.</param>
[GenerateSerializer, Immutable, Alias("notice-taken")]
public sealed record NoticeTaken(
    [property: Id(0)] string Incident, [property: Id(1)] long Version, [property: Id(2)] string? Problem);

/// <summary>The maintenance windows were replaced.</summary>
[GenerateSerializer, Immutable, Alias("maintenance-set")]
public sealed record MaintenanceSet(
    long Number,
    DateTimeOffset Now,
    [property: Id(0)] ImmutableArray<MaintenanceWindow> Windows,
    [property: Id(1)] string Actor) : CustomerEvent(Number, Now);
