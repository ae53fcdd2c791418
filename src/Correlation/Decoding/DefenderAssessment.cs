using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Decodes an assessment or sub-assessment of Defender for Cloud.</summary>
internal static class DefenderAssessment
{
    private static readonly string[] Enrichments =
        ["assessmentEventDataEnrichment", "subAssessmentEventDataEnrichment", "securityEventDataEnrichment"];

    /// <summary>Decodes one assessment.</summary>
    public static void Decode(JsonElement root, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        var properties = root.Member("properties");
        var status = properties.Member("status");
        var details = properties.Member("resourceDetails");
        var id = root.Text("id");
        var name = root.Text("name") ?? properties.Text("displayName") ?? "unnamed";
        var enrichment = Enrichment(root);
        var open = IsUnhealthy(status) && !Is(enrichment.Text("action"), "Delete");
        var time = Time(properties, status);
        var draft = new AlertDraft
        {
            Kind = SignalKind.Security,
            Role = open ? SignalRole.Open : SignalRole.Close,
            Severity = SeverityText.OfAlert(properties.Member("metadata").Text("severity") ?? status.Text("severity")),
            Condition = new Condition(ConditionKind.Security, ConditionKeys.Assessment(name)),
            // A snapshot says what holds now, however long ago that began.
            Time = IsSnapshot(enrichment) ? null : time,
            Identity = time is null ? null : $"assessment\n{id?.ToLowerInvariant()}\n{open}\n{time.Value.UtcTicks}",
            Title = properties.Text("displayName") ?? name,
            Text = properties.Text("description") ?? properties.Member("metadata").Text("description"),
            ExternalId = id,
            Category = root.Text("type"),
            Region = root.Text("location"),
            Tenant = root.Text("tenantId"),
        };
        var resource = AlertRecords.Arm(details.Text("id")) ?? AlertRecords.Extended(id)
            ?? ResourceId.TryParse(details.Text("resourceName") ?? details.Text("machineName"));
        draft.WriteAbout(resource, record, output);
    }

    private static DateTimeOffset? Time(JsonElement properties, JsonElement status) =>
        status.Time("statusChangeDate") ?? properties.Time("timeGenerated") ?? status.Time("firstEvaluationDate");

    private static bool IsUnhealthy(JsonElement status) => Is(status.Text("code"), "Unhealthy");

    private static bool IsSnapshot(JsonElement enrichment) => enrichment.Member("isSnapshot").ValueKind == JsonValueKind.True;

    private static bool Is(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static JsonElement Enrichment(JsonElement root)
    {
        foreach (var name in Enrichments)
        {
            if (root.Member(name) is { ValueKind: JsonValueKind.Object } enrichment) return enrichment;
        }

        return default;
    }
}
