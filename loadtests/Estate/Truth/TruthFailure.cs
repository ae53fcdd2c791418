using System.Text.Json.Serialization;

namespace Correlation.Estate;

/// <summary>One planted failure of one customer: what a single incident should hold.</summary>
public sealed record TruthFailure
{
    /// <summary>Unique in the document, for example <c>region-event-contoso</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A <see cref="FailureKind"/> in camel case.</summary>
    public required string Kind { get; init; }

    /// <summary>The customer's key.</summary>
    public required string Customer { get; init; }

    /// <summary>Shared by failures that are one recurring problem; null where it does not recur.</summary>
    public string? Problem { get; init; }

    /// <summary>Shared by the customers' parts of one platform event; null elsewhere.</summary>
    public string? PlatformEvent { get; init; }

    /// <summary>Where it began: a resource's ARM id, or a subscription for a platform event.</summary>
    public required string RootResource { get; init; }

    /// <summary>Other resources that a person who repairs it would take for its cause too; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AlsoRight { get; init; }

    /// <summary>What happened, for people.</summary>
    public required string Cause { get; init; }

    /// <summary>When it really began; its first symptom comes later.</summary>
    public required double Start { get; init; }

    /// <summary>When its last symptom ended.</summary>
    public required double End { get; init; }

    /// <summary>How many incidents it must at least have: 1, or 0 for noise.</summary>
    public int MinIncidents { get; init; } = 1;

    /// <summary>How many incidents it may have.</summary>
    public int MaxIncidents { get; init; } = 1;

    /// <summary>What can be seen of it.</summary>
    public required IReadOnlyList<TruthSymptom> Symptoms { get; init; }

    /// <summary>The changes that caused it or ended it.</summary>
    public IReadOnlyList<TruthChange> Changes { get; init; } = [];
}
