using System.Text;

namespace Correlation.Decoding;

/// <summary>The spellings under which Azure sends a field; case does not count.</summary>
/// <remarks>Source: the field variants counted over real payloads; a name that is not here is skipped.</remarks>
internal static class RecordFieldNames
{
    private const int Slots = 512;
    private const int Longest = 40;

    private static readonly (string Name, RecordField Field)[] Spellings =
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
        ("description", RecordField.Description),
        ("message", RecordField.Message), ("msg", RecordField.Message), ("SyslogMessage", RecordField.Message),
        ("title", RecordField.Title), ("records", RecordField.Records),
        ("metricName", RecordField.MetricName), ("average", RecordField.Average), ("minimum", RecordField.Minimum),
        ("maximum", RecordField.Maximum), ("total", RecordField.Total), ("count", RecordField.Count), ("last", RecordField.Last),
        ("timeGrain", RecordField.TimeGrain),
        ("trackingId", RecordField.TrackingId), ("stage", RecordField.Stage),
        ("DeviceName", RecordField.DeviceName), ("DeviceId", RecordField.DeviceId), ("AlertId", RecordField.AlertId),
        ("incidentType", RecordField.IncidentType),
        ("impactedServices", RecordField.ImpactedServices), ("region", RecordField.Region),
        ("regionName", RecordField.Region),
        ("currentHealthStatus", RecordField.CurrentHealthStatus), ("healthStatus", RecordField.CurrentHealthStatus),
        ("RuleUri", RecordField.RuleUri), ("RuleName", RecordField.RuleName), ("recommendationImpact", RecordField.Impact),
        ("recommendationName", RecordField.RecommendationName), ("ResourceName", RecordField.ResourceName),
        ("schemaId", RecordField.AlertMark), ("essentials", RecordField.AlertMark), ("alertContext", RecordField.AlertMark),
        ("SystemAlertId", RecordField.AlertMark), ("AlertType", RecordField.AlertMark), ("eventType", RecordField.AlertMark),
        ("specversion", RecordField.AlertMark), ("SearchQuery", RecordField.AlertMark), ("AlertRuleName", RecordField.AlertMark),
        ("assessmentEventDataEnrichment", RecordField.AlertMark), ("securityEventDataEnrichment", RecordField.AlertMark),
    ];

    private static readonly (byte[]? Name, RecordField Field)[] Table = Build();

    /// <summary>The field of a name; <see cref="RecordField.None"/> for one that is not known.</summary>
    public static RecordField Find(ReadOnlySpan<byte> name)
    {
        if (name.Length is < 3 or > Longest) return RecordField.None;
        for (var slot = Slot(name); Table[slot].Name is { } known; slot = (slot + 1) & (Slots - 1))
        {
            if (Ascii.EqualsIgnoreCase(name, known)) return Table[slot].Field;
        }

        return RecordField.None;
    }

    private static int Slot(ReadOnlySpan<byte> name)
    {
        var first = name[0] | 0x20;
        var middle = name[name.Length >> 1] | 0x20;
        var last = name[^2] | 0x20;
        return ((name.Length * 37) ^ (first * 11) ^ (middle * 5) ^ (last << 4)) & (Slots - 1);
    }

    private static (byte[]? Name, RecordField Field)[] Build()
    {
        var table = new (byte[]? Name, RecordField Field)[Slots];
        foreach (var (name, field) in Spellings)
        {
            var utf8 = Encoding.ASCII.GetBytes(name);
            var slot = Slot(utf8);
            while (table[slot].Name is not null) slot = (slot + 1) & (Slots - 1);
            table[slot] = (utf8, field);
        }

        return table;
    }
}
