using System.Collections.Immutable;

namespace Correlation.Signals;

/// <summary>What a signal says beyond its condition; every text is bounded and as the sender wrote it:
/// hostile until encoded.</summary>
[GenerateSerializer, Immutable, Alias("signal-detail")]
public sealed record SignalDetail
{
    /// <summary>One line for people: the rule's name, the operation, the event's title. At most 256 characters.</summary>
    [Id(0)] public string Title { get; init; } = "";

    /// <summary>More for people: a description or message. At most 1,024 characters.</summary>
    [Id(1)] public string? Text { get; init; }

    /// <summary>What Azure calls this signal, for looking it up there: alertId, eventDataId, SystemAlertId,
    /// Event Grid id, _ItemId.</summary>
    [Id(2)] public string? ExternalId { get; init; }

    /// <summary>Pairs an opening with its closing signal: alertId, or an activity-log alert's correlationId. Null where a
    /// condition has one instance at a time.</summary>
    [Id(3)] public string? Instance { get; init; }

    /// <summary>On a closing signal, when its instance opened, where it says so and that is before its own event time.</summary>
    [Id(4)] public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The record's category or table: <c>Administrative</c>, <c>AuditEvent</c>, <c>AppRequests</c>.</summary>
    [Id(5)] public string? Category { get; init; }

    /// <summary>The operation's name as written, where there is one.</summary>
    [Id(6)] public string? Operation { get; init; }

    /// <summary>Who did it, where the record says so: a name or id, never a claim or a token.</summary>
    [Id(7)] public string? Actor { get; init; }

    /// <summary>The Azure region that the signal is about, lower case without spaces, where it says so.</summary>
    [Id(8)] public string? Region { get; init; }

    /// <summary>The tenant (Entra) id as written, where the record carries one.</summary>
    [Id(9)] public string? Tenant { get; init; }

    /// <summary>Keys that two signals of one cause share, with their kind in front: <c>correlation:…</c>, <c>tracking:…</c>,
    /// <c>deployment:…</c>, <c>alert:…</c> (Defender XDR). At most 8.</summary>
    [Id(10)] public ImmutableArray<string> CauseKeys { get; init; } = [];

    /// <summary>Other resources that the payload names (linked, configuration items): edges for the topology.
    /// At most 16.</summary>
    [Id(11)] public ImmutableArray<ResourceId> Linked { get; init; } = [];

    /// <summary>What changed, for a signal that is a change: <c>write</c>, <c>delete</c>, <c>action</c>,
    /// <c>deploy</c>, <c>scale</c>.</summary>
    [Id(12)] public string? ChangeVerb { get; init; }
}
