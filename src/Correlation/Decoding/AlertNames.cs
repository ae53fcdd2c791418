namespace Correlation.Decoding;

/// <summary>The spellings of an alert's properties; case counts. A name that is not here is skipped.</summary>
internal static class AlertNames
{
    private static readonly NameTable<AlertName> Names = new(ignoresCase: false,
    [
        ("data", AlertName.Data), ("properties", AlertName.Properties), ("id", AlertName.Id),
        ("essentials", AlertName.Essentials), ("alertContext", AlertName.AlertContext), ("context", AlertName.Context),
        ("severity", AlertName.Severity), ("monitorCondition", AlertName.MonitorCondition),
        ("monitoringService", AlertName.MonitoringService), ("monitorService", AlertName.MonitoringService),
        ("firedDateTime", AlertName.FiredDateTime), ("startDateTime", AlertName.FiredDateTime),
        ("resolvedDateTime", AlertName.ResolvedDateTime), ("monitorConditionResolvedDateTime", AlertName.ResolvedDateTime),
        ("description", AlertName.Description), ("region", AlertName.Region), ("alertId", AlertName.AlertId),
        ("alertRule", AlertName.AlertRule), ("alertRuleID", AlertName.AlertRuleID), ("alertRuleId", AlertName.AlertRuleID),
        ("alertTargetIDs", AlertName.AlertTargetIDs), ("alertTargetIds", AlertName.AlertTargetIDs),
        ("targetResource", AlertName.TargetResource), ("configurationItems", AlertName.ConfigurationItems),
        ("condition", AlertName.Condition), ("conditionType", AlertName.ConditionType), ("SearchQuery", AlertName.SearchQuery),
        ("SearchResults", AlertName.SearchResults), ("Dimensions", AlertName.LegacyDimensions),
        ("SeverityDescription", AlertName.SeverityDescription),
        ("SearchIntervalEndtimeUtc", AlertName.SearchIntervalEndtimeUtc),
        ("SearchIntervalEndTimeUtc", AlertName.SearchIntervalEndtimeUtc), ("eventTimestamp", AlertName.EventTimestamp),
        ("eventDataId", AlertName.EventDataId), ("correlationId", AlertName.CorrelationId),
        ("operationName", AlertName.OperationName), ("eventSource", AlertName.EventSource), ("level", AlertName.Level),
        ("status", AlertName.Status), ("caller", AlertName.Caller), ("authorization", AlertName.Authorization),
        ("resourceId", AlertName.ResourceId), ("labels", AlertName.Labels), ("annotations", AlertName.Annotations),
        ("ruleGroup", AlertName.RuleGroup), ("DetectionSummary", AlertName.DetectionSummary),
        ("AnalysisTimestamp", AlertName.AnalysisTimestamp), ("AlertData", AlertName.AlertData),
        ("linkedResourceId", AlertName.LinkedResourceId), ("BudgetName", AlertName.BudgetName),
        ("currentHealthStatus", AlertName.CurrentHealthStatus), ("healthStatus", AlertName.CurrentHealthStatus),
        ("cause", AlertName.HealthCause), ("healthEventCause", AlertName.HealthCause),
        ("trackingId", AlertName.TrackingId), ("stage", AlertName.Stage), ("incidentType", AlertName.IncidentType),
        ("title", AlertName.Title), ("Severity", AlertName.LegacySeverity),
        ("recommendationImpact", AlertName.RecommendationImpact), ("recommendationName", AlertName.RecommendationName),
        ("resourceName", AlertName.ResourceName), ("entity", AlertName.ResourceName),
        ("AlertRuleName", AlertName.AlertRuleName), ("Description", AlertName.LegacyDescription),
        ("ResourceId", AlertName.LegacyResourceId), ("SearchResult", AlertName.SearchResult),
        ("SubscriptionId", AlertName.LegacySubscriptionId), ("ResourceGroup", AlertName.ResourceGroup),
        ("activityLog", AlertName.ActivityLog), ("name", AlertName.Name), ("timestamp", AlertName.Timestamp),
        ("resourceRegion", AlertName.ResourceRegion), ("subscriptionId", AlertName.SubscriptionId),
        ("resourceGroupName", AlertName.ResourceGroupName), ("allOf", AlertName.AllOf),
        ("windowEndTime", AlertName.WindowEndTime), ("dimensions", AlertName.Dimensions),
    ]);

    /// <summary>What a name stands for; <see cref="AlertName.None"/> for one that is not known.</summary>
    public static AlertName Find(ReadOnlySpan<byte> name) => Names.Find(name);
}
