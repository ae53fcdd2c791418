using System.Text;
using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Reads values of an alert from a reader that stands on them; leaves it on the value's last token.</summary>
internal static class CommonAlertText
{
    /// <summary>The longest text that is kept of a value, in characters; a resource id is never longer.</summary>
    public const int MaxLength = 1025;

    /// <summary>Steps to the next property of the object that the reader is in and then onto its value.</summary>
    /// <returns>False at the object's end.</returns>
    public static bool NextProperty(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName) return false;
        name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Unescaped(ref reader)) : reader.ValueSpan;
        return reader.Read();
    }

    /// <summary>As <see cref="NextProperty"/>, where what the name stands for is all that counts.</summary>
    public static bool NextName(ref Utf8JsonReader reader, out AlertName name)
    {
        var hasNext = NextProperty(ref reader, out var text);
        name = AlertNames.Find(text);
        return hasNext;
    }

    /// <summary>Steps to the next element of the array that the reader is in.</summary>
    /// <returns>False at the array's end.</returns>
    public static bool NextElement(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Whether the value is an object that can be stepped into; anything else is skipped.</summary>
    public static bool IsObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        reader.Skip();
        return false;
    }

    /// <summary>Whether the value is an array that can be stepped into; anything else is skipped.</summary>
    public static bool IsArray(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray) return true;
        reader.Skip();
        return false;
    }

    /// <summary>The value as text, at most <see cref="MaxLength"/> characters of it.</summary>
    /// <returns>Null for null, an empty or blank text, an object or an array (both skipped).</returns>
    public static string? Text(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var text = reader.ValueIsEscaped ? Unescaped(ref reader) : Unbroken(reader.ValueSpan);
                if (text.Length > MaxLength) text = Cut(text, MaxLength);
                return string.IsNullOrWhiteSpace(text) ? null : text;
            case JsonTokenType.Number:
                return Unbroken(reader.ValueSpan);
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>The value as text, one string for all that are written alike: for what comes again and again.</summary>
    /// <returns>As <see cref="Text(ref Utf8JsonReader)"/>.</returns>
    public static string? Text(ref Utf8JsonReader reader, CommonAlert alert)
    {
        var isPlain = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped;
        if (!isPlain || reader.ValueSpan.Length is 0 or > DecodeCaches.MaxNameBytes) return Text(ref reader);
        var text = alert.Texts.Get(reader.ValueSpan);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>As <see cref="Text(ref Utf8JsonReader)"/>, but in bytes; empty for none.</summary>
    public static ReadOnlySpan<byte> Utf8(scoped ref Utf8JsonReader reader)
    {
        var isPlain = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped;
        if (isPlain && reader.ValueSpan is { Length: <= MaxLength } and [> (byte)' ' and < 0x7f, ..]) return reader.ValueSpan;
        return Text(ref reader) is { } text ? Encoding.UTF8.GetBytes(text) : default;
    }

    /// <summary>As <see cref="Text(ref Utf8JsonReader, CommonAlert)"/> where the text still counts beside what was read before;
    /// else it is skipped.</summary>
    public static string? Text(ref Utf8JsonReader reader, CommonAlert alert, bool counts)
    {
        if (counts) return Text(ref reader, alert);
        reader.Skip();
        return null;
    }

    /// <summary>The resource whose id the value is, one object for all that are written alike; null where it is none.</summary>
    /// <returns>False where there is no text at all.</returns>
    public static bool TryResource(ref Utf8JsonReader reader, CommonAlert alert, out ResourceId? resource)
    {
        var isPlain = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped;
        resource = isPlain ? alert.Caches.Resource(reader.ValueSpan) : null;
        if (resource is not null) return true;
        var text = Text(ref reader);
        if (text is not null && !isPlain) resource = alert.Caches.Resource(Encoding.UTF8.GetBytes(text));
        return text is not null;
    }

    /// <summary>The bytes of a text or number that holds no escapes; empty for anything else, which is skipped.</summary>
    public static ReadOnlySpan<byte> Word(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number && !reader.ValueIsEscaped) return reader.ValueSpan;
        reader.Skip();
        return default;
    }

    /// <summary>The value as time; null for anything that is none.</summary>
    public static DateTimeOffset? Time(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped) return TimeOf(Unescaped(ref reader));
        return TimeText.TryParse(Word(ref reader), out var time) ? time : null;
    }

    /// <summary>Takes the value for the alert's time where nothing before told one.</summary>
    public static void ContextTime(ref Utf8JsonReader reader, CommonAlert alert)
    {
        if (alert.Fired is null && alert.ContextTime is null) alert.ContextTime = Time(ref reader);
        else reader.Skip();
    }

    /// <summary>The time that a text says; null for none.</summary>
    public static DateTimeOffset? TimeOf(string? text) =>
        text is { Length: <= 64 } && TimeText.TryParse(Encoding.UTF8.GetBytes(text), out var time) ? time : null;

    /// <summary>The start of a text, never ending in half a character.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private static string Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8: the text is kept as it stands, escapes and all.
            return Unbroken(reader.ValueSpan);
        }
    }

    private static string Unbroken(ReadOnlySpan<byte> utf8) =>
        Encoding.UTF8.GetString(utf8.Length > 4 * MaxLength ? utf8[..(4 * MaxLength)] : utf8);
}
