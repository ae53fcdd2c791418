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
    public static bool Property(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("status"u8)) alert.State = CommonAlertReader.State(Word(ref reader));
        else if (name.SequenceEqual("context"u8)) Context(ref reader, alert);
        else return Log(ref reader, name, alert) || Budget(ref reader, name, alert);
        return true;
    }

    private static bool Log(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("AlertRuleName"u8)) alert.RuleName = Text(ref reader, alert);
        else if (name.SequenceEqual("Severity"u8)) alert.Severity = SeverityText.OfAlert(Word(ref reader));
        else if (name.SequenceEqual("Description"u8)) alert.Description = Text(ref reader, alert);
        else if (name.SequenceEqual("ResourceId"u8)) alert.ContextResource = Text(ref reader, alert) ?? alert.ContextResource;
        else if (name.SequenceEqual("SearchResult"u8)) CommonAlertCriteria.SearchResults(ref reader, alert);
        else return CommonAlertContext.Criteria(ref reader, name, alert);
        return true;
    }

    private static bool Budget(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("BudgetName"u8))
        {
            alert.BudgetName = Text(ref reader, alert);
            alert.Is(AlertFamily.Cost);
        }
        else if (name.SequenceEqual("SubscriptionId"u8)) alert.SubscriptionId = Text(ref reader, alert);
        else if (name.SequenceEqual("ResourceGroup"u8)) alert.ResourceGroup = Text(ref reader, alert);
        else return false;
        return true;
    }

    private static void Context(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (!IsObject(ref reader)) return;
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("activityLog"u8)) ActivityLog(ref reader, alert);
            else if (!Rule(ref reader, name, alert) && !Resource(ref reader, name, alert)) reader.Skip();
        }
    }

    private static bool Rule(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("id"u8)) alert.RuleId = Text(ref reader, alert);
        else if (name.SequenceEqual("name"u8)) alert.RuleName = Text(ref reader, alert);
        else if (name.SequenceEqual("description"u8)) alert.Description = Text(ref reader, alert);
        else if (name.SequenceEqual("severity"u8)) alert.Severity = SeverityText.OfAlert(Word(ref reader));
        else if (name.SequenceEqual("timestamp"u8)) alert.Fired = Time(ref reader);
        else return false;
        return true;
    }

    private static bool Resource(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, CommonAlert alert)
    {
        if (name.SequenceEqual("resourceId"u8)) alert.ContextResource = Text(ref reader, alert) ?? alert.ContextResource;
        else if (name.SequenceEqual("resourceRegion"u8)) alert.Region = Text(ref reader, alert);
        else if (name.SequenceEqual("subscriptionId"u8)) alert.SubscriptionId = Text(ref reader, alert);
        else if (name.SequenceEqual("resourceGroupName"u8)) alert.ResourceGroup = Text(ref reader, alert);
        else return CommonAlertContext.Criteria(ref reader, name, alert);
        return true;
    }

    private static void ActivityLog(ref Utf8JsonReader reader, CommonAlert alert)
    {
        alert.Is(AlertFamily.ActivityLog);
        CommonAlertContext.Read(ref reader, alert);
    }
}
