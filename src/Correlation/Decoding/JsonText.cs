using System.Text.Json;

namespace Correlation.Decoding;

/// <summary>Small reads over pieces of JSON.</summary>
internal static class JsonText
{
    /// <summary>A text without its escapes; as it stands where they are broken (half a surrogate pair).</summary>
    /// <param name="body">The buffer; the text stands in it between quotes.</param>
    /// <param name="start">The text's first byte, after the quote.</param>
    /// <param name="length">Its length, without the quotes.</param>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> body, int start, int length)
    {
        var reader = new Utf8JsonReader(body.Slice(start - 1, length + 2));
        reader.Read();
        var plain = new byte[length];
        try
        {
            return plain.AsSpan(0, reader.CopyString(plain));
        }
        catch (InvalidOperationException)
        {
            return body.Slice(start, length);
        }
    }

    /// <summary>The text under <c>value</c> of an object, else that under <c>localizedValue</c>, else empty.</summary>
    public static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, RecordReader.Options(RecordReader.MaxNested));
        reader.Read();
        ReadOnlySpan<byte> found = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            var isLocal = !isValue && found.IsEmpty && reader.ValueTextEquals("localizedValue"u8);
            reader.Read();
            if ((isValue || isLocal) && reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty)
            {
                found = reader.ValueIsEscaped
                    ? Unescape(json, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length)
                    : reader.ValueSpan;
                if (isValue) return found;
            }

            reader.Skip();
        }

        return found;
    }

    /// <summary>Whether bytes begin as an object or array does.</summary>
    public static bool LooksLikeJson(ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8.TrimStart(" \t\r\n"u8);
        return !utf8.IsEmpty && utf8[0] is (byte)'{' or (byte)'[';
    }
}
