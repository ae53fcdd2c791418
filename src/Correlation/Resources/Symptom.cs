using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>Why a symptom ended.</summary>
public enum EndReason : byte
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>A closing signal of the same instance said so.</summary>
    Resolved = 1,

    /// <summary>The counterpart of the opening event came (an operation succeeded again, a later stage).</summary>
    Counterpart = 2,

    /// <summary>The resource's own health returned.</summary>
    HealthReturned = 3,

    /// <summary>Nothing said that it ended; the documented time-out of its kind of condition ended it.</summary>
    TimedOut = 4,

    /// <summary>The resource was deleted, or went to another customer.</summary>
    Withdrawn = 5,
}

/// <summary>One signal of a symptom, enough to find it again here and in Azure.</summary>
/// <param name="Position">Its position.</param>
/// <param name="ExternalId">alertId, eventDataId or the like; null where the record has none.</param>
/// <param name="Role">What it did.</param>
/// <param name="EventTime">When it says it happened.</param>
[GenerateSerializer, Immutable, Alias("signal-reference")]
public sealed record SignalReference(
    [property: Id(0)] Position Position,
    [property: Id(1)] string? ExternalId,
    [property: Id(2)] SignalRole Role,
    [property: Id(3)] DateTimeOffset EventTime);

/// <summary>A condition on a resource over an interval of event time, computed from the set of its facts.</summary>
[GenerateSerializer, Immutable, Alias("symptom")]
public sealed record Symptom
{
    /// <summary>32 hexadecimal digits made from resource, incarnation, condition and start: equal in every replay.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The resource.</summary>
    [Id(1)] public required ResourceId Resource { get; init; }

    /// <summary>What is complained about.</summary>
    [Id(2)] public required Condition Condition { get; init; }

    /// <summary>When it began, event time.</summary>
    [Id(3)] public DateTimeOffset Start { get; init; }

    /// <summary>When it ended, event time; null while it is open.</summary>
    [Id(4)] public DateTimeOffset? End { get; init; }

    /// <summary>Why it ended.</summary>
    [Id(5)] public EndReason EndReason { get; init; }

    /// <summary>The worst severity any of its signals carried.</summary>
    [Id(6)] public Severity Severity { get; init; }

    /// <summary>One line for people, from its first signal; hostile text.</summary>
    [Id(7)] public string Title { get; init; } = "";

    /// <summary>More for people; hostile text.</summary>
    [Id(8)] public string? Text { get; init; }

    /// <summary>How many signals it was computed from.</summary>
    [Id(9)] public int SignalCount { get; init; }

    /// <summary>How often it closed and opened again within the damping time.</summary>
    [Id(10)] public int Flaps { get; init; }

    /// <summary>Keys that it shares with other signals of its cause.</summary>
    [Id(11)] public ImmutableArray<string> CauseKeys { get; init; } = [];

    /// <summary>The Azure region it is about, where its signals say so.</summary>
    [Id(12)] public string? Region { get; init; }

    /// <summary>Its first and last signals, at most 20.</summary>
    [Id(13)] public ImmutableArray<SignalReference> Signals { get; init; } = [];

    /// <summary>Other resources that its signals name, at most 16.</summary>
    [Id(14)] public ImmutableArray<ResourceId> Linked { get; init; } = [];

    /// <summary>What sort of signal it was computed from.</summary>
    [Id(15)] public SignalKind Kind { get; init; }

    /// <summary>Whether shed or evicted signals may be missing from it.</summary>
    [Id(16)] public bool Degraded { get; init; }

    /// <summary>Whether it is one symptom made of a condition that came and went.</summary>
    public bool Flapping => Flaps >= FlappingFrom;

    /// <summary>From how many flaps on a symptom says that it flaps.</summary>
    public const int FlappingFrom = 2;

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => End is null;
}

/// <summary>A write or action on a resource: a possible cause, not a symptom.</summary>
[GenerateSerializer, Immutable, Alias("change")]
public sealed record Change
{
    /// <summary>32 hexadecimal digits from its dedup key: equal in every replay.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The resource it was made on.</summary>
    [Id(1)] public required ResourceId Resource { get; init; }

    /// <summary>When it happened, event time.</summary>
    [Id(2)] public DateTimeOffset At { get; init; }

    /// <summary><c>write</c>, <c>delete</c>, <c>action</c>, <c>deploy</c> or <c>scale</c>.</summary>
    [Id(3)] public string Verb { get; init; } = "write";

    /// <summary>One line for people; hostile text.</summary>
    [Id(4)] public string Title { get; init; } = "";

    /// <summary>The operation's name as Azure writes it.</summary>
    [Id(5)] public string? Operation { get; init; }

    /// <summary>Who made it, where the record says so.</summary>
    [Id(6)] public string? Actor { get; init; }

    /// <summary>Keys that it shares with signals of one cause.</summary>
    [Id(7)] public ImmutableArray<string> CauseKeys { get; init; } = [];

    /// <summary>The signal that told of it.</summary>
    [Id(8)] public required SignalReference Signal { get; init; }
}

/// <summary>All that a resource knows of one condition now; a later sequence replaces an earlier one whole.</summary>
/// <remarks>Sending one twice, or an old one after a new one, changes nothing: that makes delivery to the customer safe.</remarks>
/// <param name="Resource">The resource.</param>
/// <param name="Incarnation">Rises when a resource was deleted and created under the same id.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Sequence">Rises with every report of this resource.</param>
/// <param name="Symptoms">Every symptom of the condition that may still change, by start; empty withdraws them all.</param>
/// <param name="Deadline">When, in log time, the resource must be woken because a time-out would end a symptom; null for never.</param>
/// <param name="Floor">Symptoms that ended before this event time are settled and not repeated; those that ended later, or are
/// open, and are not in the list are withdrawn.</param>
[GenerateSerializer, Immutable, Alias("condition-report")]
public sealed record ConditionReport(
    [property: Id(0)] ResourceId Resource,
    [property: Id(1)] int Incarnation,
    [property: Id(2)] Condition Condition,
    [property: Id(3)] long Sequence,
    [property: Id(4)] ImmutableArray<Symptom> Symptoms,
    [property: Id(5)] DateTimeOffset? Deadline,
    [property: Id(6)] DateTimeOffset Floor = default);
