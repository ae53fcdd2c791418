namespace Correlation.Decoding;

/// <summary>Gets the records out of a message whose JSON is broken, so that a bad record leaves its siblings alone.</summary>
/// <remarks>Whatever is found that cannot be read is booked as one rejected record, with its place in the message.</remarks>
internal sealed class RecordSalvage(EnvelopeReader envelope)
{
    // How often a message may be gone over in all; what is still unread then is one rejected record.
    private const int MaxPasses = 24;

    private long budget;
    private bool afterBroken;

    /// <summary>Decodes what can be decoded of a text from a position on.</summary>
    public void Read(ReadOnlySpan<byte> text, int at)
    {
        budget = (long)text.Length * MaxPasses;
        while (at < text.Length)
        {
            if (budget < 0)
            {
                envelope.Reject(RejectReason.NotJson, $"Too broken to be salvaged from byte {at} on.");
                return;
            }

            if (text[at] == '{') at = Candidate(text, at);
            else if (" \n\r\t,[]}"u8.Contains(text[at])) at++;
            else at = Stray(text, at);
        }
    }

    /// <summary>How deep the square brackets of a text are nested.</summary>
    public static int DeepestArray(ReadOnlySpan<byte> text)
    {
        var level = 0;
        var deepest = 0;
        foreach (var c in text)
        {
            if (c == '[') deepest = Math.Max(deepest, ++level);
            else if (c == ']') level--;
        }

        return deepest;
    }

    // Text between records: the keys that an envelope has behind its records are none of them.
    private int Stray(ReadOnlySpan<byte> text, int at)
    {
        var length = text[at..].IndexOf((byte)'{');
        var end = length < 0 ? text.Length : at + length;
        var isTail = envelope.Records > 0 && text[at] == '"' && end == text.Length;
        if (!isTail && !afterBroken) envelope.Reject(RejectReason.NotJson, $"Text outside any record at byte {at}.");
        afterBroken = true;
        return end;
    }

    private int Candidate(ReadOnlySpan<byte> text, int at)
    {
        var end = LooseJson.EndOfObject(text, at, out var depth);
        budget -= (end < 0 ? text.Length : end) - at;
        if (end > 0 && (envelope.IsFull || depth > envelope.Depth))
        {
            envelope.Reject(RejectReason.TooDeep, $"Nested {depth} deep at byte {at}.");
            return end;
        }

        if (end > 0 && TryObject(text[at..end]))
        {
            afterBroken = false;
            return end;
        }

        var inside = StartOfRecords(end < 0 ? text[at..] : text[at..end]);
        if (inside > 0) return at + inside;
        envelope.Reject(RejectReason.NotJson, end < 0 ? $"It does not end; at byte {at}." : $"It is broken; at byte {at}.");
        afterBroken = true;
        var next = NextRecord(text, at + 1);
        budget -= next - at;
        return end > 0 ? Math.Min(end, next) : next;
    }

    private bool TryObject(ReadOnlySpan<byte> json)
    {
        var here = envelope.Here;
        if (envelope.TryRead(json)) return true;
        envelope.Return(here);

        // A text without its end would swallow the next record.
        if (NextRecord(json, 1) < json.Length) return false;
        if (envelope.TryRead(LooseJson.Mend(json))) return true;
        envelope.Return(here);
        return false;
    }

    // Where an object is an envelope that could not be read as a whole: the position after the bracket of its records.
    private static int StartOfRecords(ReadOnlySpan<byte> json)
    {
        var name = json.IndexOf("records"u8);
        if (name < 0 || json[1..name].Contains((byte)'{')) return -1;
        var at = name + "records"u8.Length;
        while (at < json.Length && " \n\r\t\"':"u8.Contains(json[at])) at++;
        return at < json.Length && json[at] == '[' ? at + 1 : -1;
    }

    // Where the next record seems to start: an opening brace, not behind a colon, and a name that records start with.
    private static int NextRecord(ReadOnlySpan<byte> text, int from)
    {
        for (var at = from; ; at++)
        {
            var step = text[at..].IndexOf((byte)'{');
            if (step < 0) return text.Length;
            at += step;
            var before = text[..at].TrimEnd(" \t\r\n"u8);
            if (!before.IsEmpty && before[^1] == ':') continue;
            var name = text[(at + 1)..].TrimStart(" \t\r\n\"'"u8);
            var length = 0;
            while (length < name.Length && (char.IsAsciiLetter((char)name[length]) || name[length] == '_')) length++;
            if (StartsRecord(RecordFieldNames.Find(name[..length]))) return at;
        }
    }

    private static bool StartsRecord(RecordField field) => field
        is RecordField.ResourceId or RecordField.RowResourceId or RecordField.Tenant
        or RecordField.Time or RecordField.TimeGenerated
        or RecordField.Category or RecordField.OperationName or RecordField.Average or RecordField.Count or RecordField.MetricName
        or RecordField.CorrelationId or RecordField.Records or RecordField.AlertMark;
}
