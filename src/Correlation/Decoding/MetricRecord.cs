using System.Buffers.Text;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Decodes platform metrics: of diagnostic settings, of data collection rules and of the guest agent.</summary>
internal static class MetricRecord
{
    private const int MaxGrain = 7 * 24 * 3600;

    /// <summary>Decodes one value.</summary>
    public static void Decode(in RecordView record, DecodeOutput output)
    {
        if (!CommonFields.TryResourceAndTime(record, output, out var resource, out var time)) return;
        var name = output.Name(record.Text(RecordField.MetricName)) ?? "";
        var grain = GrainOf(record.Text(RecordField.TimeGrain));
        output.Signals.Add(new Signal
        {
            Message = output.Message,
            Resource = resource,
            Record = output.Record,
            Kind = SignalKind.Metric,
            Role = SignalRole.Measurement,
            EventTime = output.EventTime(time, out var ahead),
            ClockAhead = ahead,
            Dedup = output.Dedup("metric").Add(resource.Canonical).Add(name).Add(grain).Add(time.UtcTicks).ToKey(),
            Metric = new MetricValue(
                name,
                grain,
                record.Number(RecordField.Average),
                record.Number(RecordField.Minimum),
                record.Number(RecordField.Maximum),
                record.Number(RecordField.Total),
                record.Number(RecordField.Count)),
        });
    }

    /// <summary>The seconds of an ISO 8601 duration of days to seconds (<c>PT1M</c>); 0 for anything else.</summary>
    internal static int GrainOf(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[0] != 'P') return 0;
        long seconds = 0;
        var inTime = false;
        for (var at = 1; at < text.Length;)
        {
            if (text[at] == 'T' && !inTime)
            {
                inTime = true;
                at++;
                continue;
            }

            if (!Utf8Parser.TryParse(text[at..], out int number, out var used) || number < 0) return 0;
            if (at + used >= text.Length) return 0;
            var unit = UnitOf(text[at + used], inTime);
            seconds += (long)number * unit;
            if (unit == 0 || seconds > MaxGrain) return 0;
            at += used + 1;
        }

        return (int)seconds;
    }

    private static int UnitOf(byte letter, bool inTime) => (letter, inTime) switch
    {
        ((byte)'D', false) => 86_400,
        ((byte)'H', true) => 3_600,
        ((byte)'M', true) => 60,
        ((byte)'S', true) => 1,
        _ => 0,
    };
}
