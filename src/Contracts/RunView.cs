using System.Collections.Immutable;
using Correlation.Remediation;
using Correlation.Signals;

namespace Correlation.Contracts;

/// <summary>What one guard said of a run.</summary>
/// <param name="Guard">The guard: <c>allowList</c>, <c>coolDown</c>, <c>window</c>, <c>maintenance</c>,
/// <c>blastRadius</c>, <c>approval</c>.</param>
/// <param name="Passed">Whether it let the run pass.</param>
/// <param name="Why">Why, one line.</param>
[GenerateSerializer, Immutable, Alias("guard-view")]
public sealed record GuardView([property: Id(0)] string Guard, [property: Id(1)] bool Passed, [property: Id(2)] string Why);

/// <summary>One guarded, recorded execution of a runbook on a resource.</summary>
[GenerateSerializer, Immutable, Alias("run-view")]
public sealed record RunView
{
    /// <summary>Its id; starts with the customer's key and a dot.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The customer's key.</summary>
    [Id(1)] public required string Customer { get; init; }

    /// <summary>Rises with every change.</summary>
    [Id(2)] public long Version { get; init; }

    /// <summary>The incident that it is about: the survivor's id after a merge.</summary>
    [Id(3)] public string Incident { get; init; } = "";

    /// <summary>The rule that proposed it.</summary>
    [Id(4)] public string Rule { get; init; } = "";

    /// <summary>The action's name.</summary>
    [Id(5)] public string Action { get; init; } = "";

    /// <summary>The resource that it acts on.</summary>
    [Id(6)] public required ResourceId Resource { get; init; }

    /// <summary>Where it is.</summary>
    [Id(7)] public RunState State { get; init; }

    /// <summary>What the guards said, in the order they were asked.</summary>
    [Id(8)] public ImmutableArray<GuardView> Guards { get; init; } = [];

    /// <summary>When it was proposed, log time.</summary>
    [Id(9)] public DateTimeOffset Created { get; init; }

    /// <summary>When it was sent; null when it was not.</summary>
    [Id(10)] public DateTimeOffset? Started { get; init; }

    /// <summary>When its outcome was known; null before.</summary>
    [Id(11)] public DateTimeOffset? Ended { get; init; }

    /// <summary>The key that the receiver sees with every attempt.</summary>
    [Id(12)] public string IdempotencyKey { get; init; } = "";

    /// <summary>What came of it, one line: a status, never a body.</summary>
    [Id(13)] public string Outcome { get; init; } = "";

    /// <summary>Whether it had its effect.</summary>
    [Id(14)] public Verification Verification { get; init; }

    /// <summary>Who approved or rejected it; null for nobody.</summary>
    [Id(15)] public string? DecidedBy { get; init; }

    /// <summary>The incidents merged into <see cref="Incident"/> that it was made for.</summary>
    [Id(16)] public ImmutableArray<string> FormerIncidents { get; init; } = [];

    /// <summary>The version of the remediation rules that made it.</summary>
    [Id(17)] public int RulesVersion { get; init; }

    /// <summary>Whether its rule was in shadow: it says what would have been done; nothing was or will be sent.</summary>
    [Id(18)] public bool Shadow { get; init; }

    /// <summary>The body that would have been sent, JSON of ids and enumerations; null for a run that is not in shadow.</summary>
    [Id(19)] public string? Inputs { get; init; }
}
