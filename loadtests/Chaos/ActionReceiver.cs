using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Correlation.LoadTests.Chaos;

/// <summary>What remediation calls: it honours keys, and counts what came more than once.</summary>
internal sealed class ActionReceiver : IAsyncDisposable
{
    /// <summary>An action that may be repeated.</summary>
    public const string Repeatable = "extend-disk";

    /// <summary>An action that may not be repeated.</summary>
    public const string Once = "restart-app";

    /// <summary>So slow that a process is killed while it waits, now and then.</summary>
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(300);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<(string Action, string Key), Received> _received = [];

    private ActionReceiver(WebApplication app, int port) => (_app, Port) = (app, port);

    /// <summary>The port on this machine.</summary>
    public int Port { get; }

    /// <summary>What was done to what, once for each key.</summary>
    public List<string> Effects =>
        [.. _received.Select(one => $"{one.Key.Action} {one.Value.Resource}").Order(StringComparer.Ordinal)];

    /// <summary>Calls beyond the first of a key.</summary>
    /// <param name="action">Of which action.</param>
    public int RepeatsOf(string action) => _received.Where(one => one.Key.Action == action).Sum(one => one.Value.Calls - 1);

    /// <summary>The keys that an action was called with.</summary>
    public HashSet<string> Keys => [.. _received.Keys.Select(one => one.Key)];

    /// <summary>Starts to listen.</summary>
    public static async Task<ActionReceiver> StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new ActionReceiver(app, port);
        app.MapPost("/actions/{action}", receiver.TakeAsync);
        app.Urls.Add($"http://127.0.0.1:{port}");
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(string action, HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        var key = request.Headers["Idempotency-Key"].ToString();
        var resource = body.RootElement.GetProperty("resource").GetString() ?? "";
        _received.AddOrUpdate((action, key), new Received(resource, 1), (_, before) => before with { Calls = before.Calls + 1 });
        await Task.Delay(Work);
        return Results.Ok();
    }

    private sealed record Received(string Resource, int Calls);
}
