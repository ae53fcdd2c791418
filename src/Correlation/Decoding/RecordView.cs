using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>One object with its known fields.</summary>
/// <param name="body">The buffer that the fields' places count in.</param>
/// <param name="start">The object's first byte.</param>
/// <param name="length">The object's length.</param>
/// <param name="fields">Its fields.</param>
internal readonly ref struct RecordView(ReadOnlySpan<byte> body, int start, int length, RecordFields fields)
{
    private readonly ReadOnlySpan<byte> body = body;

    /// <summary>The object's bytes.</summary>
    public ReadOnlySpan<byte> Bytes => body.Slice(start, length);

    /// <summary>Whether it has the field.</summary>
    public bool Has(RecordField field) => fields.Has(field);

    /// <summary>The kind of the field's value; None where it is missing or null.</summary>
    public JsonTokenType Kind(RecordField field) => fields[field].Token;

    /// <summary>The value as it stands, for objects and arrays with their brackets.</summary>
    public ReadOnlySpan<byte> Raw(RecordField field)
    {
        var place = fields[field];
        return body.Slice(place.Start, place.Length);
    }

    /// <summary>A text without its escapes, or the digits of a number; empty for anything else.</summary>
    public ReadOnlySpan<byte> Text(RecordField field)
    {
        var place = fields[field];
        if (place.Token is not (JsonTokenType.String or JsonTokenType.Number)) return default;
        return place.Escaped ? JsonText.Unescape(body, place.Start, place.Length) : body.Slice(place.Start, place.Length);
    }

    /// <summary>A text; of an object with a <c>value</c> (the localised values of the REST form) that.</summary>
    public ReadOnlySpan<byte> TextOrValue(RecordField field) =>
        Kind(field) == JsonTokenType.StartObject ? JsonText.ValueOf(Raw(field)) : Text(field);

    /// <summary>The first of several fields that has a text.</summary>
    public ReadOnlySpan<byte> First(RecordField first, RecordField second, RecordField third = RecordField.None)
    {
        var text = TextOrValue(first);
        if (text.IsEmpty) text = TextOrValue(second);
        return text.IsEmpty ? TextOrValue(third) : text;
    }

    /// <summary>A number, also where it is written as a text; NaN where there is none.</summary>
    public double Number(RecordField field)
    {
        var text = Text(field);
        return System.Buffers.Text.Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length
            && double.IsFinite(number) ? number : double.NaN;
    }

    /// <summary>The time, by the first of the known spellings that holds one.</summary>
    public bool TryTime(out DateTimeOffset time)
    {
        for (var field = RecordField.Time; field <= RecordField.EventDateTime; field++)
        {
            if (Has(field) && TimeText.TryParse(Text(field), out time)) return true;
        }

        time = default;
        return false;
    }

    /// <summary>Whether one of the known time fields is there, readable or not.</summary>
    public bool HasTimeField()
    {
        for (var field = RecordField.Time; field <= RecordField.EventDateTime; field++)
        {
            if (Has(field)) return true;
        }

        return false;
    }

    /// <summary>The resource by the first of the known spellings; null where none holds a usable id.</summary>
    public ResourceId? Resource(DecodeOutput output)
    {
        for (var field = RecordField.ResourceId; field <= RecordField.WorkspaceResourceId; field++)
        {
            if (Has(field) && output.Resource(Text(field)) is { } resource) return resource;
        }

        return null;
    }
}
