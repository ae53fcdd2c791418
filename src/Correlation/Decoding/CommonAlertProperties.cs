using System.Text.Json;
using static Correlation.Decoding.CommonAlertText;

namespace Correlation.Decoding;

/// <summary>Reads the <c>properties</c> of an activity-log event that an alert carries.</summary>
internal static class CommonAlertProperties
{
    /// <summary>Reads the value that the reader stands on; anything but an object (<c>"None"</c>, null) is skipped.</summary>
    public static void Read(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (!Health(ref reader, name, alert) && !Other(ref reader, name, alert)) reader.Skip();
        }
    }

    private static bool Health(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("currentHealthStatus"u8) || name.SequenceEqual("healthStatus"u8))
        {
            alert.Health = Text(ref reader, alert);
            alert.Is(AlertFamily.ResourceHealth);
        }
        else if (name.SequenceEqual("trackingId"u8))
        {
            alert.TrackingId = Text(ref reader);
            if (alert.TrackingId is not null) alert.Is(AlertFamily.ServiceHealth);
        }
        else if (name.SequenceEqual("stage"u8)) alert.Stage = Text(ref reader, alert);
        else if (name.SequenceEqual("incidentType"u8)) alert.IncidentType = Text(ref reader, alert);
        else if (name.SequenceEqual("region"u8)) alert.Region = Text(ref reader, alert);
        else if (name.SequenceEqual("title"u8)) alert.EventTitle = Text(ref reader, alert);
        else return false;
        return true;
    }

    private static bool Other(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        var isImpact = name.SequenceEqual("severity"u8) || name.SequenceEqual("Severity"u8)
            || name.SequenceEqual("recommendationImpact"u8);
        if (isImpact) alert.Impact = SeverityText.OfAlert(Word(ref reader));
        else if (name.SequenceEqual("recommendationName"u8)) alert.EventTitle = Text(ref reader, alert);
        else if (name.SequenceEqual("resourceName"u8) || name.SequenceEqual("entity"u8)) Resource(ref reader, alert);
        else return false;
        return true;
    }

    // Autoscale names the resource that is scaled here, where the authorization names none.
    private static void Resource(ref Utf8JsonReader reader, CommonAlert alert)
    {
        var text = Text(ref reader, alert);
        if (text is not null && text.StartsWith('/')) alert.Entity = text;
    }
}
