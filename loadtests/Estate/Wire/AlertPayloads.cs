namespace Correlation.Estate.Wire;

/// <summary>Alerts in the common alert schema, as an action group sends them: one message each.</summary>
internal static class AlertPayloads
{
    /// <summary>A fired or resolved alert of a metric or log rule.</summary>
    public static string Of(AlertInstance alert, bool resolved)
    {
        var (rule, target) = (alert.Rule, alert.Workspace ?? alert.Target);
        var log = rule.Kind == RuleKind.Log;
        if (rule.Kind == RuleKind.Prometheus) { return PrometheusPayloads.Of(alert, resolved); }

        return Envelope(new
        {
            alertId = alert.AlertId,
            alertRule = rule.NameOn(alert.Target),
            targetResourceType = target.Type.ToLowerInvariant(),
            alertRuleID = rule.IdOn(alert.Target),
            severity = $"Sev{rule.Severity}",
            signalType = log ? "Log" : "Metric",
            monitorCondition = resolved ? "Resolved" : "Fired",
            targetResourceGroup = target.Group,
            monitoringService = log ? "Log Alerts V2" : "Platform",
            alertTargetIDs = alert.TargetIds.Select(t => t.ToLowerInvariant()),
            configurationItems = new[] { target.Name },
            originAlertId = alert.OriginId,
            firedDateTime = TimeToken.O7(alert.Fired),
            resolvedDateTime = resolved ? TimeToken.O7(alert.Resolved!.Value) : null,
            description = rule.Description,
            essentialsVersion = "1.0",
            alertContextVersion = "1.0",
        }, Context(alert, resolved));
    }

    /// <summary>An alert of a resource-health rule; the return of health is a fired alert too.</summary>
    public static string ResourceHealth(HealthEvent health) => Envelope(
        Stateless(health.AlertId, ("resource-health", "Resource Health"), health.Resource, (health.EventDataId, health.Time)),
        new
        {
            channels = "Admin, Operation",
            correlationId = health.CorrelationId,
            eventSource = "ResourceHealth",
            eventTimestamp = TimeToken.O7(health.Time),
            eventDataId = health.EventDataId,
            level = health.IsUp ? "Informational" : "Critical",
            operationName = $"Microsoft.Resourcehealth/healthevent/{health.Stage}/action",
            operationId = health.CorrelationId,
            properties = health.Properties,
            status = health.Stage,
            submissionTimestamp = TimeToken.O7(health.Time + 20),
        });

    /// <summary>An alert of a service-health rule; the end of the event is a fired alert with stage Resolved.</summary>
    public static string ServiceHealth(ServiceEvent service) => Envelope(
        Stateless(service.AlertId, ("service-health", "ServiceHealth"), service.Scope, (service.EventDataId, service.Time)),
        new
        {
            authorization = (string?)null,
            channels = 1,
            correlationId = service.CorrelationId,
            eventSource = 2,
            eventTimestamp = TimeToken.O7(service.Time),
            eventDataId = service.EventDataId,
            level = 3,
            operationName = $"Microsoft.ServiceHealth/{service.Type.ToLowerInvariant()}/action",
            operationId = service.CorrelationId,
            properties = service.Properties("false"),
            status = service.Status,
            submissionTimestamp = TimeToken.O7(service.Time + 45),
        });

    /// <summary>The envelope of the common schema.</summary>
    public static string Envelope(object essentials, object context) => Json.Of(new
    {
        schemaId = "azureMonitorCommonAlertSchema",
        data = new { essentials, alertContext = context, customProperties = (string?)null },
    });

    private static object Stateless(
        string alertId, (string Name, string Service) rule, string target, (string EventDataId, double Time) what)
    {
        var subscription = target.Split('/')[2];
        return new
        {
            alertId,
            alertRule = rule.Name,
            alertRuleID = $"/subscriptions/{subscription}/resourceGroups/rg-monitor/providers/microsoft.insights/"
                + $"activityLogAlerts/{rule.Name}",
            severity = "Sev4",
            signalType = "Activity Log",
            monitorCondition = "Fired",
            monitoringService = rule.Service,
            alertTargetIDs = new[] { target.ToLowerInvariant() },
            originAlertId = $"{what.EventDataId}_{alertId[^12..]}",
            firedDateTime = TimeToken.O7(what.Time),
            description = "",
            essentialsVersion = "1.0",
            alertContextVersion = "1.0",
        };
    }

    private static object Context(AlertInstance alert, bool resolved)
    {
        var rule = alert.Rule;
        var end = resolved ? alert.Resolved!.Value : alert.Fired;
        var condition = new
        {
            windowSize = "PT5M",
            allOf = new[] { rule.Kind == RuleKind.Log ? LogCriterion(alert, resolved) : MetricCriterion(alert, resolved) },
            windowStartTime = TimeToken.O3(end - 300),
            windowEndTime = TimeToken.O3(end),
        };
        return new
        {
            properties = (string?)null,
            conditionType = rule.Kind switch
            {
                RuleKind.Log => "LogQueryCriteria",
                RuleKind.WebTest => "WebtestLocationAvailabilityCriteria",
                RuleKind.DynamicMetric => "DynamicThresholdCriteria",
                _ => rule.IsShared ? "MultipleResourceMultipleMetricCriteria" : "SingleResourceMultipleMetricCriteria",
            },
            condition,
        };
    }

    private static object MetricCriterion(AlertInstance alert, bool resolved)
    {
        var rule = alert.Rule;
        var dynamic = rule.Kind == RuleKind.DynamicMetric;
        return new
        {
            alertSensitivity = dynamic ? "Medium" : null,
            failingPeriods = dynamic ? new { numberOfEvaluationPeriods = 4, minFailingPeriodsToAlert = 4 } : null,
            metricName = rule.Measure,
            metricNamespace = string.Join('/', alert.Target.Type.Split('/').Take(2)),
            @operator = rule.Operator,
            threshold = rule.Threshold,
            timeAggregation = "Average",
            dimensions = alert.Dimensions.Select(d => new { name = d.Name, value = d.Value }),
            metricValue = resolved ? Math.Round(rule.Value * 0.04, 3) : rule.Value,
            webTestName = rule.Kind == RuleKind.WebTest ? alert.Target.Name : null,
        };
    }

    private static object LogCriterion(AlertInstance alert, bool resolved) => new
    {
        searchQuery = alert.Rule.Measure,
        targetResourceTypes = $"['{alert.Target.Type}']",
        @operator = alert.Rule.Operator,
        threshold = alert.Rule.Threshold,
        timeAggregation = "Count",
        dimensions = alert.Dimensions.Select(d => new { name = d.Name, value = d.Value })
            .Prepend(new { name = "_ResourceId", value = alert.Target.Lower }),
        metricValue = resolved ? 0 : alert.Rule.Value,
        failingPeriods = new { numberOfEvaluationPeriods = 1, minFailingPeriodsToAlert = 1 },
        linkToSearchResultsUI = "https://portal.azure.com/#blade/Microsoft_Azure_Monitoring_Logs/LogsBlade",
    };
}
