using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Decodes a security alert of Defender for Cloud, as exported or as a row of the table SecurityAlert.</summary>
/// <remarks>Source: Defender for Cloud, "Alerts schemas". A change of status is a further event of one SystemAlertId.</remarks>
internal static class DefenderAlert
{
    private const int MaxIdentifiers = 32;

    /// <summary>Decodes one alert.</summary>
    public static void Decode(JsonElement alert, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        var id = alert.Text("systemAlertId");
        var type = alert.Text("alertType") ?? alert.Text("alertDisplayName") ?? "alert";
        var closes = alert.Text("status")?.ToLowerInvariant() is "resolved" or "dismissed";
        var generated = alert.Time("timeGenerated") ?? alert.Time("timeGeneratedUtc") ?? alert.Time("endTimeUtc")
            ?? alert.Time("startTimeUtc") ?? alert.Time("endTime") ?? alert.Time("startTime");
        var processed = alert.Time("processingEndTime") ?? alert.Time("processingEndTimeUtc");
        List<ResourceId> linked = [];
        var resource = Resource(alert, linked);
        var draft = new AlertDraft
        {
            Kind = SignalKind.Security,
            Role = closes ? SignalRole.Close : SignalRole.Open,
            Severity = SeverityText.OfAlert(alert.Text("severity") ?? alert.Text("alertSeverity")),
            Condition = new Condition(ConditionKind.Security, ConditionKeys.Security(type)),
            Time = closes ? processed ?? generated : generated ?? processed,
            OpenedAt = generated,
            Identity = $"defender\n{id}\n{processed?.UtcTicks}\n{alert.Text("status")}",
            Title = alert.Text("alertDisplayName") ?? alert.Text("displayName") ?? alert.Text("alertName") ?? type,
            Text = alert.Text("description"),
            ExternalId = id,
            Instance = id?.ToLowerInvariant(),
            Category = alert.Text("productName"),
            Tenant = TenantOf(alert),
            Linked = linked,
        };
        draft.AddCause("correlation", alert.Text("correlationKey"));
        draft.WriteAbout(resource, record, output);
    }

    private static ResourceId? Resource(JsonElement alert, List<ResourceId> linked)
    {
        var resource = AlertRecords.Arm(alert.Text("azureResourceId")) ?? AlertRecords.Arm(alert.Text("_ResourceId"))
            ?? AlertRecords.Arm(alert.Text("resourceId"));
        foreach (var identifier in Identifiers(alert))
        {
            if (ResourceId.TryParse(identifier.Text("azureResourceId")) is not { } id) continue;
            resource ??= AlertRecords.Arm(id);
            linked.Add(id);
        }

        return resource ?? ResourceId.TryParse(alert.Text("compromisedEntity"));
    }

    private static string? TenantOf(JsonElement alert)
    {
        foreach (var identifier in Identifiers(alert))
        {
            if ((identifier.Text("azureResourceTenantId") ?? identifier.Text("aadTenantId")) is { } tenant) return tenant;
        }

        return null;
    }

    private static IEnumerable<JsonElement> Identifiers(JsonElement alert)
    {
        var identifiers = alert.Member("resourceIdentifiers");
        return identifiers.ValueKind == JsonValueKind.Array ? identifiers.EnumerateArray().Take(MaxIdentifiers) : [];
    }
}
