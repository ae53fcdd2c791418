using System.Net;
using System.Text.Json;
using Correlation.Streams;

namespace Correlation.Gateway.Tests.Fakes;

/// <summary>The gateway on a port of its own, in the environment Production, as an operator would start it.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private GatewayHost(WebApplication app, FakeStreams streams, FakeLog log) => (this.app, Streams, Log) = (app, streams, log);

    public FakeStreams Streams { get; }

    public FakeLog Log { get; }

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.First());

    public static async Task<GatewayHost> StartAsync(
        Cluster cluster, string url = "http://127.0.0.1:0", params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        var streams = new FakeStreams();
        var log = new FakeLog();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseStaticWebAssets().UseUrls(url);
        builder.Services.AddSingleton<IGrainFactory>(cluster.Client);
        builder.Services.AddSingleton<ISignalIntake>(streams);
        builder.Services.AddSingleton<IStreamCatalog>(streams);
        builder.Services.AddSingleton<IRecordedIntake>(streams.Recordings);
        builder.Services.AddGateway();
        var app = builder.Build();
        app.MapGateway();
        app.MapGet("/api/v1/broken", IResult () => throw new InvalidOperationException("a secret of the inside"))
            .ExcludeFromDescription();
        await app.StartAsync();
        return new GatewayHost(app, streams, log);
    }

    /// <summary>A client, with a key where one is given.</summary>
    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null) client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <summary>Reads an answer that must be good.</summary>
    public static async Task<JsonElement> GoodAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Reads an answer that must be a problem of this status, in the form of RFC 9457.</summary>
    public static async Task<JsonElement> ProblemAsync(Task<HttpResponseMessage> asked, HttpStatusCode status)
    {
        using var answer = await asked;
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
