using System.Text.Json;
using System.Text.Json.Serialization;
using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Gateway.Json;

/// <summary>How answers are written: camelCase, enums as camelCase strings, times in UTC with a Z, durations as ISO
/// 8601.</summary>
internal static class GatewayJson
{
    /// <summary>The types that are written as one text, which the OpenAPI document must say.</summary>
    public static readonly Type[] TextTypes =
        [typeof(ResourceId), typeof(Condition), typeof(Position), typeof(DedupKey), typeof(CustomerKey)];

    /// <summary>Sets up the options that endpoints read and write with.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new TextConverter<ResourceId>(id => id.Canonical, ResourceId.TryParse));
        options.Converters.Add(new TextConverter<Condition>(condition => condition.Key, _ => null));
        options.Converters.Add(new TextConverter<Position>(p => p.ToString(), t => Position.TryParse(t, out var p) ? p : null));
        options.Converters.Add(new TextConverter<DedupKey>(key => key.ToString(), _ => null));
        options.Converters.Add(new TextConverter<CustomerKey>(k => k.Value, t => CustomerKey.TryParse(t, out var k) ? k : null));
        options.Converters.Add(new UtcConverter());
        options.Converters.Add(new DurationConverter());
        options.Converters.Add(new FiniteConverter());
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.MaxDepth = 32;
    }
}
