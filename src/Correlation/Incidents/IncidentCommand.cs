using System.Collections.Immutable;

namespace Correlation.Incidents;

/// <summary>What an operator does to an incident.</summary>
public enum IncidentVerb : byte
{
    /// <summary>Takes it.</summary>
    Acknowledge = 0,

    /// <summary>Gives it to somebody (argument: the assignee).</summary>
    Assign = 1,

    /// <summary>Adds a note (argument: the text).</summary>
    Note = 2,

    /// <summary>Makes it quiet until a time.</summary>
    Snooze = 3,

    /// <summary>Ends it.</summary>
    Resolve = 4,

    /// <summary>Opens it again.</summary>
    Reopen = 5,

    /// <summary>Merges another into it (argument: the other's id).</summary>
    Merge = 6,

    /// <summary>Takes symptoms out of it into an incident of their own.</summary>
    Split = 7,

    /// <summary>Says what its cause was (argument: the resource's id); the last word counts.</summary>
    Cause = 8,
}

/// <summary>A command on an incident.</summary>
[GenerateSerializer, Immutable, Alias("incident-command")]
public sealed record IncidentCommand
{
    /// <summary>Names this command: sent again with the same id it is done once.</summary>
    [Id(0)] public required string CommandId { get; init; }

    /// <summary>The incident.</summary>
    [Id(1)] public required string Incident { get; init; }

    /// <summary>The incident's version that the actor saw; a stale one is refused.</summary>
    [Id(2)] public long Version { get; init; }

    /// <summary>Who commands.</summary>
    [Id(3)] public required string Actor { get; init; }

    /// <summary>What to do.</summary>
    [Id(4)] public IncidentVerb Verb { get; init; }

    /// <summary>The verb's argument; see <see cref="IncidentVerb"/>. At most 4,096 characters.</summary>
    [Id(5)] public string? Argument { get; init; }

    /// <summary>For <see cref="IncidentVerb.Snooze"/>.</summary>
    [Id(6)] public DateTimeOffset? Until { get; init; }

    /// <summary>For <see cref="IncidentVerb.Split"/>: the symptoms to take out.</summary>
    [Id(7)] public ImmutableArray<string> Symptoms { get; init; } = [];
}

/// <summary>How a command ended.</summary>
public enum CommandOutcome : byte
{
    /// <summary>It was done, now or when it first came.</summary>
    Done = 0,

    /// <summary>The version named is not the current one; look again.</summary>
    Stale = 1,

    /// <summary>There is no such thing.</summary>
    NotFound = 2,

    /// <summary>It makes no sense in the present state; the text says why.</summary>
    Refused = 3,
}

/// <summary>The answer to a command.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Id">The id that answers now: the survivor's after a merge.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Text">Why it was refused; empty otherwise.</param>
[GenerateSerializer, Immutable, Alias("command-answer")]
public sealed record CommandAnswer(
    [property: Id(0)] CommandOutcome Outcome,
    [property: Id(1)] string Id,
    [property: Id(2)] long Version,
    [property: Id(3)] string Text);
