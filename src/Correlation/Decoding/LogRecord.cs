using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Decodes resource logs, rows of Log Analytics tables and of Application Insights, Defender XDR rows, and what is only
/// known to have a resource and a time.</summary>
internal sealed class LogRecord(RecordReader reader)
{
    /// <summary>Decodes a resource log or row.</summary>
    public void Decode(in RecordView record, DecodeOutput output) => Decode(record, output, SignalKind.Log);

    /// <summary>Decodes a record of no known family.</summary>
    public void DecodeOther(in RecordView record, DecodeOutput output) => Decode(record, output, SignalKind.Generic);

    private void Decode(in RecordView record, DecodeOutput output, SignalKind kind)
    {
        if (!CommonFields.TryResourceAndTime(record, output, out var resource, out var time)) return;
        var category = output.Name(record.First(RecordField.Category, RecordField.Type, RecordField.CategoryValue));
        if (HuntingRecord.Is(category))
        {
            var properties = reader.Open(record.Raw(RecordField.Properties));
            resource = HuntingRecord.DeviceOf(properties, output) ?? resource;
            if (HuntingRecord.TryAlert(record, properties, (resource, time, category), output)) return;
        }

        var severity = CommonFields.SeverityOf(record);
        var isError = severity >= Severity.Error;
        var operation = output.Name(
            record.First(RecordField.OperationName, RecordField.OperationNameValue, RecordField.Operation));
        var key = isError ? ConditionKeys.Log(category ?? "record", kind == SignalKind.Log ? operation : null) : null;
        var condition = key is null ? null : new Condition(ConditionKind.LogError, key);
        output.Signals.Add(new Signal
        {
            Message = output.Message,
            Resource = resource,
            Record = output.Record,
            Kind = kind,
            Role = isError ? SignalRole.Pulse : SignalRole.Context,
            Severity = severity,
            EventTime = output.EventTime(time, out var ahead),
            ClockAhead = ahead,
            Dedup = DedupOf(record, resource, output),
            Condition = condition,
            Detail = DetailOf(record, resource, output, (category, operation)),
        });
    }

    private SignalDetail DetailOf(
        in RecordView record,
        ResourceId resource,
        DecodeOutput output,
        (string? Category, string? Operation) names) => new()
    {
        Title = names.Operation ?? names.Category ?? "",
        Text = TextOf(record),
        ExternalId = DecodeOutput.Bounded(record.Text(RecordField.ItemId), CommonFields.MaxId),
        Category = names.Category,
        Operation = names.Operation,
        Actor = CommonFields.ActorOf(record, output),
        // The location of an Entra record is the user's country.
        Region = resource.Tenant is not null ? null : CommonFields.RegionOf(record.Text(RecordField.Location), output),
        Tenant = record.Has(RecordField.TimeGenerated) ? null : output.Name(CommonFields.TenantIdOf(record)),
        CauseKeys = CommonFields.CauseOf(record),
    };

    private string? TextOf(in RecordView record)
    {
        var text = record.First(RecordField.Message, RecordField.ResultDescription, RecordField.Description);
        if (text.IsEmpty && record.Kind(RecordField.Properties) == System.Text.Json.JsonTokenType.StartObject)
            text = reader.Open(record.Raw(RecordField.Properties)).Text(RecordField.Message);
        return DecodeOutput.Bounded(text, CommonFields.MaxText);
    }

    private static DedupKey DedupOf(in RecordView record, ResourceId resource, DecodeOutput output)
    {
        var item = record.Text(RecordField.ItemId);
        return item.IsEmpty
            ? output.Dedup("log").Add(resource.Canonical).Add(record.Bytes).ToKey()
            : output.Dedup("row").Add(resource.Canonical).Add(record.Text(RecordField.Type)).Add(item).ToKey();
    }
}
