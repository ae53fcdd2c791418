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
        while (NextProperty(ref reader, out var text))
        {
            var name = AlertNames.Find(text);
            if (name == AlertName.Data) Data(ref reader, alert, maxTargets);
            else if (name == AlertName.Properties) Rest(ref reader, alert, maxTargets);
            else if (name == AlertName.Id) alert.AlertId ??= Text(ref reader);
            else if (!Part(ref reader, name, alert, maxTargets))
            {
                alert.HasRecords |= RecordFieldNames.Find(text) == RecordField.Records;
                reader.Skip();
            }
        }
    }

    private static void Data(ref Utf8JsonReader reader, CommonAlert alert, int maxTargets)
    {
        if (!IsObject(ref reader)) return;
        while (NextName(ref reader, out var name))
        {
            if (!Part(ref reader, name, alert, maxTargets)) reader.Skip();
        }
    }

    private static bool Part(ref Utf8JsonReader reader, AlertName name, CommonAlert alert, int maxTargets)
    {
        if (name == AlertName.Essentials) Essentials(ref reader, alert, maxTargets);
        else if (name == AlertName.AlertContext) CommonAlertContext.Read(ref reader, alert);
        else return LegacyAlertReader.Property(ref reader, name, alert);
        return true;
    }

    // In the REST shape the alert is in the properties and its context is what alertContext is elsewhere. The properties of a
    // legacy alert are the rule owner's own, and hold neither.
    private static void Rest(ref Utf8JsonReader reader, CommonAlert alert, int maxTargets)
    {
        if (!IsObject(ref reader)) return;
        while (NextName(ref reader, out var name))
        {
            if (name == AlertName.Essentials) Essentials(ref reader, alert, maxTargets);
            else if (name == AlertName.Context) CommonAlertContext.Read(ref reader, alert);
            else reader.Skip();
        }
    }

    private static void Essentials(ref Utf8JsonReader reader, CommonAlert alert, int maxTargets)
    {
        if (!IsObject(ref reader)) return;
        while (NextName(ref reader, out var name))
        {
            if (!What(ref reader, name, alert) && !Which(ref reader, name, alert, maxTargets)) reader.Skip();
        }
    }

    private static bool What(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.Severity) alert.Severity = SeverityText.OfAlert(Word(ref reader));
        else if (name == AlertName.MonitorCondition) alert.State = State(Word(ref reader));
        else if (name == AlertName.MonitoringService) Service(ref reader, alert);
        else if (name == AlertName.FiredDateTime) alert.Fired = Time(ref reader);
        else if (name == AlertName.ResolvedDateTime) alert.Resolved = Time(ref reader);
        else if (name == AlertName.Description) alert.Description = Text(ref reader, alert);
        else if (name == AlertName.Region) alert.Region = Text(ref reader, alert);
        else return false;
        return true;
    }

    private static bool Which(ref Utf8JsonReader reader, AlertName name, CommonAlert alert, int maxTargets)
    {
        if (name == AlertName.AlertId) alert.AlertId = Text(ref reader);
        else if (name == AlertName.AlertRule) alert.RuleName = Text(ref reader, alert);
        else if (name == AlertName.AlertRuleID) alert.RuleId = Text(ref reader, alert);
        else if (name == AlertName.AlertTargetIDs) Targets(ref reader, alert, maxTargets);
        else if (name == AlertName.TargetResource) Target(ref reader, alert, maxTargets);
        else if (name == AlertName.ConfigurationItems) Items(ref reader, alert);
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

        if (!TryResource(ref reader, alert, out var target)) return;
        alert.Targets.Add(target);
        alert.TargetCount++;
    }

    private static void Items(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsArray(ref reader)) return;
        while (NextElement(ref reader))
        {
            var isName = reader.TokenType == JsonTokenType.String && reader.ValueSpan.IndexOfAny("/%\\"u8) < 0;
            if (isName || !TryResource(ref reader, alert, out var item) || item is null) continue;
            if (alert.ConfigurationItems.Count < CommonAlert.MaxList) alert.ConfigurationItems.Add(item);
        }
    }
}
