using System.Text.Json;

namespace Correlation.Decoding;

/// <summary>Where the known fields of one object lie in the bytes; used again for the next object.</summary>
internal sealed class RecordFields
{
    private readonly FieldPlace[] places = new FieldPlace[(int)RecordField.Limit];
    private int round;

    /// <summary>Where a field's value lies, without the quotes of a text.</summary>
    public FieldPlace this[RecordField field] => places[(int)field].Round == round ? places[(int)field] : default;

    /// <summary>Whether the object has the field and it is not null.</summary>
    public bool Has(RecordField field) => places[(int)field].Round == round;

    /// <summary>Forgets all fields.</summary>
    public void Clear() => round++;

    /// <summary>Reads the object that the reader stands at the start of, in one pass.</summary>
    /// <param name="reader">A reader over the whole buffer; afterwards on the object's end.</param>
    /// <returns>False where a field <c>records</c> was met: the reader then stands on its value.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public bool Read(ref Utf8JsonReader reader)
    {
        round++;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueIsEscaped ? RecordField.None : RecordFieldNames.Find(reader.ValueSpan);
            reader.Read();
            if (field == RecordField.None) reader.Skip();
            else if (field == RecordField.Records && IsEnvelope(reader.TokenType)) return false;
            else Keep(ref reader, field);
        }

        return true;
    }

    private static bool IsEnvelope(JsonTokenType token) =>
        token is JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.String;

    private void Keep(ref Utf8JsonReader reader, RecordField field)
    {
        var token = reader.TokenType;
        var start = (int)reader.TokenStartIndex;
        if (token == JsonTokenType.String) start++;
        var escaped = reader.ValueIsEscaped;
        var length = reader.ValueSpan.Length;
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            reader.Skip();
            length = (int)reader.BytesConsumed - start;
        }

        if (token == JsonTokenType.Null) return;
        ref var place = ref places[(int)field];

        // Two spellings in one object: a word says more than a number ("Level": 4 beside "level"), anything more than nothing.
        var isBetter = place.Length == 0 || (place.Token == JsonTokenType.Number && token == JsonTokenType.String);
        if (place.Round == round && !isBetter) return;
        place = new FieldPlace(round, start, length, token, escaped);
    }
}

/// <summary>Where one value lies.</summary>
/// <param name="Round">The object it was met in.</param>
/// <param name="Start">Its first byte, after the quote of a text.</param>
/// <param name="Length">Its length, without the quotes of a text.</param>
/// <param name="Token">Its first token; <see cref="JsonTokenType.None"/> where there is none.</param>
/// <param name="Escaped">Whether the text holds escapes.</param>
internal readonly record struct FieldPlace(int Round, int Start, int Length, JsonTokenType Token, bool Escaped);
