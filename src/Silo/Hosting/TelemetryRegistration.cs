using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Correlation.Silo.Hosting;

/// <summary>Metrics and traces: scraped at <c>/metrics</c>, and sent by OTLP where an endpoint is configured.</summary>
internal static class TelemetryRegistration
{
    private const string OwnNames = "Correlation.*";
    private const string OrleansNames = "Microsoft.Orleans*";

    /// <summary>Adds OpenTelemetry; OTLP is on where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var otlp = !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(OwnNames, OrleansNames, "System.Runtime").AddAspNetCoreInstrumentation().AddPrometheusExporter();
                if (otlp) metrics.AddOtlpExporter();
            });

        // Spans that nobody is sent are not made.
        if (!otlp) return;
        builder.Services.AddOpenTelemetry().WithTracing(
            traces => traces.AddSource(OwnNames, OrleansNames).AddAspNetCoreInstrumentation().AddOtlpExporter());
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapTelemetry(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
}
