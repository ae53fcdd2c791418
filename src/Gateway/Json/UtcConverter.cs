using System.Text.Json;
using System.Text.Json.Serialization;

namespace Correlation.Gateway.Json;

/// <summary>Writes times in UTC, ending in Z; reads any ISO 8601 time, without a zone as UTC.</summary>
internal sealed class UtcConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Api.Times.TryParse(reader.GetString(), out var time) ? time : throw new JsonException("The text is no ISO 8601 time.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
