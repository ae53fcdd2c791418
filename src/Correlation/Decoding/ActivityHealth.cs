using System.Text;
using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Reads what the activity log says of health: of a resource, and of Azure itself.</summary>
internal static class ActivityHealth
{
    /// <summary>Judges a platform event.</summary>
    public static void Service(in RecordView record, in RecordView properties, ActivityEntry entry, DecodeOutput output)
    {
        entry.Kind = SignalKind.ServiceHealth;
        var stage = output.Name(properties.Text(RecordField.Stage))
            ?? output.Name(record.First(RecordField.ActivityStatusValue, RecordField.ResultType, RecordField.Status));
        entry.Role = AlertHealth.ServiceRole(stage);
        entry.Severity = AlertHealth.ServiceSeverity(output.Name(properties.Text(RecordField.IncidentType)), entry.Operation);
        entry.Title = DecodeOutput.Bounded(properties.Text(RecordField.Title), CommonFields.MaxTitle);
        entry.Region = CommonFields.RegionOf(properties.Text(RecordField.Region), output)
            ?? CommonFields.RegionOf(FirstRegion(properties), output);
        var tracking = DecodeOutput.Bounded(properties.Text(RecordField.TrackingId), CommonFields.MaxId);
        var correlation = DecodeOutput.Bounded(record.Text(RecordField.CorrelationId), CommonFields.MaxId);
        if (tracking is not null) entry.Causes = [.. entry.Causes, "tracking:" + tracking.ToLowerInvariant()];
        entry.Condition = new Condition(
            ConditionKind.ServiceHealth,
            ConditionKeys.ServiceHealth(tracking ?? correlation ?? entry.Title ?? "unknown"));
    }

    /// <summary>Judges the health of a resource.</summary>
    public static void Resource(in RecordView properties, ActivityEntry entry, DecodeOutput output)
    {
        entry.Kind = SignalKind.ResourceHealth;
        var health = output.Name(properties.Text(RecordField.CurrentHealthStatus));
        entry.Role = AlertHealth.ResourceRole(health);
        entry.Title = DecodeOutput.Bounded(properties.Text(RecordField.Title), CommonFields.MaxTitle);
        if (entry.Role == SignalRole.Context) return;
        var cause = output.Name(properties.Text(RecordField.Cause));
        if (entry.Role == SignalRole.Open && (entry.Severity == Severity.Unknown || AlertHealth.IsByUser(cause)))
            entry.Severity = AlertHealth.ResourceSeverity(health, cause);
        entry.Condition = new Condition(ConditionKind.ResourceHealth, ConditionKeys.ResourceHealth);
    }

    // impactedServices is a text that holds [{"ImpactedRegions":[{"RegionName":"East US 2"}],"ServiceName":"…"}].
    private static ReadOnlySpan<byte> FirstRegion(in RecordView properties)
    {
        var json = properties.Kind(RecordField.ImpactedServices) == JsonTokenType.StartArray
            ? properties.Raw(RecordField.ImpactedServices)
            : properties.Text(RecordField.ImpactedServices);
        try
        {
            var reader = new Utf8JsonReader(json, RecordReader.Options(RecordReader.MaxNested));
            while (!json.IsEmpty && reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("RegionName"u8)) continue;
                if (!reader.Read() || reader.TokenType != JsonTokenType.String) continue;
                return Encoding.UTF8.GetBytes(reader.GetString() ?? "");
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The region is a help, not a must.
        }

        return default;
    }
}
