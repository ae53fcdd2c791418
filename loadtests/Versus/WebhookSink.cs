using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Correlation.LoadTests.Versus;

/// <summary>What Alertmanager notifies: it counts the alerts that it is told of.</summary>
internal sealed class WebhookSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, byte> _told = [];

    private WebhookSink(WebApplication app, int port) => (_app, Port) = (app, port);

    /// <summary>The port on this machine.</summary>
    public int Port { get; }

    /// <summary>How many different alerts it was told of.</summary>
    public int Distinct => _told.Count;

    /// <summary>Starts to listen.</summary>
    public static async Task<WebhookSink> StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var sink = new WebhookSink(app, port);
        app.MapPost("/alerts", sink.TakeAsync);
        app.Urls.Add($"http://127.0.0.1:{port}");
        await app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        foreach (var alert in body.RootElement.GetProperty("alerts").EnumerateArray())
            _told.TryAdd(alert.GetProperty("fingerprint").GetString()!, 0);
        return Results.Ok();
    }
}
