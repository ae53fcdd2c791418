using System.Text.Json;
using System.Text.Json.Serialization;

namespace Correlation.Gateway.Json;

/// <summary>Writes a value of the domain as its one text.</summary>
internal sealed class TextConverter<T> : JsonConverter<T>
    where T : notnull
{
    private readonly Func<T, string> write;
    private readonly Func<string, object?> read;

    public TextConverter(Func<T, string> write, Func<string, object?> read) => (this.write, this.read) = (write, read);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && read(reader.GetString() ?? "") is T value
            ? value
            : throw new JsonException($"The text is no {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(write(value));
}
