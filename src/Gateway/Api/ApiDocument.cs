using System.Text.RegularExpressions;
using Correlation.Gateway.Access;
using Correlation.Gateway.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Correlation.Gateway.Api;

/// <summary>What the OpenAPI document says beyond what the endpoints say themselves.</summary>
internal static partial class ApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Correlation gateway",
                Version = "v1",
                Description = "Alerts and log signals in; incidents, problems and remediation out. Times are ISO 8601 in UTC, "
                    + "durations ISO 8601, cursors opaque, errors problem details (RFC 9457).",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["apiKey"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = KeyAuthentication.Header,
                Description = "Needed once the gateway has keys; until then it serves its own machine only.",
            };
            foreach (var schema in document.Components.Schemas?.Values ?? []) Unwrap(schema);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Correct(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    }

    /// <summary>Takes the line breaks of our comments out of descriptions.</summary>
    private static void Unwrap(IOpenApiSchema schema)
    {
        if (schema.Description is { } text && text.Contains('\n')) schema.Description = LineBreak().Replace(text, " ");
        foreach (var property in schema.Properties?.Values ?? []) Unwrap(property);
    }

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex LineBreak();

    /// <summary>Says what our converters write, which the generator cannot see.</summary>
    private static void Correct(OpenApiSchema schema, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var text = JsonSchemaType.String | (plain == type ? 0 : JsonSchemaType.Null);
        if (GatewayJson.TextTypes.Contains(plain)) schema.Type = text;
        if (plain == typeof(DateTimeOffset)) (schema.Type, schema.Format) = (text, "date-time");
        if (plain == typeof(TimeSpan)) (schema.Type, schema.Format) = (text, "duration");
        if (plain == typeof(double)) (schema.Type, schema.Format) = (JsonSchemaType.Number | JsonSchemaType.Null, "double");
    }
}
