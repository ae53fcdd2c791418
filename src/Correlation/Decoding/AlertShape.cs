using System.Text.Json;
using static Correlation.Decoding.CommonAlertText;

namespace Correlation.Decoding;

/// <summary>Which family of alerts and events a record belongs to.</summary>
internal enum AlertShape : byte
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>An alert of the common schema, a legacy alert or the REST shape: one reader takes them all.</summary>
    Alert,

    /// <summary>A Defender alert, assessment or score.</summary>
    Defender,

    /// <summary>An Event Grid event or CloudEvent.</summary>
    Event,
}

/// <summary>Tells the shape of a record by the names at its root, in any order, reading no further than it must.</summary>
internal static class AlertShapes
{
    [Flags]
    private enum Marks
    {
        None = 0,
        Status = 1,
        Context = 2,
        EventType = 4,
        EventOrigin = 8,
        RuleName = 16,
        SearchQuery = 32,
    }

    /// <summary>The shape of the object whose opening brace the reader stands on.</summary>
    public static AlertShape Of(Utf8JsonReader reader)
    {
        var marks = Marks.None;
        while (NextProperty(ref reader, out var name))
        {
            if (IsAnotherFamily(name)) return AlertShape.None;
            if (Decisive(ref reader, name) is { } shape) return shape;
            marks |= MarkOf(name);
            if (marks.HasFlag(Marks.EventType | Marks.EventOrigin)) return AlertShape.Event;
            if (marks.HasFlag(Marks.Status | Marks.Context)) return AlertShape.Alert;
            if (marks.HasFlag(Marks.RuleName | Marks.SearchQuery)) return AlertShape.Alert;
            reader.Skip();
        }

        return AlertShape.None;
    }

    // Names that every record of the activity log, the resource logs or the metrics has and no alert or event does.
    private static bool IsAnotherFamily(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("resourceId"u8) || name.SequenceEqual("metricName"u8) || name.SequenceEqual("category"u8)
        || name.SequenceEqual("operationName"u8) || name.SequenceEqual("records"u8);

    private static AlertShape? Decisive(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("schemaId"u8)) return SchemaOf(ref reader);
        if (name.SequenceEqual("essentials"u8) || name.SequenceEqual("alertContext"u8)) return AlertShape.Alert;
        if (name.SequenceEqual("specversion"u8) || name.SequenceEqual("cloudEventsVersion"u8)) return AlertShape.Event;
        if (name.SequenceEqual("SystemAlertId"u8) || name.EndsWith("EventDataEnrichment"u8)) return AlertShape.Defender;
        if (!name.SequenceEqual("type"u8) && !name.SequenceEqual("Type"u8)) return null;
        var type = Word(ref reader);
        if (StartsWith(type, "Microsoft.AlertsManagement/"u8)) return AlertShape.Alert;
        return StartsWith(type, "Microsoft.Security/"u8) ? AlertShape.Defender : null;
    }

    private static AlertShape? SchemaOf(ref Utf8JsonReader reader)
    {
        var schema = Word(ref reader);
        return schema.SequenceEqual("azureMonitorCommonAlertSchema"u8)
            || schema.SequenceEqual("AzureMonitorMetricAlert"u8)
            || schema.SequenceEqual("AIP Budget Notification"u8)
            || StartsWith(schema, "Microsoft.Insights/"u8)
                ? AlertShape.Alert
                : null;
    }

    private static Marks MarkOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("status"u8)) return Marks.Status;
        if (name.SequenceEqual("context"u8)) return Marks.Context;
        if (name.SequenceEqual("eventType"u8)) return Marks.EventType;
        if (name.SequenceEqual("topic"u8) || name.SequenceEqual("subject"u8)) return Marks.EventOrigin;
        if (name.SequenceEqual("eventTypeVersion"u8)) return Marks.EventOrigin;
        if (name.SequenceEqual("AlertRuleName"u8)) return Marks.RuleName;
        return name.SequenceEqual("SearchQuery"u8) ? Marks.SearchQuery : Marks.None;
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && System.Text.Ascii.EqualsIgnoreCase(text[..start.Length], start);
}
