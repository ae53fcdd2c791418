using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Contracts;

/// <summary>An incident in a list.</summary>
[GenerateSerializer, Immutable, Alias("incident-summary")]
public sealed record IncidentSummary
{
    /// <summary>Its id; starts with the customer's key and a dot.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The customer's key.</summary>
    [Id(1)] public required string Customer { get; init; }

    /// <summary>Rises with every change; a command names the version it saw.</summary>
    [Id(2)] public long Version { get; init; }

    /// <summary>Where it is in its life.</summary>
    [Id(3)] public IncidentStatus Status { get; init; }

    /// <summary>The worst severity of its symptoms.</summary>
    [Id(4)] public Severity Severity { get; init; }

    /// <summary>One line for people; hostile text.</summary>
    [Id(5)] public string Title { get; init; } = "";

    /// <summary>When its first symptom began, event time.</summary>
    [Id(6)] public DateTimeOffset Started { get; init; }

    /// <summary>When it was opened here, log time.</summary>
    [Id(7)] public DateTimeOffset Opened { get; init; }

    /// <summary>When its last symptom ended or an operator resolved it; null while open.</summary>
    [Id(8)] public DateTimeOffset? Resolved { get; init; }

    /// <summary>How many symptoms it holds.</summary>
    [Id(9)] public int SymptomCount { get; init; }

    /// <summary>How many signals its symptoms were computed from.</summary>
    [Id(10)] public int SignalCount { get; init; }

    /// <summary>How many resources it touches.</summary>
    [Id(11)] public int ResourceCount { get; init; }

    /// <summary>The likeliest cause; null where none stands out.</summary>
    [Id(12)] public ResourceId? Cause { get; init; }

    /// <summary>Who has it; null for nobody.</summary>
    [Id(13)] public string? Assignee { get; init; }

    /// <summary>Until when it is quiet; null when it is not snoozed.</summary>
    [Id(14)] public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Whether its symptoms and its cause change no more.</summary>
    [Id(15)] public bool Sealed { get; init; }

    /// <summary>Whether shed or evicted members may be missing.</summary>
    [Id(16)] public bool Degraded { get; init; }

    /// <summary>The incident it was merged into; null unless merged.</summary>
    [Id(17)] public string? MergedInto { get; init; }

    /// <summary>The problem it is an occurrence of; null where it is none.</summary>
    [Id(18)] public string? Problem { get; init; }
}

/// <summary>One incident with what explains it.</summary>
[GenerateSerializer, Immutable, Alias("incident-view")]
public sealed record IncidentView
{
    /// <summary>What a list shows of it.</summary>
    [Id(0)] public required IncidentSummary Summary { get; init; }

    /// <summary>Likely causes, best first; at most 5.</summary>
    [Id(1)] public ImmutableArray<RankedCause> Causes { get; init; } = [];

    /// <summary>Changes near its start, likeliest first; at most 5.</summary>
    [Id(2)] public ImmutableArray<RankedChange> Changes { get; init; } = [];

    /// <summary>Why its symptoms belong together: the links that joined them; at most 200.</summary>
    [Id(3)] public ImmutableArray<Link> Reasons { get; init; } = [];

    /// <summary>Why it was opened at all, one line.</summary>
    [Id(4)] public string Why { get; init; } = "";

    /// <summary>The newest version of customers.json that its symptoms were grouped by: the one in force when the newest of them
    /// began. 0 where there was none.</summary>
    [Id(5)] public int Configuration { get; init; }
}

/// <summary>One symptom of an incident.</summary>
/// <param name="Symptom">The symptom, with its signals.</param>
/// <param name="Reasons">The links that tie it to other members, strongest first; at most 5.</param>
[GenerateSerializer, Immutable, Alias("incident-member")]
public sealed record IncidentMember([property: Id(0)] Symptom Symptom, [property: Id(1)] ImmutableArray<Link> Reasons);

/// <summary>Which incidents a list asks for.</summary>
/// <param name="Status"><c>open</c> (also acknowledged), <c>resolved</c> or <c>all</c>.</param>
/// <param name="Since">Only those that had not ended before this time; null for no bound.</param>
/// <param name="Until">Only those that began before this time; null for no bound.</param>
/// <param name="Cursor">From a page before; null for the first.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
[GenerateSerializer, Immutable, Alias("incident-query")]
public sealed record IncidentQuery(
    [property: Id(0)] string Status,
    [property: Id(1)] DateTimeOffset? Since,
    [property: Id(2)] DateTimeOffset? Until,
    [property: Id(3)] string? Cursor,
    [property: Id(4)] int Limit);

/// <summary>Which symptoms a list asks for.</summary>
/// <param name="Place"><c>open</c> (still lasting), <c>loose</c> (in no incident, not sealed),
/// <c>waiting</c> (loose alerts that are incidents once they have lasted longer), <c>suppressed</c> or <c>all</c>.</param>
/// <param name="Cursor">From a page before; null for the first.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
[GenerateSerializer, Immutable, Alias("symptom-query")]
public sealed record SymptomQuery(
    [property: Id(0)] string Place,
    [property: Id(1)] string? Cursor,
    [property: Id(2)] int Limit);
