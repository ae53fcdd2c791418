using System.Text.Json;
using static Correlation.Decoding.CommonAlertText;

namespace Correlation.Decoding;

/// <summary>Reads the context of an alert: what every kind of rule adds to the essentials.</summary>
internal static class CommonAlertContext
{
    /// <summary>Reads the value that the reader stands on; anything but an object is skipped.</summary>
    public static void Read(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (Criteria(ref reader, name, alert) || Event(ref reader, name, alert) || Other(ref reader, name, alert)) continue;
            reader.Skip();
        }
    }

    /// <summary>Reads a property that rules over metrics and log queries have.</summary>
    /// <returns>False, and nothing read, where the name means nothing here.</returns>
    public static bool Criteria(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("condition"u8)) CommonAlertCriteria.Condition(ref reader, alert);
        else if (name.SequenceEqual("conditionType"u8)) ConditionType(ref reader, alert);
        else if (name.SequenceEqual("SearchQuery"u8)) Mark(ref reader, alert, AlertFamily.Log);
        else if (name.SequenceEqual("SearchResults"u8)) CommonAlertCriteria.SearchResults(ref reader, alert);
        else if (name.SequenceEqual("Dimensions"u8)) CommonAlertCriteria.Dimensions(ref reader, alert);
        else if (name.SequenceEqual("SeverityDescription"u8)) alert.Level = SeverityText.OfLevel(Word(ref reader));
        else if (name.SequenceEqual("SearchIntervalEndtimeUtc"u8)) alert.ContextTime ??= Time(ref reader);
        else if (name.SequenceEqual("SearchIntervalEndTimeUtc"u8)) alert.ContextTime ??= Time(ref reader);
        else return false;
        return true;
    }

    private static bool Event(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("eventTimestamp"u8)) alert.ContextTime ??= Time(ref reader);
        else if (name.SequenceEqual("eventDataId"u8)) alert.EventDataId = Text(ref reader);
        else if (name.SequenceEqual("description"u8)) alert.EventText = Text(ref reader, alert);
        else if (name.SequenceEqual("correlationId"u8)) alert.CorrelationId = Text(ref reader);
        else if (name.SequenceEqual("operationName"u8)) Operation(ref reader, alert);
        else if (name.SequenceEqual("eventSource"u8)) EventSource(ref reader, alert);
        else if (name.SequenceEqual("level"u8)) alert.Level = SeverityText.OfLevel(Word(ref reader));
        else if (name.SequenceEqual("status"u8)) alert.Status = Text(ref reader, alert);
        else if (name.SequenceEqual("caller"u8)) alert.Caller = Text(ref reader, alert);
        else if (name.SequenceEqual("authorization"u8)) Authorization(ref reader, alert);
        else if (name.SequenceEqual("properties"u8)) CommonAlertProperties.Read(ref reader, alert);
        else if (name.SequenceEqual("resourceId"u8)) alert.ContextResource = Text(ref reader, alert) ?? alert.ContextResource;
        else return false;
        return true;
    }

    private static bool Other(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("labels"u8)) CommonAlertCriteria.Labels(ref reader, alert);
        else if (name.SequenceEqual("annotations"u8)) Annotations(ref reader, alert);
        else if (name.SequenceEqual("ruleGroup"u8)) RuleGroup(ref reader, alert);
        else if (name.SequenceEqual("DetectionSummary"u8)) Detection(ref reader, alert);
        else if (name.SequenceEqual("AnalysisTimestamp"u8)) alert.ContextTime ??= Time(ref reader);
        else if (name.SequenceEqual("AlertData"u8)) Cost(ref reader, alert);
        else if (name.SequenceEqual("linkedResourceId"u8)) Backup(ref reader, alert);
        else return false;
        return true;
    }

    private static void Mark(ref Utf8JsonReader reader, CommonAlert alert, AlertFamily family)
    {
        alert.Is(family);
        reader.Skip();
    }

    private static void ConditionType(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (Word(ref reader).SequenceEqual("LogQueryCriteria"u8)) alert.Is(AlertFamily.Log);
    }

    private static void Operation(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.Operation = Text(ref reader, alert);
        if (alert.Operation is null) return;
        var health = alert.Operation.StartsWith("Microsoft.ServiceHealth/", StringComparison.OrdinalIgnoreCase);
        alert.Is(health ? AlertFamily.ServiceHealth : AlertFamily.ActivityLog);
    }

    private static void EventSource(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.EventSource = Text(ref reader, alert);
        alert.Is(alert.EventSource switch
        {
            "ResourceHealth" => AlertFamily.ResourceHealth,
            "ServiceHealth" => AlertFamily.ServiceHealth,
            _ => AlertFamily.ActivityLog,
        });
    }

    private static void Authorization(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("scope"u8)) alert.Scope = Text(ref reader, alert);
            else reader.Skip();
        }
    }

    private static void Annotations(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("summary"u8)) alert.EventTitle = Text(ref reader, alert);
            else if (name.SequenceEqual("description"u8)) alert.EventText = Text(ref reader, alert);
            else reader.Skip();
        }
    }

    private static void RuleGroup(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.Is(AlertFamily.Prometheus);
        alert.RuleGroup = Text(ref reader, alert);
    }

    private static void Detection(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.Is(AlertFamily.SmartDetector);
        alert.EventTitle = Text(ref reader, alert);
    }

    private static void Cost(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.Is(AlertFamily.Cost);
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("BudgetName"u8)) alert.BudgetName = Text(ref reader, alert);
            else if (name.SequenceEqual("BudgetId"u8)) alert.BudgetId = Text(ref reader, alert);
            else if (name.SequenceEqual("Scope"u8)) alert.ContextResource = Text(ref reader, alert);
            else reader.Skip();
        }
    }

    private static void Backup(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.BackupSource = Text(ref reader, alert);
        if (alert.BackupSource is not null) alert.Is(AlertFamily.Backup);
    }
}
