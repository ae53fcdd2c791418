using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Remediation;

/// <summary>One guarded, recorded execution of an action on a resource.</summary>
[GenerateSerializer, Immutable, Alias("run")]
public sealed record Run
{
    /// <summary>Its id: the customer's key, <c>.r</c> and a number; in shadow <c>.s</c> and a number of its own.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Rises with every change.</summary>
    [Id(1)] public long Version { get; init; } = 1;

    /// <summary>The incident that it is about; the survivor after a merge.</summary>
    [Id(2)] public required string Incident { get; init; }

    /// <summary>The merged incidents that it was made for.</summary>
    [Id(3)] public ImmutableArray<string> FormerIncidents { get; init; } = [];

    /// <summary>Which opening of the incident it belongs to: 1 for the first, one more for each reopening.</summary>
    [Id(4)] public int Occurrence { get; init; }

    /// <summary>The rule that made it.</summary>
    [Id(5)] public required string Rule { get; init; }

    /// <summary>The version of the rule file that made it.</summary>
    [Id(6)] public int RulesVersion { get; init; }

    /// <summary>The action.</summary>
    [Id(7)] public required string Action { get; init; }

    /// <summary>The resource acted on.</summary>
    [Id(8)] public required ResourceId Resource { get; init; }

    /// <summary>The incident's severity when it was made.</summary>
    [Id(9)] public Severity Severity { get; init; }

    /// <summary>Where it is.</summary>
    [Id(10)] public RunState State { get; init; }

    /// <summary>What the guards said, in the order they were asked.</summary>
    [Id(11)] public ImmutableArray<GuardAnswer> Guards { get; init; } = [];

    /// <summary>When it was made, log time.</summary>
    [Id(12)] public DateTimeOffset Created { get; init; }

    /// <summary>When it was first recorded as sent, log time.</summary>
    [Id(13)] public DateTimeOffset? Started { get; init; }

    /// <summary>When its outcome was known, log time.</summary>
    [Id(14)] public DateTimeOffset? Ended { get; init; }

    /// <summary>What the receiver sees with every attempt.</summary>
    [Id(15)] public required string IdempotencyKey { get; init; }

    /// <summary>How often it was recorded as sent.</summary>
    [Id(16)] public int Attempts { get; init; }

    /// <summary>Whether the newest attempt has no answer yet.</summary>
    [Id(17)] public bool Awaiting { get; init; }

    /// <summary>When the next attempt is due, log time; null for none.</summary>
    [Id(18)] public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>What came of it, one line: a status, never a body.</summary>
    [Id(19)] public string Outcome { get; init; } = "";

    /// <summary>Whether it had its effect.</summary>
    [Id(20)] public Verification Verification { get; init; }

    /// <summary>Who approved or rejected it.</summary>
    [Id(21)] public string? DecidedBy { get; init; }

    /// <summary>Whether its action may be repeated.</summary>
    [Id(22)] public bool Repeatable { get; init; }

    /// <summary>How long after its end its effect is judged.</summary>
    [Id(23)] public TimeSpan VerifyAfter { get; init; }

    /// <summary>Whether its resource had open symptoms of its own; where not, its effect is judged by the whole
    /// incident.</summary>
    [Id(24)] public bool OwnSymptoms { get; init; }

    /// <summary>The region it acts in, where its symptoms said so.</summary>
    [Id(25)] public string? Region { get; init; }

    /// <summary>Whether its proposal stays when its incident ends; the end then says nothing about its effect, and is not
    /// judged.</summary>
    [Id(26)] public bool Outlives { get; init; }

    /// <summary>Whether its rule was in shadow: it says what would have been done, nothing is ever sent for it, and no run that
    /// acts counts it.</summary>
    [Id(27)] public bool Shadow { get; init; }

    /// <summary>The body that would have been sent; null for a run that is not in shadow.</summary>
    [Id(28)] public string? Inputs { get; init; }

    /// <summary>Whether nothing more will be sent for it.</summary>
    public bool IsOver => State is not (RunState.Proposed or RunState.Approved or RunState.Running);

    /// <summary>Whether anything was ever sent for it.</summary>
    public bool WasSent => Attempts > 0;
}

/// <summary>What one guard said.</summary>
/// <param name="Guard">The guard's name.</param>
/// <param name="Passed">Whether it let the run pass.</param>
/// <param name="Why">Why, one line.</param>
[GenerateSerializer, Immutable, Alias("guard-answer")]
public sealed record GuardAnswer([property: Id(0)] string Guard, [property: Id(1)] bool Passed, [property: Id(2)] string Why);
