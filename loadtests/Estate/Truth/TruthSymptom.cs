namespace Correlation.Estate;

/// <summary>One condition on one resource over an interval of event time.</summary>
public sealed record TruthSymptom
{
    /// <summary>alert, resourceHealth, serviceHealth, failedOperation or logError.</summary>
    public required string Kind { get; init; }

    /// <summary>The resource's ARM id; compare without case.</summary>
    public required string Resource { get; init; }

    /// <summary>The alert rule's ARM id, the tracking id, the operation's name, or the log's category.</summary>
    public required string RuleOrOperation { get; init; }

    /// <summary>The alert's severity (Sev0 to Sev4) or the record's level.</summary>
    public required string Severity { get; init; }

    /// <summary>Event time of its first signal.</summary>
    public required double Start { get; init; }

    /// <summary>Event time of its last signal.</summary>
    public required double End { get; init; }

    /// <summary>alertIds, eventDataIds, or for log records their correlation ids: each is found in the messages.</summary>
    public required IReadOnlyList<string> ExternalIds { get; init; }
}
