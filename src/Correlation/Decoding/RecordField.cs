namespace Correlation.Decoding;

/// <summary>The fields that a decoder knows by name, whatever their spelling; see <see cref="RecordFieldNames"/>.</summary>
internal enum RecordField : byte
{
    None = 0,

    // What it is about.
    ResourceId,
    RowResourceId,
    AzureResourceId,
    WorkspaceResourceId,
    Tenant,

    // When, in the order in which they are asked.
    Time,
    TimeGenerated,
    EventTimestamp,
    Timestamp,
    EventTime,
    EventTimeString,
    CreatedDateTime,
    EventDateTime,

    // What sort.
    Category,
    CategoryValue,
    Type,
    OperationName,
    OperationNameValue,
    Operation,
    EventName,

    // How bad, in the order in which they are asked.
    Level,
    LogLevel,
    EventLevelName,
    Severity,
    SeverityLevel,
    EventLevel,
    ErrorLevel,

    // How it went.
    ResultType,
    ResultDescription,
    Status,
    ActivityStatusValue,

    // What else of it.
    CorrelationId,
    EventDataId,
    ItemId,
    Identity,
    Caller,
    Location,
    Properties,
    EventProperties,
    Description,
    Message,
    Title,
    Records,

    // A metric.
    MetricName,
    Average,
    Minimum,
    Maximum,
    Total,
    Count,
    Last,
    TimeGrain,

    // The properties of an activity-log entry.
    StatusMessage,
    TrackingId,
    Stage,
    DeviceName,
    DeviceId,
    AlertId,
    IncidentType,
    ImpactedServices,
    Region,
    CurrentHealthStatus,
    Cause,
    RuleUri,
    RuleName,
    Impact,
    RecommendationName,
    ResourceName,

    // What only alerts and their like have at their top.
    AlertMark,

    // How many there are.
    Limit,
}
