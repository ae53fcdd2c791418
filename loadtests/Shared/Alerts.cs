using System.Globalization;

namespace Correlation.LoadTests.Shared;

/// <summary>Alerts in the common alert schema.</summary>
internal static class Alerts
{
    public static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    public static string Fired(string resource, string rule, Guid id, int severity, DateTime at) =>
        Write(resource, rule, id, severity, ("Fired", at, null));

    public static string Resolved(
        string resource, string rule, Guid id, int severity, (DateTime Fired, DateTime Resolved) times) =>
        Write(resource, rule, id, severity, ("Resolved", times.Fired, times.Resolved));

    private static string Write(
        string resource, string rule, Guid id, int severity, (string Condition, DateTime Fired, DateTime? Resolved) what)
    {
        var subscription = string.Join('/', resource.Split('/').Take(3));
        var resolved = what.Resolved is { } at ? $"\"resolvedDateTime\":\"{Time(at)}\"," : "";
        return $$$"""
            {"schemaId":"azureMonitorCommonAlertSchema","data":{"essentials":{
            "alertId":"{{{subscription}}}/providers/Microsoft.AlertsManagement/alerts/{{{id}}}","alertRule":"{{{rule}}}",
            "alertRuleID":"{{{subscription}}}/resourceGroups/rg-monitor/providers/microsoft.insights/metricAlerts/{{{rule}}}",
            "severity":"Sev{{{severity}}}","signalType":"Metric","monitorCondition":"{{{what.Condition}}}",
            "monitoringService":"Platform","alertTargetIDs":["{{{resource}}}"],"originAlertId":"{{{id}}}",
            "firedDateTime":"{{{Time(what.Fired)}}}",{{{resolved}}}"description":"A metric crossed its threshold",
            "essentialsVersion":"1.0","alertContextVersion":"1.0"},"alertContext":{"properties":null,
            "conditionType":"SingleResourceMultipleMetricCriteria","condition":{"windowSize":"PT5M","allOf":[
            {"metricName":"Percentage CPU","metricNamespace":null,"operator":"GreaterThan","threshold":"90",
            "timeAggregation":"Average","dimensions":[],"metricValue":93.5,"webTestName":null}]}},"customProperties":null}}
            """;
    }

    private static string Time(DateTime at) => at.ToString("O", CultureInfo.InvariantCulture);
}
