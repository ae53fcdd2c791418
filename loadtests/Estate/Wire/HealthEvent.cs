namespace Correlation.Estate.Wire;

/// <summary>A change of a resource's health as Azure sees it.</summary>
internal sealed record HealthEvent
{
    public required string Resource { get; init; }
    public required double Time { get; init; }
    public required bool IsUp { get; init; }
    public required string Title { get; init; }
    public required string Cause { get; init; }
    public required string AlertId { get; init; }
    public required string EventDataId { get; init; }
    public required string CorrelationId { get; init; }

    public string Stage => IsUp ? "Resolved" : "Active";

    public object Properties => new
    {
        title = Title,
        details = (string?)null,
        currentHealthStatus = IsUp ? "Available" : "Unavailable",
        previousHealthStatus = IsUp ? "Unavailable" : "Available",
        type = "Downtime",
        cause = Cause,
    };
}
