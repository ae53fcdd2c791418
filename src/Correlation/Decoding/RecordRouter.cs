using System.Text.Json;

namespace Correlation.Decoding;

/// <summary>Tells what a record is by its shape and has the decoder of that family decode it.</summary>
internal sealed class RecordRouter
{
    private readonly RecordReader reader = new();
    private readonly AlertRecords alerts;
    private readonly ActivityRecord activity;
    private readonly LogRecord log;

    /// <summary>Makes a router.</summary>
    public RecordRouter(DecodeCaches caches)
    {
        Caches = caches;
        alerts = new AlertRecords(caches);
        activity = new ActivityRecord(reader);
        log = new LogRecord(reader);
    }

    private enum Family : byte
    {
        Other,
        Metric,
        Activity,
        Log,
        Alert,
    }

    /// <summary>What is kept from one message to the next.</summary>
    public DecodeCaches Caches { get; }

    /// <summary>The fields of the record to decode; to be read before.</summary>
    public RecordFields Fields => reader.Fields;

    /// <summary>The alert that is to be decoded without its fields being looked for.</summary>
    public AlertRecords Alerts => alerts;

    /// <summary>Decodes one record; afterwards the output holds at least one signal or rejection more.</summary>
    /// <param name="record">The record; of an alert that was read, its bytes alone.</param>
    /// <param name="isAlert">Whether it was read as an alert.</param>
    /// <param name="output">Takes what it gives.</param>
    public void Decode(in RecordView record, bool isAlert, DecodeOutput output)
    {
        var before = output.Here;
        try
        {
            if (isAlert) alerts.Write(record.Bytes, output);
            else Dispatch(record, output);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            output.Return(before);
            output.Reject(RejectReason.NotJson, "A value in it cannot be read.");
        }

        // A decoder that finds nothing to say must not lose the record.
        if (output.Here == before) output.Reject(RejectReason.NoResource, "It names no target.");
    }

    private void Dispatch(in RecordView record, DecodeOutput output)
    {
        var family = FamilyOf(record);
        if (family == Family.Metric) MetricRecord.Decode(record, output);
        else if (family == Family.Activity) activity.Decode(record, output);
        else if (family == Family.Log) log.Decode(record, output);
        else if (!alerts.TryDecode(record.Bytes, output)) log.DecodeOther(record, output);
    }

    private static Family FamilyOf(in RecordView record)
    {
        if (IsMetric(record)) return Family.Metric;
        if (IsRow(record)) return RowFamilyOf(record);
        if (record.Has(RecordField.AlertMark)) return Family.Alert;
        if (IsActivity(record)) return Family.Activity;
        var says = record.Has(RecordField.Category) || record.Has(RecordField.OperationName) || record.Has(RecordField.Type);
        var about = CommonFields.HasResourceField(record) || CommonFields.HasTenant(record);
        return says && about && record.HasTimeField() ? Family.Log : Family.Other;
    }

    private static bool IsMetric(in RecordView record) => record.Has(RecordField.MetricName)
        && (record.Has(RecordField.Average) || record.Has(RecordField.Total) || record.Has(RecordField.Maximum)
            || record.Has(RecordField.Minimum) || record.Has(RecordField.Count) || record.Has(RecordField.Last));

    private static bool IsRow(in RecordView record) => record.Has(RecordField.TimeGenerated) && record.Has(RecordField.Type)
        && (record.Has(RecordField.RowResourceId) || record.Has(RecordField.WorkspaceResourceId) || record.Has(RecordField.ItemId)
            || CommonFields.HasTenant(record));

    private static Family RowFamilyOf(in RecordView record)
    {
        var table = record.Text(RecordField.Type);
        if (table.SequenceEqual("AzureActivity"u8)) return Family.Activity;
        return table.SequenceEqual("SecurityAlert"u8) ? Family.Alert : Family.Log;
    }

    private static bool IsActivity(in RecordView record)
    {
        var isEntry = record.Has(RecordField.OperationName) || record.Has(RecordField.EventTimestamp)
            || record.Has(RecordField.ResultType) || record.Has(RecordField.EventDataId);
        return isEntry && !record.Has(RecordField.ItemId)
            && ActivityCategories.Of(record.TextOrValue(RecordField.Category)) != ActivityCategory.None;
    }
}
