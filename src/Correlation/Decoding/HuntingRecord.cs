using System.Diagnostics.CodeAnalysis;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Reads what is particular to rows of Defender XDR, category <c>AdvancedHunting-</c> and the table's name.</summary>
/// <remarks>Only two tables speak of alerts; the others are telemetry, and logs like any other.</remarks>
internal static class HuntingRecord
{
    private const string Tables = "AdvancedHunting-";

    /// <summary>Whether a record of that category is such a row.</summary>
    public static bool Is([NotNullWhen(true)] string? category) =>
        category is not null && category.StartsWith(Tables, StringComparison.OrdinalIgnoreCase);

    /// <summary>The device that a row is about, by its name, else its id: a bare name; null where it is about none.</summary>
    public static ResourceId? DeviceOf(in RecordView properties, DecodeOutput output)
    {
        var device = output.Resource(properties.Text(RecordField.DeviceName));
        if (device is not { IsArm: false }) device = output.Resource(properties.Text(RecordField.DeviceId));
        return device is { IsArm: false } ? device : null;
    }

    /// <summary>Writes a row of AlertInfo (an alert that nothing ends) or AlertEvidence (what an alert is about).</summary>
    /// <returns>False, and nothing written, for a row of another table.</returns>
    public static bool TryAlert(
        in RecordView record,
        in RecordView properties,
        (ResourceId Resource, DateTimeOffset Time, string Category) of,
        DecodeOutput output)
    {
        var table = of.Category.AsSpan(Tables.Length);
        var isAlert = table.Equals("AlertInfo", StringComparison.OrdinalIgnoreCase);
        if (!isAlert && !table.Equals("AlertEvidence", StringComparison.OrdinalIgnoreCase)) return false;
        var id = DecodeOutput.Bounded(properties.Text(RecordField.AlertId), CommonFields.MaxId);
        var title = DecodeOutput.Bounded(properties.Text(RecordField.Title), CommonFields.MaxTitle);
        output.Signals.Add(new Signal
        {
            Message = output.Message,
            Resource = of.Resource,
            Record = output.Record,
            Kind = SignalKind.Security,
            Role = isAlert ? SignalRole.Pulse : SignalRole.Context,
            Severity = SeverityText.OfAlert(properties.Text(RecordField.Severity)),
            EventTime = output.EventTime(of.Time, out var ahead),
            ClockAhead = ahead,
            Dedup = output.Dedup("log").Add(of.Resource.Canonical).Add(record.Bytes).ToKey(),
            Condition = isAlert ? new Condition(ConditionKind.Security, ConditionKeys.Security(title ?? id ?? "alert")) : null,
            Detail = new SignalDetail
            {
                Title = title ?? of.Category,
                ExternalId = id,
                Category = of.Category,
                Operation = output.Name(record.Text(RecordField.OperationName)),
                Tenant = output.Name(CommonFields.TenantIdOf(record)),
                CauseKeys = id is null ? [] : ["alert:" + LowerText.Of(id)],
            },
        });
        return true;
    }
}
