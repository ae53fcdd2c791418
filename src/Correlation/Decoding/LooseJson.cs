using System.Buffers;
using System.Text;

namespace Correlation.Decoding;

/// <summary>Reads and mends what is almost JSON: single quotes, bare names, raw line breaks and quotes inside texts.</summary>
/// <remarks>
/// A quote ends a text only where JSON can go on behind it: a name before a colon, a value before a comma that something
/// follows, or before closing brackets that do. So an apostrophe or a quoted piece of JSON inside a text does not end it.
/// Valid JSON is read as what it is.
/// </remarks>
internal static class LooseJson
{
    /// <summary>How far an object goes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The object's opening brace.</param>
    /// <param name="depth">The deepest nesting in it.</param>
    /// <returns>The position after its closing brace; -1 where it does not end.</returns>
    public static int EndOfObject(ReadOnlySpan<byte> text, int start, out int depth)
    {
        depth = 0;
        var level = 0;
        var last = (byte)0;
        for (var at = start; at < text.Length; at++)
        {
            var c = text[at];
            if (c is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') continue;
            if (IsQuote(c)) at = EndOfText(text, at, last);
            else if (c is (byte)'{' or (byte)'[') depth = Math.Max(depth, ++level);
            else if (c is (byte)'}' or (byte)']' && --level <= 0) return at + 1;
            last = c;
        }

        return -1;
    }

    /// <summary>Turns almost-JSON into JSON, as far as it can.</summary>
    public static ReadOnlySpan<byte> Mend(ReadOnlySpan<byte> text)
    {
        var mended = new ArrayBufferWriter<byte>(text.Length + 256);
        var last = (byte)0;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (IsQuote(c))
            {
                var end = EndOfText(text, at, last);
                WriteText(mended, text[(at + 1)..Math.Min(end, text.Length)]);
                at = end;
            }
            else if (IsNameStart(c))
            {
                at = WriteWord(mended, text, at) - 1;
            }
            else
            {
                mended.Write(text.Slice(at, 1));
            }

            if (c > ' ') last = c;
        }

        return mended.WrittenSpan;
    }

    private static bool IsQuote(byte c) => c is (byte)'"' or (byte)'\'';

    private static bool IsNameStart(byte c) => char.IsAsciiLetter((char)c) || c is (byte)'_' or (byte)'$';

    // The closing quote of the text that starts at a quote; the text's length where it does not end.
    private static int EndOfText(ReadOnlySpan<byte> text, int start, byte before)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == text[start] && CanEnd(text, at + 1, before)) return at;
        }

        return text.Length;
    }

    private static bool CanEnd(ReadOnlySpan<byte> text, int at, byte before)
    {
        // A first name ends at the first quote: nobody puts quotes into names.
        if (before == '{') return true;
        at = AfterBlanks(text, at);
        if (at == text.Length) return true;
        if (text[at] == ':') return before != ':';
        var closed = false;
        while (at < text.Length && text[at] is (byte)'}' or (byte)']')
        {
            closed = true;
            at = AfterBlanks(text, at + 1);
        }

        if (at == text.Length) return true;
        if (text[at] != ',') return closed && text[at] == '{';
        at = AfterBlanks(text, at + 1);
        return at == text.Length || IsQuote(text[at]) || IsNameStart(text[at]) || char.IsAsciiDigit((char)text[at])
            || text[at] is (byte)'{' or (byte)'[' or (byte)'}' or (byte)']' or (byte)'-';
    }

    private static int AfterBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    private static int WriteWord(ArrayBufferWriter<byte> mended, ReadOnlySpan<byte> text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (IsNameStart(text[end]) || char.IsAsciiDigit((char)text[end]))) end++;
        var word = text[start..end];
        var next = AfterBlanks(text, end);
        if (next < text.Length && text[next] == ':') WriteText(mended, word);
        else if (word.SequenceEqual("True"u8)) mended.Write("true"u8);
        else if (word.SequenceEqual("False"u8)) mended.Write("false"u8);
        else if (word.SequenceEqual("None"u8) || word.SequenceEqual("NaN"u8)) mended.Write("null"u8);
        else mended.Write(word);
        return end;
    }

    private static void WriteText(ArrayBufferWriter<byte> mended, ReadOnlySpan<byte> text)
    {
        mended.Write("\""u8);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '\\' && at + 1 < text.Length)
            {
                at++;
                if (text[at] == '\'' || text[at] < ' ') mended.Write(text[at] == '\'' ? "'"u8 : "\\n"u8);
                else if ("\"\\/bfnrtu"u8.Contains(text[at])) mended.Write(text.Slice(at - 1, 2));
                else WriteBackslashed(mended, text[at]);
            }
            else if (c == '"' || c == '\\') mended.Write(c == '"' ? "\\\""u8 : "\\\\"u8);
            else if (c < ' ') mended.Write(Encoding.ASCII.GetBytes($"\\u{(int)c:x4}"));
            else mended.Write(text.Slice(at, 1));
        }

        mended.Write("\""u8);
    }

    private static void WriteBackslashed(ArrayBufferWriter<byte> mended, byte c)
    {
        mended.Write("\\\\"u8);
        mended.Write([c]);
    }
}
