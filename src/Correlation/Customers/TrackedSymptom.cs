using System.Collections.Immutable;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>A symptom with where it is.</summary>
/// <param name="Symptom">The symptom as last reported.</param>
/// <param name="Incident">The incident that holds it; null while it is in none.</param>
/// <param name="Suppressed">Whether a maintenance window suppresses it.</param>
/// <param name="Sealed">Whether it changes no more.</param>
[GenerateSerializer, Immutable, Alias("tracked-symptom")]
public sealed record TrackedSymptom(
    [property: Id(0)] Symptom Symptom,
    [property: Id(1)] string? Incident,
    [property: Id(2)] bool Suppressed,
    [property: Id(3)] bool Sealed)
{
    /// <summary>Until when it waits, alone, before it is an incident, log time; null where it does not. Told to whoever reads;
    /// no stored symptom has it, for it follows from the symptom and from what was learned.</summary>
    [Id(4)] public DateTimeOffset? WaitsUntil { get; init; }
}

/// <summary>What a customer knows of one condition of a resource.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Sequence">The newest sequence it was reported with; a lower one changes nothing.</param>
/// <param name="Deadline">When the resource must be woken, log time; null for never.</param>
/// <param name="Symptoms">The ids of its symptoms that are not sealed.</param>
/// <param name="At">The log time of the newest report.</param>
[GenerateSerializer, Immutable, Alias("tracked-condition")]
public sealed record TrackedCondition(
    [property: Id(0)] ResourceId Resource,
    [property: Id(1)] long Sequence,
    [property: Id(2)] DateTimeOffset? Deadline,
    [property: Id(3)] ImmutableArray<string> Symptoms,
    [property: Id(4)] DateTimeOffset At)
{
    /// <summary>The key of a condition of a resource, whatever the incarnation: a deletion that comes late moves what was
    /// reported before into the next one, and a report replaces all that is known of its condition.</summary>
    /// <remarks>The 1 is part of the stored form: the incarnation once stood there.</remarks>
    public static string KeyOf(ResourceId resource, Condition condition) => $"{resource.Canonical}\n1\n{condition.Key}";
}
