using System.Text.Json;
using static Correlation.Decoding.CommonAlertText;

namespace Correlation.Decoding;

/// <summary>Reads an alert of the common schema, the alerts-management REST shape or a legacy schema, in one pass.</summary>
/// <remarks>
/// Source: Azure Monitor, "Common alert schema"; everything in it is optional and its keys come in any order, so that nothing is
/// decided before the end. Texts in the wrong place (a number for a name, an object for a text) are skipped.
/// </remarks>
internal static class CommonAlertReader
{
    /// <summary>Reads a whole record.</summary>
    /// <param name="reader">Stands on the record's opening brace.</param>
    /// <param name="alert">Takes what is read; cleared beforehand.</param>
    /// <param name="maxTargets">How many targets are kept; those beyond are only counted.</param>
    public static void Record(ref Utf8JsonReader reader, CommonAlert alert, int maxTargets)
    {
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("data"u8)) Data(ref reader, alert, maxTargets);
            else if (name.SequenceEqual("properties"u8)) Rest(ref reader, alert, maxTargets);
            else if (name.SequenceEqual("id"u8)) alert.AlertId ??= Text(ref reader);
            else if (!Part(ref reader, name, alert, maxTargets))
            {
                alert.HasRecords |= RecordFieldNames.Find(name) == RecordField.Records;
                reader.Skip();
            }
        }
    }

    private static void Data(ref Utf8JsonReader reader, CommonAlert alert, int maxTargets)
    {
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (!Part(ref reader, name, alert, maxTargets)) reader.Skip();
        }
    }

    private static bool Part(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert, int maxTargets)
    {
        if (name.SequenceEqual("essentials"u8)) Essentials(ref reader, alert, maxTargets);
        else if (name.SequenceEqual("alertContext"u8)) CommonAlertContext.Read(ref reader, alert);
        else return LegacyAlertReader.Property(ref reader, name, alert);
        return true;
    }

    // In the REST shape the alert is in the properties and its context is what alertContext is elsewhere. The properties of a
    // legacy alert are the rule owner's own, and hold neither.
    private static void Rest(ref Utf8JsonReader reader, CommonAlert alert, int maxTargets)
    {
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("essentials"u8)) Essentials(ref reader, alert, maxTargets);
            else if (name.SequenceEqual("context"u8)) CommonAlertContext.Read(ref reader, alert);
            else reader.Skip();
        }
    }

    private static void Essentials(ref Utf8JsonReader reader, CommonAlert alert, int maxTargets)
    {
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (!What(ref reader, name, alert) && !Which(ref reader, name, alert, maxTargets)) reader.Skip();
        }
    }

    private static bool What(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("severity"u8)) alert.Severity = SeverityText.OfAlert(Word(ref reader));
        else if (name.SequenceEqual("monitorCondition"u8)) alert.State = State(Word(ref reader));
        else if (name.SequenceEqual("monitoringService"u8) || name.SequenceEqual("monitorService"u8)) Service(ref reader, alert);
        else if (name.SequenceEqual("firedDateTime"u8) || name.SequenceEqual("startDateTime"u8)) alert.Fired = Time(ref reader);
        else if (name.SequenceEqual("resolvedDateTime"u8)) alert.Resolved = Time(ref reader);
        else if (name.SequenceEqual("monitorConditionResolvedDateTime"u8)) alert.Resolved = Time(ref reader);
        else if (name.SequenceEqual("description"u8)) alert.Description = Text(ref reader, alert);
        else if (name.SequenceEqual("region"u8)) alert.Region = Text(ref reader, alert);
        else return false;
        return true;
    }

    private static bool Which(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert, int maxTargets)
    {
        if (name.SequenceEqual("alertId"u8)) alert.AlertId = Text(ref reader);
        else if (name.SequenceEqual("alertRule"u8)) alert.RuleName = Text(ref reader, alert);
        else if (name.SequenceEqual("alertRuleID"u8)) alert.RuleId = Text(ref reader, alert);
        else if (name.SequenceEqual("alertRuleId"u8)) alert.RuleId = Text(ref reader, alert);
        else if (name.SequenceEqual("alertTargetIDs"u8)) Targets(ref reader, alert, maxTargets);
        else if (name.SequenceEqual("alertTargetIds"u8)) Targets(ref reader, alert, maxTargets);
        else if (name.SequenceEqual("targetResource"u8)) Target(ref reader, alert, maxTargets);
        else if (name.SequenceEqual("configurationItems"u8)) Items(ref reader, alert);
        else return false;
        return true;
    }

    private static void Service(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.Service = Text(ref reader, alert);
        alert.Is(alert.Service switch
        {
            null => AlertFamily.Metric,
            "Platform" => AlertFamily.Metric,
            "Log Analytics" or "Application Insights" or "Log Alerts V2" => AlertFamily.Log,
            "SmartDetector" or "Smart Detector" => AlertFamily.SmartDetector,
            "Prometheus" => AlertFamily.Prometheus,
            "ServiceHealth" or "Service Health" => AlertFamily.ServiceHealth,
            "ResourceHealth" or "Resource Health" => AlertFamily.ResourceHealth,
            "CostAlerts" => AlertFamily.Cost,
            "Azure Backup" => AlertFamily.Backup,
            var other when other.StartsWith("Activity Log", StringComparison.OrdinalIgnoreCase) => AlertFamily.ActivityLog,
            _ => AlertFamily.Metric,
        });
    }

    /// <summary>The state that a word says.</summary>
    public static AlertState State(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("Fired"u8) || word.SequenceEqual("Activated"u8)) return AlertState.Fired;
        return word.SequenceEqual("Resolved"u8) || word.SequenceEqual("Deactivated"u8) ? AlertState.Resolved : AlertState.Unsaid;
    }

    private static void Targets(ref Utf8JsonReader reader, CommonAlert alert, int maxTargets)
    {
        if (reader.TokenType == JsonTokenType.String) Target(ref reader, alert, maxTargets);
        else if (IsArray(ref reader))
        {
            while (NextElement(ref reader)) Target(ref reader, alert, maxTargets);
        }
    }

    private static void Target(ref Utf8JsonReader reader, CommonAlert alert, int maxTargets)
    {
        if (alert.Targets.Count >= maxTargets && reader.TokenType == JsonTokenType.String)
        {
            alert.TargetCount++;
            return;
        }

        if (Text(ref reader, alert) is not { } target) return;
        alert.Targets.Add(target);
        alert.TargetCount++;
    }

    private static void Items(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsArray(ref reader)) return;
        while (NextElement(ref reader))
        {
            var item = Text(ref reader, alert);
            if (item is not null && alert.ConfigurationItems.Count < CommonAlert.MaxList) alert.ConfigurationItems.Add(item);
        }
    }
}
