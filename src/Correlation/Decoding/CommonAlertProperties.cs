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
        while (NextName(ref reader, out var name))
        {
            if (!Health(ref reader, name, alert) && !Other(ref reader, name, alert)) reader.Skip();
        }
    }

    private static bool Health(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.CurrentHealthStatus)
        {
            alert.Health = Text(ref reader, alert);
            alert.Is(AlertFamily.ResourceHealth);
        }
        else if (name == AlertName.HealthCause) alert.HealthCause = Text(ref reader, alert);
        else if (name == AlertName.TrackingId)
        {
            alert.TrackingId = Text(ref reader);
            if (alert.TrackingId is not null) alert.Is(AlertFamily.ServiceHealth);
        }
        else if (name == AlertName.Stage) alert.Stage = Text(ref reader, alert);
        else if (name == AlertName.IncidentType) alert.IncidentType = Text(ref reader, alert);
        else if (name == AlertName.Region) alert.Region = Text(ref reader, alert);
        else if (name == AlertName.Title) alert.EventTitle = Text(ref reader, alert);
        else return false;
        return true;
    }

    private static bool Other(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        var isImpact = name == AlertName.Severity || name == AlertName.LegacySeverity
            || name == AlertName.RecommendationImpact;
        if (isImpact) alert.Impact = SeverityText.OfAlert(Word(ref reader));
        else if (name == AlertName.RecommendationName) alert.EventTitle = Text(ref reader, alert);
        else if (name == AlertName.ResourceName) Resource(ref reader, alert);
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
