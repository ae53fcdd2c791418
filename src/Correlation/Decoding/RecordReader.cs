using System.Text.Json;

namespace Correlation.Decoding;

/// <summary>Reads one object and hands it to the decoder of its family.</summary>
internal sealed class RecordReader
{
    /// <summary>How deep values inside a record may be nested; the message's own limit was kept before.</summary>
    public const int MaxNested = 512;

    /// <summary>The fields of the record that is decoded now.</summary>
    public RecordFields Fields { get; } = new();

    /// <summary>The fields of an object inside it.</summary>
    public RecordFields Nested { get; } = new();

    /// <summary>How input is read: comments and trailing commas are let through, as the published samples have them.</summary>
    public static JsonReaderOptions Options(
        int depth,
        JsonCommentHandling comments = JsonCommentHandling.Skip,
        bool several = false) => new()
    {
        AllowTrailingCommas = true,
        AllowMultipleValues = several,
        CommentHandling = comments,
        MaxDepth = depth,
    };

    /// <summary>Reads an object inside the record; nothing is found in what is not an object.</summary>
    public RecordView Open(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options(MaxNested));
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject && Nested.Read(ref reader))
                return new RecordView(json, 0, json.Length, Nested);
        }
        catch (JsonException)
        {
            // A text that only looked like JSON.
        }

        return None();
    }

    /// <summary>An object without fields.</summary>
    public RecordView None()
    {
        Nested.Clear();
        return new RecordView(default, 0, 0, Nested);
    }
}
