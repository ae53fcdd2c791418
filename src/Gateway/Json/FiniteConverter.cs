using System.Text.Json;
using System.Text.Json.Serialization;

namespace Correlation.Gateway.Json;

/// <summary>Writes numbers; one that is not finite (an aggregation that a metric does not carry) is null.</summary>
internal sealed class FiniteConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteNullValue();
    }
}
