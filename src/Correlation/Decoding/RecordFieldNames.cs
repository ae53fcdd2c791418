namespace Correlation.Decoding;

/// <summary>The spellings under which Azure sends a field; case does not count.</summary>
/// <remarks>Source: the field variants counted over real payloads; a name that is not here is skipped.</remarks>
internal static class RecordFieldNames
{
    private static readonly NameTable<RecordField> Names = new(ignoresCase: true,
    [
        ("resourceId", RecordField.ResourceId), ("_ResourceId", RecordField.RowResourceId),
        ("AzureResourceId", RecordField.AzureResourceId), ("resourceUri", RecordField.AzureResourceId),
        ("_Internal_WorkspaceResourceId", RecordField.WorkspaceResourceId),
        ("tenantId", RecordField.Tenant),
        ("time", RecordField.Time), ("TimeGenerated", RecordField.TimeGenerated), ("eventTimestamp", RecordField.EventTimestamp),
        ("timeStamp", RecordField.Timestamp), ("EventTime", RecordField.EventTime),
        ("EventTimeString", RecordField.EventTimeString), ("CreatedDateTime", RecordField.CreatedDateTime),
        ("eventDateTime", RecordField.EventDateTime),
        ("category", RecordField.Category), ("CategoryValue", RecordField.CategoryValue), ("Type", RecordField.Type),
        ("operationName", RecordField.OperationName), ("OperationNameValue", RecordField.OperationNameValue),
        ("Operation", RecordField.Operation), ("eventName", RecordField.EventName),
        ("level", RecordField.Level), ("LogLevel", RecordField.LogLevel), ("EventLevelName", RecordField.EventLevelName),
        ("Severity", RecordField.Severity), ("SeverityLevel", RecordField.SeverityLevel),
        ("EventLevel", RecordField.EventLevel), ("ErrorLevel", RecordField.ErrorLevel),
        ("resultType", RecordField.ResultType),
        ("resultDescription", RecordField.ResultDescription), ("status", RecordField.Status),
        ("ActivityStatusValue", RecordField.ActivityStatusValue),
        ("correlationId", RecordField.CorrelationId), ("eventDataId", RecordField.EventDataId), ("_ItemId", RecordField.ItemId),
        ("identity", RecordField.Identity), ("caller", RecordField.Caller),
        ("location", RecordField.Location), ("properties", RecordField.Properties),
        ("eventProperties", RecordField.EventProperties),
        ("description", RecordField.Description),
        ("message", RecordField.Message), ("msg", RecordField.Message), ("SyslogMessage", RecordField.Message),
        ("title", RecordField.Title), ("records", RecordField.Records),
        ("metricName", RecordField.MetricName), ("average", RecordField.Average), ("minimum", RecordField.Minimum),
        ("maximum", RecordField.Maximum), ("total", RecordField.Total), ("count", RecordField.Count), ("last", RecordField.Last),
        ("timeGrain", RecordField.TimeGrain),
        ("statusMessage", RecordField.StatusMessage), ("trackingId", RecordField.TrackingId), ("stage", RecordField.Stage),
        ("DeviceName", RecordField.DeviceName), ("DeviceId", RecordField.DeviceId), ("AlertId", RecordField.AlertId),
        ("incidentType", RecordField.IncidentType),
        ("impactedServices", RecordField.ImpactedServices), ("region", RecordField.Region),
        ("regionName", RecordField.Region),
        ("currentHealthStatus", RecordField.CurrentHealthStatus), ("healthStatus", RecordField.CurrentHealthStatus),
        ("cause", RecordField.Cause), ("healthEventCause", RecordField.Cause),
        ("RuleUri", RecordField.RuleUri), ("RuleName", RecordField.RuleName), ("recommendationImpact", RecordField.Impact),
        ("recommendationName", RecordField.RecommendationName), ("ResourceName", RecordField.ResourceName),
        ("schemaId", RecordField.AlertMark), ("essentials", RecordField.AlertMark), ("alertContext", RecordField.AlertMark),
        ("SystemAlertId", RecordField.AlertMark), ("AlertType", RecordField.AlertMark), ("eventType", RecordField.AlertMark),
        ("specversion", RecordField.AlertMark), ("SearchQuery", RecordField.AlertMark), ("AlertRuleName", RecordField.AlertMark),
        ("assessmentEventDataEnrichment", RecordField.AlertMark), ("securityEventDataEnrichment", RecordField.AlertMark),
    ]);

    /// <summary>The field of a name; <see cref="RecordField.None"/> for one that is not known.</summary>
    public static RecordField Find(ReadOnlySpan<byte> name) => Names.Find(name);
}
