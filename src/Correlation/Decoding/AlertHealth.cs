using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>What the words of Azure's health events mean; ARCHITECTURE.md, "Conditions".</summary>
internal static class AlertHealth
{
    /// <summary>What a service-health event does, by its stage or, for want of one, its status.</summary>
    /// <param name="stage">For example <c>Active</c>, <c>Resolved</c>, <c>Planned</c>, <c>Complete</c>.</param>
    /// <param name="state">The state of the alert that carries it; Azure says Fired for resolutions too.</param>
    public static SignalRole ServiceRole(string? stage, AlertState state = AlertState.Unsaid) => stage?.ToLowerInvariant() switch
    {
        "resolved" or "complete" or "completed" or "canceled" or "cancelled" or "rca" => SignalRole.Close,
        _ => state == AlertState.Resolved ? SignalRole.Close : SignalRole.Open,
    };

    /// <summary>What a resource-health event does, by the current status.</summary>
    public static SignalRole ResourceRole(string? health) => health is null ? SignalRole.Context : LowerText.Of(health) switch
    {
        "available" => SignalRole.Close,
        "unavailable" or "degraded" => SignalRole.Open,
        _ => SignalRole.Context,
    };

    /// <summary>How bad lost health is.</summary>
    /// <param name="health">The current status.</param>
    /// <param name="cause">Who is behind it, for example <c>PlatformInitiated</c>; see <see cref="IsByUser"/>.</param>
    public static Severity ResourceSeverity(string? health, string? cause) =>
        IsByUser(cause) || string.Equals(health, "Degraded", StringComparison.OrdinalIgnoreCase)
            ? Severity.Warning
            : Severity.Error;

    /// <summary>Whether somebody of the customer stopped, restarted or moved the resource: what Azure calls
    /// <c>UserInitiated</c> in the activity log and <c>Customer Initiated</c> elsewhere. What was asked for is no failure by
    /// itself (https://learn.microsoft.com/azure/service-health/resource-health-overview).</summary>
    public static bool IsByUser(string? cause) =>
        cause?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() is "userinitiated" or "customerinitiated";

    /// <summary>How bad a service-health event is, by its incident type or, for want of one, its operation
    /// (<c>Microsoft.ServiceHealth/incident/action</c>).</summary>
    public static Severity ServiceSeverity(string? incidentType, string? operation)
    {
        return (incidentType ?? SecondSegment(operation))?.ToLowerInvariant() switch
        {
            "incident" => Severity.Error,
            "actionrequired" => Severity.Warning,
            _ => Severity.Informational,
        };
    }

    private static string? SecondSegment(string? path)
    {
        var first = path?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (first < 0) return null;
        var rest = path!.AsSpan(first + 1);
        var end = rest.IndexOf('/');
        return (end < 0 ? rest : rest[..end]).ToString();
    }
}
