using System.Text.Json;

namespace Correlation.Gateway.Intake;

/// <summary>Splits a body that is too large for one message at the boundaries of its records; loses no byte of a
/// record.</summary>
internal static class BodySplitter
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    /// <summary>Splits a body.</summary>
    /// <param name="body">The body: an array, <c>{"records":[…]}</c>, NDJSON or anything else.</param>
    /// <param name="bytes">The largest message wanted; a single record may be larger and is then a message of its own.</param>
    /// <returns>The body itself where it is small enough or has no boundaries, else several messages of the same form.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, int bytes)
    {
        if (body.Length <= bytes) return [body];
        var records = new List<Range>();
        if (TryRecords(body.Span, records, out var enveloped))
            return enveloped ? Pack(body, records, bytes, "{\"records\":["u8, "]}"u8) : Pack(body, records, bytes, "["u8, "]"u8);
        return IsLines(body.Span) ? PackLines(body, bytes) : [body];
    }

    private static bool TryRecords(ReadOnlySpan<byte> body, List<Range> records, out bool enveloped)
    {
        enveloped = false;
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                enveloped = true;
                if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName
                    || !reader.ValueTextEquals("records")) return false;
                reader.Read();
            }

            if (reader.TokenType != JsonTokenType.StartArray) return false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                records.Add(new Range(start, (int)reader.BytesConsumed));
            }

            if (enveloped && (!reader.Read() || reader.TokenType != JsonTokenType.EndObject)) return false;
            return !reader.Read() && records.Count > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether the first line is a JSON object or array by itself, so that lines are records.</summary>
    private static bool IsLines(ReadOnlySpan<byte> body)
    {
        var start = body.TrimStart(" \t\r\n"u8);
        var end = start.IndexOf((byte)'\n');
        if (end < 0) return false;
        try
        {
            var reader = new Utf8JsonReader(start[..end], Options);
            if (!reader.Read() || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return false;
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<ReadOnlyMemory<byte>> Pack(
        ReadOnlyMemory<byte> body, List<Range> records, int bytes, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close)
    {
        var messages = new List<ReadOnlyMemory<byte>>();
        for (var first = 0; first < records.Count;)
        {
            using var message = new MemoryStream();
            message.Write(open);
            var next = first;
            do
            {
                if (next > first) message.WriteByte((byte)',');
                message.Write(body.Span[records[next]]);
                next++;
            }
            while (next < records.Count && message.Length + 1 + Length(records[next]) + close.Length <= bytes);

            message.Write(close);
            messages.Add(message.ToArray());
            first = next;
        }

        return messages;
    }

    private static List<ReadOnlyMemory<byte>> PackLines(ReadOnlyMemory<byte> body, int bytes)
    {
        var messages = new List<ReadOnlyMemory<byte>>();
        for (var start = 0; start < body.Length;)
        {
            var end = EndOfLine(body.Span, start);
            while (end < body.Length)
            {
                var next = EndOfLine(body.Span, end);
                if (next - start > bytes) break;
                end = next;
            }

            messages.Add(body[start..end]);
            start = end;
        }

        return messages;
    }

    private static int EndOfLine(ReadOnlySpan<byte> body, int start)
    {
        var at = body[start..].IndexOf((byte)'\n');
        return at < 0 ? body.Length : start + at + 1;
    }

    private static int Length(Range range) => range.End.Value - range.Start.Value;
}
