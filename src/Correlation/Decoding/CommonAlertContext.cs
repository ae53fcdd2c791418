using System.Text.Json;
using Correlation.Signals;
using static Correlation.Decoding.CommonAlertText;

namespace Correlation.Decoding;

/// <summary>Reads the context of an alert: what every kind of rule adds to the essentials.</summary>
internal static class CommonAlertContext
{
    /// <summary>Reads the value that the reader stands on; anything but an object is skipped.</summary>
    public static void Read(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        while (NextName(ref reader, out var name))
        {
            if (Criteria(ref reader, name, alert) || Event(ref reader, name, alert) || Other(ref reader, name, alert)) continue;
            reader.Skip();
        }
    }

    /// <summary>Reads a property that rules over metrics and log queries have.</summary>
    /// <returns>False, and nothing read, where the name means nothing here.</returns>
    public static bool Criteria(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.Condition) CommonAlertCriteria.Condition(ref reader, alert);
        else if (name == AlertName.ConditionType) ConditionType(ref reader, alert);
        else if (name == AlertName.SearchQuery) Mark(ref reader, alert, AlertFamily.Log);
        else if (name == AlertName.SearchResults) CommonAlertCriteria.SearchResults(ref reader, alert);
        else if (name == AlertName.LegacyDimensions) CommonAlertCriteria.Dimensions(ref reader, alert);
        else if (name == AlertName.SeverityDescription) Level(ref reader, alert);
        else if (name == AlertName.SearchIntervalEndtimeUtc) ContextTime(ref reader, alert);
        else return false;
        return true;
    }

    private static bool Event(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.EventTimestamp) ContextTime(ref reader, alert);
        else if (name == AlertName.EventDataId) EventDataId(ref reader, alert);
        else if (name == AlertName.Description) alert.EventText = Text(ref reader, alert, alert.Description is null);
        else if (name == AlertName.CorrelationId) alert.CorrelationId = Text(ref reader);
        else if (name == AlertName.OperationName) Operation(ref reader, alert);
        else if (name == AlertName.EventSource) EventSource(ref reader, alert);
        else if (name == AlertName.Level) Level(ref reader, alert);
        else if (name == AlertName.Status) alert.Status = Text(ref reader, alert);
        else if (name == AlertName.Caller) alert.Caller = Text(ref reader, alert);
        else if (name == AlertName.Authorization) Authorization(ref reader, alert);
        else if (name == AlertName.Properties) CommonAlertProperties.Read(ref reader, alert);
        else if (name == AlertName.ResourceId) alert.ContextResource = Text(ref reader, alert) ?? alert.ContextResource;
        else return false;
        return true;
    }

    private static bool Other(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.Labels) CommonAlertCriteria.Labels(ref reader, alert);
        else if (name == AlertName.Annotations) Annotations(ref reader, alert);
        else if (name == AlertName.RuleGroup) RuleGroup(ref reader, alert);
        else if (name == AlertName.DetectionSummary) Detection(ref reader, alert);
        else if (name == AlertName.AnalysisTimestamp) ContextTime(ref reader, alert);
        else if (name == AlertName.AlertData) Cost(ref reader, alert);
        else if (name == AlertName.LinkedResourceId) Backup(ref reader, alert);
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

    private static void Level(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (alert.Severity == Severity.Unknown) alert.Level = SeverityText.OfLevel(Word(ref reader));
        else reader.Skip();
    }

    private static void EventDataId(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (alert.AlertId is null) alert.EventDataId = Text(ref reader);
        else reader.Skip();
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
            if (name.SequenceEqual("scope"u8)) alert.Scope = Text(ref reader, alert, alert.Targets.Count == 0);
            else reader.Skip();
        }
    }

    private static void Annotations(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("summary"u8)) Summary(ref reader, alert);
            else if (name.SequenceEqual("description"u8)) alert.EventText = Text(ref reader, alert, alert.Description is null);
            else reader.Skip();
        }
    }

    private static void Summary(ref Utf8JsonReader reader, CommonAlert alert) =>
        alert.EventTitle = Text(ref reader, alert, alert.RuleName is null || alert.Description is null);

    private static void RuleGroup(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.Is(AlertFamily.Prometheus);
        alert.RuleGroup = Text(ref reader, alert, alert.RuleName is null || alert.Targets.Count == 0);
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
