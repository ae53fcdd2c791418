using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>One incident as the customer's state holds it. Its symptoms are in the state beside it;
/// what can be computed from them is not stored before it is sealed.</summary>
[GenerateSerializer, Immutable, Alias("incident")]
public sealed record Incident
{
    /// <summary>Its id.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Rises with every change that an operator could have decided on otherwise.</summary>
    [Id(1)] public long Version { get; init; }

    /// <summary>Where it is in its life.</summary>
    [Id(2)] public IncidentStatus Status { get; init; }

    /// <summary>Why it was opened, one line.</summary>
    [Id(3)] public string Why { get; init; } = "";

    /// <summary>When it was opened, log time.</summary>
    [Id(4)] public DateTimeOffset Opened { get; init; }

    /// <summary>The ids of its symptoms.</summary>
    [Id(5)] public ImmutableHashSet<string> Members { get; init; } = [];

    /// <summary>The log time at which its evidence last changed; the quiet time runs from there.</summary>
    [Id(6)] public DateTimeOffset EvidenceAt { get; init; }

    /// <summary>Who took it; kept when it is resolved and comes back. Null for nobody.</summary>
    [Id(7)] public string? AcknowledgedBy { get; init; }

    /// <summary>Who has it; null for nobody.</summary>
    [Id(8)] public string? Assignee { get; init; }

    /// <summary>Until when it is quiet; null when it is not snoozed.</summary>
    [Id(9)] public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When it was resolved: the end of its last symptom, or the log time of the operator's word;
    /// null while open.</summary>
    [Id(10)] public DateTimeOffset? Resolved { get; init; }

    /// <summary>Whether an operator opened it again, so that it is not resolved by itself.</summary>
    [Id(11)] public bool Held { get; init; }

    /// <summary>Whether an operator ever did anything to it: such a one survives a merge.</summary>
    [Id(12)] public bool Touched { get; init; }

    /// <summary>The incident it was merged into; null unless merged.</summary>
    [Id(13)] public string? MergedInto { get; init; }

    /// <summary>Whether it changes no more.</summary>
    [Id(14)] public bool Sealed { get; init; }

    /// <summary>Whether shed or evicted symptoms may be missing.</summary>
    [Id(15)] public bool Degraded { get; init; }

    /// <summary>What happened to it, as it was noted.</summary>
    [Id(16)] public ImmutableList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>Its likely causes as ranked, once sealed; what operators said is apart.</summary>
    [Id(17)] public ImmutableArray<RankedCause> Causes { get; init; } = [];

    /// <summary>The changes near its start, once sealed.</summary>
    [Id(18)] public ImmutableArray<RankedChange> Changes { get; init; } = [];

    /// <summary>The links that joined its symptoms, once sealed; at most 200.</summary>
    [Id(19)] public ImmutableArray<Link> Reasons { get; init; } = [];

    /// <summary>The problem that it is an occurrence of; null where none is known.</summary>
    [Id(20)] public string? Problem { get; init; }

    /// <summary>The symptoms that were open when an operator resolved it: they do not open it again.</summary>
    [Id(21)] public ImmutableHashSet<string> Ignored { get; init; } = [];

    /// <summary>The newest version of customers.json that it was grouped by, once sealed; 0 where there was none.</summary>
    [Id(22)] public int Configuration { get; init; }

    /// <summary>What operators said of its cause, in order; at most 8.</summary>
    [Id(30)] public ImmutableArray<ToldCause> Told { get; init; } = [];

    /// <summary>Whether it is open or acknowledged.</summary>
    public bool IsOpen => Status is IncidentStatus.Open or IncidentStatus.Acknowledged;

    /// <summary>It with one more thing that happened; beyond the bound the oldest entry that only tells of a symptom
    /// goes.</summary>
    internal Incident Noting(TimelineEntry entry)
    {
        var timeline = Timeline.Add(entry);
        if (timeline.Count > CustomerLimits.Timeline)
        {
            var at = timeline.FindIndex(old => old.Kind.StartsWith("symptom", StringComparison.Ordinal));
            timeline = timeline.RemoveAt(Math.Max(at, 0));
        }

        return this with { Timeline = timeline };
    }

    /// <summary>It with one more line about itself.</summary>
    internal Incident Noting(DateTimeOffset at, string kind, string text, string? actor, ResourceId? resource = null) =>
        Noting(new TimelineEntry(at, kind, text, actor, resource));
}
