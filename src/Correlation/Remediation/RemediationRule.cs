using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Remediation;

/// <summary>When something is done about an incident, and what.</summary>
[GenerateSerializer, Immutable, Alias("remediation-rule")]
public sealed record RemediationRule
{
    /// <summary>Its name, unique in the file.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Which incidents it is about.</summary>
    [Id(1)] public RuleMatch Match { get; init; } = new();

    /// <summary>What is done.</summary>
    [Id(2)] public required RuleAction Action { get; init; }

    /// <summary>Whether a person is asked.</summary>
    [Id(3)] public RuleMode Mode { get; init; }

    /// <summary>On which resources it is done.</summary>
    [Id(4)] public RuleTarget Target { get; init; }

    /// <summary>Whether a proposal stays when its incident ends: for what cures the cause rather than the symptoms.</summary>
    [Id(5)] public bool Outlives { get; init; }

    /// <summary>Whether it decides and acts on nothing: what its mode would have made of an incident is recorded beside what the
    /// other rules do, and stands in nobody's way.</summary>
    [Id(6)] public bool Shadow { get; init; }
}

/// <summary>Whether a run is only recorded, proposed, or sent by itself.</summary>
public enum RuleMode : byte
{
    /// <summary>What would have been sent is recorded; nothing is sent.</summary>
    DryRun = 0,

    /// <summary>A person approves or rejects.</summary>
    Approve = 1,

    /// <summary>It is sent by itself, where the guards let it.</summary>
    Auto = 2,
}

/// <summary>On which resources of an incident a rule acts.</summary>
public enum RuleTarget : byte
{
    /// <summary>On its likeliest cause.</summary>
    Cause = 0,

    /// <summary>On each resource whose open symptom matches.</summary>
    Members = 1,
}

/// <summary>What an incident must be like; what is left out does not count.</summary>
[GenerateSerializer, Immutable, Alias("rule-match")]
public sealed record RuleMatch
{
    /// <summary>The least severity of the incident.</summary>
    [Id(0)] public Severity Severity { get; init; }

    /// <summary>A pattern for the key of a condition of one of its open symptoms; <c>*</c> stands for any text; null for
    /// any.</summary>
    [Id(1)] public string? Condition { get; init; }

    /// <summary>The type of the resource acted on, for example <c>microsoft.compute/virtualmachines</c>; null for any.</summary>
    [Id(2)] public string? ResourceType { get; init; }

    /// <summary>A text that the title holds, case apart; null for any.</summary>
    [Id(3)] public string? TitleContains { get; init; }

    /// <summary>Whether it must, or must not, be an occurrence of a problem; null for either.</summary>
    [Id(4)] public bool? Recurring { get; init; }
}

/// <summary>An HTTP call on a resource: the shape of an Azure Automation webhook or a Function.</summary>
/// <remarks>Holds the host, never the address: an address may be a secret, and stays where it is resolved.</remarks>
[GenerateSerializer, Immutable, Alias("rule-action")]
public sealed record RuleAction
{
    /// <summary>Its name: with the resource, what cool-down and window go by.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>The address's host and, where it is not the scheme's own, port; lower case.</summary>
    [Id(1)] public required string Host { get; init; }

    /// <summary>The members of the JSON body, in order.</summary>
    [Id(2)] public ImmutableArray<BodyField> Body { get; init; } = BodyField.Default;

    /// <summary>Whether doing it twice does no harm; one that may not be repeated is never sent again after an unknown
    /// outcome.</summary>
    [Id(3)] public bool Repeatable { get; init; }

    /// <summary>How long it rests on a resource after a run ended.</summary>
    [Id(4)] public TimeSpan CoolDown { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The time in which it has at most one run on a resource.</summary>
    [Id(5)] public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an answer is waited for.</summary>
    [Id(6)] public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many runs it has at a customer in 24 hours.</summary>
    [Id(7)] public int MaxPerDay { get; init; } = 10;

    /// <summary>How long after its end the symptoms of its resource must be over for it to have had its effect.</summary>
    [Id(8)] public TimeSpan VerifyAfter { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>One member of an action's body.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Value">What it holds.</param>
[GenerateSerializer, Immutable, Alias("body-field")]
public sealed record BodyField([property: Id(0)] string Name, [property: Id(1)] RunField Value)
{
    /// <summary>The body where the rule says nothing: every field under its own name.</summary>
    public static ImmutableArray<BodyField> Default { get; } =
    [
        new("customer", RunField.Customer), new("incident", RunField.Incident), new("resource", RunField.Resource),
        new("run", RunField.Run), new("idempotencyKey", RunField.IdempotencyKey), new("severity", RunField.Severity),
    ];
}

/// <summary>What a body may hold: ids and enumerations, never the text of a signal.</summary>
public enum RunField : byte
{
    /// <summary>The customer's key.</summary>
    Customer = 0,

    /// <summary>The incident's id.</summary>
    Incident = 1,

    /// <summary>The canonical id of the resource acted on.</summary>
    Resource = 2,

    /// <summary>The run's id.</summary>
    Run = 3,

    /// <summary>The idempotency key.</summary>
    IdempotencyKey = 4,

    /// <summary>The incident's severity when the run was made.</summary>
    Severity = 5,

    /// <summary>The rule's name.</summary>
    Rule = 6,

    /// <summary>The action's name.</summary>
    Action = 7,
}
