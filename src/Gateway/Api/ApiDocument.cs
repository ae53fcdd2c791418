using Correlation.Gateway.Access;
using Correlation.Gateway.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Correlation.Gateway.Api;

/// <summary>What the OpenAPI document says beyond what the endpoints say themselves.</summary>
internal static class ApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Correlation gateway",
                Version = "v1",
                Description = "Alerts and log signals in; incidents, problems and remediation out. Times are ISO 8601 in UTC, durations "
                    + "ISO 8601, cursors opaque, errors problem details (RFC 9457).",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["apiKey"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = KeyAuthentication.Header,
                Description = "Needed once the gateway has keys; until then it serves its own machine only.",
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (GatewayJson.TextTypes.Contains(type)) schema.Type = JsonSchemaType.String;
            if (type == typeof(DateTimeOffset)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
            if (type == typeof(TimeSpan)) (schema.Type, schema.Format) = (JsonSchemaType.String, "duration");
            if (type == typeof(double)) (schema.Type, schema.Format) = (JsonSchemaType.Number | JsonSchemaType.Null, "double");
            return Task.CompletedTask;
        });
    }
}
