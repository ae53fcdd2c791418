using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Decodes what Defender for Cloud exports continuously: alerts, assessments, scores; one object an event.</summary>
/// <remarks>
/// Alerts and sub-assessments come in PascalCase, assessments mostly in camelCase. <c>$id</c>, <c>$ref</c> and <c>$type</c> are
/// members like any other: in what really comes they are repeated and dangle.
/// </remarks>
internal static class DefenderRecord
{
    /// <summary>Decodes one record.</summary>
    public static void Decode(JsonElement root, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        var type = root.Text("type") ?? "";
        var properties = root.Member("properties");
        if (root.Text("systemAlertId") is not null) DefenderAlert.Decode(root, record, output);
        else if (properties.Text("systemAlertId") is not null) DefenderAlert.Decode(properties, record, output);
        else if (IsAssessment(type)) DefenderAssessment.Decode(root, record, output);
        else DecodeOther(root, properties, record, output);
    }

    private static bool IsAssessment(string type) => type.Contains("assessments", StringComparison.OrdinalIgnoreCase)
        && !type.Contains("regulatoryCompliance", StringComparison.OrdinalIgnoreCase);

    // Secure scores and compliance results say how an estate is, and complain about nothing.
    private static void DecodeOther(JsonElement root, JsonElement properties, ReadOnlySpan<byte> record, DecodeOutput output)
    {
        var id = root.Text("id");
        var draft = new AlertDraft
        {
            Kind = SignalKind.Security,
            Role = SignalRole.Context,
            Time = properties.Time("timeGenerated") ?? root.Time("timeGenerated"),
            Title = properties.Text("displayName") ?? properties.Text("description") ?? root.Text("name"),
            ExternalId = id,
            Category = root.Text("type"),
            Tenant = root.Text("tenantId"),
        };
        draft.WriteAbout(AlertRecords.Extended(id), record, output);
    }
}
