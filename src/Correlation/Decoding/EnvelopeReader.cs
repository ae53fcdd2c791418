using System.Text.Json;

namespace Correlation.Decoding;

/// <summary>Finds the records of one message, whatever they are wrapped in, and has each of them decoded.</summary>
/// <remarks>
/// One object, an array, several values after another, <c>{"records": …}</c> around one record, many, or texts that hold them, in
/// any mixture and nesting. Where the JSON breaks, what was found so far stays and the rest is salvaged record by record.
/// </remarks>
internal sealed class EnvelopeReader(RecordRouter router, DecodeOutput output)
{
    private bool insideText;
    private int pending;
    private int settled;

    /// <summary>How many records were met.</summary>
    public int Records { get; private set; }

    /// <summary>Whether records beyond the limit are met; they are not looked into any more.</summary>
    public bool IsFull => Records >= output.Limits.Records;

    /// <summary>The deepest nesting.</summary>
    public int Depth => output.Limits.Depth;

    /// <summary>Decodes all records of a text.</summary>
    public void Read(ReadOnlySpan<byte> text)
    {
        var before = Records;
        if (TryRead(text)) return;
        new RecordSalvage(this).Read(text, settled);
        if (Records > before) return;
        var reason = RecordSalvage.DeepestArray(text) > Depth ? RejectReason.TooDeep : RejectReason.NotJson;
        Reject(reason, "No record can be found in it.");
    }

    /// <summary>Decodes the records of a text up to where it breaks.</summary>
    /// <returns>False where it breaks; <see cref="settled"/> is then where the rest may start.</returns>
    public bool TryRead(ReadOnlySpan<byte> text)
    {
        var here = Here;
        if (TryRead(text, JsonCommentHandling.Disallow)) return true;
        Return(here);
        return TryRead(text, JsonCommentHandling.Skip);
    }

    // Looking out for comments costs every token something, and next to no message holds one.
    private bool TryRead(ReadOnlySpan<byte> text, JsonCommentHandling comments)
    {
        pending = -1;
        settled = 0;
        var reader = new Utf8JsonReader(text, RecordReader.Options(Depth, comments, several: true));
        try
        {
            while (reader.Read())
            {
                Value(ref reader, text);
                settled = (int)reader.BytesConsumed;
            }

            return true;
        }
        catch (JsonException)
        {
            // Nothing was booked for a record that was under way.
            if (pending >= 0) settled = pending;
            return false;
        }
    }

    /// <summary>How much was booked up to now.</summary>
    public (int Records, (int Signals, int Rejections) Output) Here => (Records, output.Here);

    /// <summary>Takes back what was booked since.</summary>
    public void Return((int Records, (int Signals, int Rejections) Output) here)
    {
        Records = here.Records;
        output.Return(here.Output);
    }

    /// <summary>Books a record that gives no signal.</summary>
    public void Reject(RejectReason reason, string detail)
    {
        output.Record = Records++;
        if (output.Record >= output.Limits.Records) output.Reject(RejectReason.TooManyRecords);
        else output.Reject(reason, detail);
    }

    private void Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(ref reader, text);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Value(ref reader, text);
                break;
            case JsonTokenType.String:
                Text(ref reader, text);
                break;
            default:
                Reject(RejectReason.NotAnObject, "A record that is a number, true, false or null.");
                break;
        }
    }

    private void Object(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var start = (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        pending = start;
        var isAlert = TryAlert(ref reader, text[start..]);
        if (isAlert || router.Fields.Read(ref reader))
        {
            pending = -1;
            Record(text, start, (int)reader.BytesConsumed, isAlert);
        }
        else
        {
            Envelope(ref reader, text, depth);
        }

        settled = (int)reader.BytesConsumed;
    }

    // Most alerts say so in their first field, and are read in one pass.
    private bool TryAlert(ref Utf8JsonReader reader, ReadOnlySpan<byte> record)
    {
        if (!AlertRecords.StartsAsAlert(record)) return false;
        var start = reader;
        if (router.Alerts.TryRead(ref reader, output.Limits.Targets)) return true;
        reader = start;
        return false;
    }

    private void Envelope(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, int depth)
    {
        pending = -1;
        settled = (int)reader.TokenStartIndex;
        Value(ref reader, text);
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            var again = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("records"u8);
            if (again && reader.Read()) Value(ref reader, text);
            else reader.Skip();
        }
    }

    private void Record(ReadOnlySpan<byte> text, int start, int end, bool isAlert)
    {
        if (IsFull)
        {
            Reject(RejectReason.TooManyRecords, "");
            return;
        }

        output.Record = Records++;
        router.Decode(new RecordView(text, start, end - start, router.Fields), isAlert, output);
    }

    private void Text(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var value = reader.ValueIsEscaped
            ? JsonText.Unescape(text, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length)
            : reader.ValueSpan;
        if (insideText || IsFull || !JsonText.LooksLikeJson(value))
        {
            Reject(RejectReason.NotAnObject, "A record that is a plain text.");
            return;
        }

        insideText = true;
        Read(value);
        insideText = false;
        pending = -1;
        settled = (int)reader.BytesConsumed;
    }
}
