namespace Correlation.Estate.Wire;

/// <summary>Alerts of a Prometheus rule group, as Azure Monitor's managed Prometheus sends them: labels, no
/// condition.</summary>
internal static class PrometheusPayloads
{
    public static string Of(AlertInstance alert, bool resolved)
    {
        var (rule, cluster) = (alert.Rule, alert.Target);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = rule.Watch,
            ["cluster"] = cluster.Name,
            ["severity"] = rule.Severity <= 1 ? "critical" : "warning",
        };
        foreach (var (name, value) in alert.Dimensions) { labels[name] = value; }

        return AlertPayloads.Envelope(new
        {
            alertId = alert.AlertId,
            alertRule = rule.NameOn(cluster),
            targetResourceType = cluster.Type.ToLowerInvariant(),
            alertRuleID = rule.IdOn(cluster).Replace($"/{rule.Watch}", "", StringComparison.Ordinal),
            severity = $"Sev{rule.Severity}",
            signalType = "Metric",
            monitorCondition = resolved ? "Resolved" : "Fired",
            targetResourceGroup = cluster.Group,
            monitoringService = "Prometheus",
            alertTargetIDs = new[] { cluster.Lower },
            configurationItems = new[] { cluster.Name },
            originAlertId = alert.OriginId,
            firedDateTime = TimeToken.O7(alert.Fired),
            resolvedDateTime = resolved ? TimeToken.O7(alert.Resolved!.Value) : null,
            description = rule.Description,
            essentialsVersion = "1.0",
            alertContextVersion = "1.0",
        }, new
        {
            interval = "PT1M",
            expression = rule.Measure,
            expressionValue = resolved ? "0" : rule.Threshold,
            @for = "PT5M",
            labels,
            annotations = new { description = rule.Description },
            ruleGroup = rule.IdOn(cluster).Replace($"/{rule.Watch}", "", StringComparison.Ordinal),
        });
    }
}
