using System.Text.Json;
using static Correlation.Decoding.CommonAlertText;

namespace Correlation.Decoding;

/// <summary>Reads what the schemas before the common one have instead of essentials, into the same place.</summary>
/// <remarks>
/// Source: Azure Monitor, "Non-common alert schema definitions". <c>AzureMonitorMetricAlert</c> and the classic metric alert have
/// <c>status</c> and <c>context</c>; <c>Microsoft.Insights/activityLogs</c> has <c>context.activityLog</c>; the log alert and the
/// budget notification are flat.
/// </remarks>
internal static class LegacyAlertReader
{
    /// <summary>Reads one property of the record's root or of its <c>data</c>.</summary>
    /// <returns>False, and nothing read, where the name means nothing here.</returns>
    public static bool Property(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.Status) alert.State = CommonAlertReader.State(Word(ref reader));
        else if (name == AlertName.Context) Context(ref reader, alert);
        else return Log(ref reader, name, alert) || Budget(ref reader, name, alert);
        return true;
    }

    private static bool Log(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.AlertRuleName) alert.RuleName = Text(ref reader, alert);
        else if (name == AlertName.LegacySeverity) alert.Severity = SeverityText.OfAlert(Word(ref reader));
        else if (name == AlertName.LegacyDescription) alert.Description = Text(ref reader, alert);
        else if (name == AlertName.LegacyResourceId) alert.ContextResource = Text(ref reader, alert) ?? alert.ContextResource;
        else if (name == AlertName.SearchResult) CommonAlertCriteria.SearchResults(ref reader, alert);
        else return CommonAlertContext.Criteria(ref reader, name, alert);
        return true;
    }

    private static bool Budget(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.BudgetName)
        {
            alert.BudgetName = Text(ref reader, alert);
            alert.Is(AlertFamily.Cost);
        }
        else if (name == AlertName.LegacySubscriptionId) alert.SubscriptionId = Text(ref reader, alert);
        else if (name == AlertName.ResourceGroup) alert.ResourceGroup = Text(ref reader, alert);
        else return false;
        return true;
    }

    private static void Context(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        while (NextName(ref reader, out var name))
        {
            if (name == AlertName.ActivityLog) ActivityLog(ref reader, alert);
            else if (!Rule(ref reader, name, alert) && !Resource(ref reader, name, alert)) reader.Skip();
        }
    }

    private static bool Rule(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.Id) alert.RuleId = Text(ref reader, alert);
        else if (name == AlertName.Name) alert.RuleName = Text(ref reader, alert);
        else if (name == AlertName.Description) alert.Description = Text(ref reader, alert);
        else if (name == AlertName.Severity) alert.Severity = SeverityText.OfAlert(Word(ref reader));
        else if (name == AlertName.Timestamp) alert.Fired = Time(ref reader);
        else return false;
        return true;
    }

    private static bool Resource(ref Utf8JsonReader reader, AlertName name, CommonAlert alert)
    {
        if (name == AlertName.ResourceId) alert.ContextResource = Text(ref reader, alert) ?? alert.ContextResource;
        else if (name == AlertName.ResourceRegion) alert.Region = Text(ref reader, alert);
        else if (name == AlertName.SubscriptionId) alert.SubscriptionId = Text(ref reader, alert);
        else if (name == AlertName.ResourceGroupName) alert.ResourceGroup = Text(ref reader, alert);
        else return CommonAlertContext.Criteria(ref reader, name, alert);
        return true;
    }

    private static void ActivityLog(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.Is(AlertFamily.ActivityLog);
        CommonAlertContext.Read(ref reader, alert);
    }
}
