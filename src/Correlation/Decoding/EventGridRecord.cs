using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Decodes an event of the Event Grid schema or a CloudEvent, versions 0.1 and 1.0.</summary>
/// <remarks>One event may come in both schemas, with one id; its fields differ in name only.</remarks>
internal static class EventGridRecord
{
    private const string ResourceEvents = "Microsoft.Resources.Resource";
    private const string HealthEvents = "Microsoft.ResourceNotifications.HealthResources.";

    /// <summary>Decodes one event.</summary>
    public static void Decode(JsonElement root, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        var type = root.Text("eventType") ?? root.Text("type") ?? "";
        var time = root.Time("eventTime") ?? root.Time("time")
            ?? root.Member("data").Member("operationalInfo").Time("resourceEventTime");
        var resource = Resource(root);
        if (resource is null || time is null)
        {
            output.Reject(Reason(resource, time), "An event without a resource or a time.");
            return;
        }

        Draft(root, type, time.Value).Write(resource, 0, record, output);
    }

    /// <summary>What a repetition of the event has in common with it; null where it has no id.</summary>
    public static string? Identity(JsonElement root) => IdOf(root) is { } id ? "event\n" + id : null;

    /// <summary>The event's id.</summary>
    public static string? IdOf(JsonElement root) => root.Text("id") ?? root.Text("eventID");

    private static AlertDraft Draft(JsonElement root, string type, DateTimeOffset time)
    {
        var isOperation = type.StartsWith(ResourceEvents, StringComparison.OrdinalIgnoreCase);
        if (isOperation) return EventGridOperation.Draft(root, type, time);
        var isHealth = type.StartsWith(HealthEvents, StringComparison.OrdinalIgnoreCase);
        return isHealth ? Health(root, type, time) : Generic(root, type, time);
    }

    private static RejectReason Reason(ResourceId? resource, DateTimeOffset? time)
    {
        if (resource is not null) return RejectReason.NoTime;
        return time is null ? RejectReason.NoResourceNoTime : RejectReason.NoResource;
    }

    // The subject is the resource itself, or a path below the topic; a source may go on after '#'.
    private static ResourceId? Resource(JsonElement root)
    {
        var data = root.Member("data");
        var info = data.Member("resourceInfo");
        return AlertRecords.Arm(info.Member("properties").Text("targetResourceId"))
            ?? AlertRecords.Arm(info.Text("id"))
            ?? AlertRecords.Arm(data.Text("resourceUri"))
            ?? AlertRecords.Arm(root.Text("subject"))
            ?? AlertRecords.Arm(Origin(root.Text("topic")))
            ?? AlertRecords.Arm(Origin(root.Text("source")))
            ?? ResourceId.TryParse(root.Text("subject"));
    }

    private static string? Origin(string? text)
    {
        var at = text?.IndexOf('#', StringComparison.Ordinal) ?? -1;
        return at < 0 ? text : text![..at];
    }

    private static AlertDraft Health(JsonElement root, string type, DateTimeOffset time)
    {
        var properties = root.Member("data").Member("resourceInfo").Member("properties");
        var health = properties.Text("availabilityState");
        var role = AlertHealth.ResourceRole(health);
        return new AlertDraft
        {
            Kind = SignalKind.ResourceHealth,
            Role = role,
            Severity = role == SignalRole.Open
                ? AlertHealth.ResourceSeverity(health, properties.Text("context"))
                : Severity.Unknown,
            Condition = role == SignalRole.Context
                ? null
                : new Condition(ConditionKind.ResourceHealth, ConditionKeys.ResourceHealth),
            Time = time,
            Identity = Identity(root),
            Title = properties.Text("title") ?? properties.Text("annotationName") ?? properties.Text("reason") ?? health ?? type,
            Text = properties.Text("summary"),
            ExternalId = IdOf(root),
            Category = type,
        };
    }

    private static AlertDraft Generic(JsonElement root, string type, DateTimeOffset time)
    {
        var data = root.Member("data");
        var severity = SeverityText.OfAlert(data.Text("severity") ?? data.Text("level"));
        var pulse = severity >= Severity.Error;
        return new AlertDraft
        {
            Kind = SignalKind.Generic,
            Role = pulse ? SignalRole.Pulse : SignalRole.Context,
            Severity = severity,
            Condition = pulse ? new Condition(ConditionKind.LogError, ConditionKeys.Log(type, null)) : null,
            Time = time,
            Identity = Identity(root),
            Title = type,
            Text = root.Text("subject"),
            ExternalId = IdOf(root),
            Category = type,
        };
    }
}
