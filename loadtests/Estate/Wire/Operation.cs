namespace Correlation.Estate.Wire;

/// <summary>An operation of Azure's resource manager.</summary>
internal sealed record Operation
{
    public required string Resource { get; init; }
    public required string Name { get; init; }

    /// <summary>When it ended.</summary>
    public required double Time { get; init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; } = 20;
    public required string CorrelationId { get; init; }
    public required string EventDataId { get; init; }
    public required string Tenant { get; init; }
    public required string Caller { get; init; }
    public bool Failed { get; init; }
    public string Message { get; init; } = "";

    /// <summary>The start and the end of one operation are two events.</summary>
    public string EventDataIdOf(bool start) => start ? $"{CorrelationId[..24]}{EventDataId[24..]}" : EventDataId;
}
