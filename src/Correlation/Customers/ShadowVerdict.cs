using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>What a live incident would have been by a grouping in shadow.</summary>
public enum ShadowOutcome : byte
{
    /// <summary>The same.</summary>
    Same = 0,

    /// <summary>One that holds other symptoms too, or lacks some, which are in no other incident.</summary>
    Changed = 1,

    /// <summary>Part of one that holds other incidents too.</summary>
    Merged = 2,

    /// <summary>Several, which may hold other incidents too.</summary>
    Split = 3,

    /// <summary>None.</summary>
    Lost = 4,

    /// <summary>There was none, and would have been one.</summary>
    Gained = 5,
}

/// <summary>One difference between what was decided and what a grouping in shadow would have decided.</summary>
[GenerateSerializer, Immutable, Alias("shadow-verdict")]
public sealed record ShadowVerdict
{
    /// <summary>The most other incidents that are named.</summary>
    public const int MostIncidents = 20;

    /// <summary>The most incidents of the shadow that are described.</summary>
    public const int MostParts = 5;

    /// <summary>The most members that are named, of all those incidents together.</summary>
    public const int MostMembers = 10;

    /// <summary>The longest title of a member, in characters.</summary>
    public const int TitleLength = 160;

    /// <summary>What the incident would have been.</summary>
    [Id(0)] public ShadowOutcome Outcome { get; init; }

    /// <summary>The live incident; null where there was none.</summary>
    [Id(1)] public string? Incident { get; init; }

    /// <summary>The log time at which this was looked at.</summary>
    [Id(2)] public DateTimeOffset At { get; init; }

    /// <summary>The version of customers.json in force when the newest of the symptoms began.</summary>
    [Id(3)] public int Configuration { get; init; }

    /// <summary>When the first symptom of the live incident, or of the one there would have been, began, event time.</summary>
    [Id(4)] public DateTimeOffset Started { get; init; }

    /// <summary>When the last of them ended, event time; null while one is open.</summary>
    [Id(5)] public DateTimeOffset? Ended { get; init; }

    /// <summary>How many symptoms the live incident held; 0 where there was none.</summary>
    [Id(6)] public int Symptoms { get; init; }

    /// <summary>The other live incidents with which it would have been together; at most <see cref="MostIncidents"/>.</summary>
    [Id(7)] public ImmutableArray<string> With { get; init; } = [];

    /// <summary>How many incidents of the shadow it would have been in.</summary>
    [Id(8)] public int Parts { get; init; }

    /// <summary>Those incidents, the largest share first; at most <see cref="MostParts"/>.</summary>
    [Id(9)] public ImmutableArray<ShadowIncident> Shadow { get; init; } = [];
}

/// <summary>An incident that there would have been.</summary>
/// <param name="Started">When its first symptom began, event time.</param>
/// <param name="Ended">When its last ended, event time; null while one is open.</param>
/// <param name="Symptoms">How many symptoms it would hold.</param>
/// <param name="Signals">How many signals those were computed from.</param>
/// <param name="Members">Its first symptoms, by start.</param>
[GenerateSerializer, Immutable, Alias("shadow-incident")]
public sealed record ShadowIncident(
    [property: Id(0)] DateTimeOffset Started,
    [property: Id(1)] DateTimeOffset? Ended,
    [property: Id(2)] int Symptoms,
    [property: Id(3)] long Signals,
    [property: Id(4)] ImmutableArray<ShadowMember> Members);

/// <summary>A symptom of an incident that there would have been.</summary>
/// <param name="Symptom">Its id.</param>
/// <param name="Resource">Its resource.</param>
/// <param name="Title">One line for people; hostile text, cut.</param>
/// <param name="Start">When it began, event time.</param>
/// <param name="End">When it ended, event time; null while it is open.</param>
/// <param name="Incident">The live incident that holds it; null for none.</param>
[GenerateSerializer, Immutable, Alias("shadow-member")]
public sealed record ShadowMember(
    [property: Id(0)] string Symptom,
    [property: Id(1)] ResourceId Resource,
    [property: Id(2)] string Title,
    [property: Id(3)] DateTimeOffset Start,
    [property: Id(4)] DateTimeOffset? End,
    [property: Id(5)] string? Incident);
