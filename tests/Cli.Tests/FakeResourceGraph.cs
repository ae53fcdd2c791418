using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Correlation.Cli.Topology;

namespace Correlation.Cli.Tests;

/// <summary>Azure Resource Graph in this process: a server with scripted answers, reached by whatever address is asked for, and a
/// credential whose token is known.</summary>
internal sealed class FakeResourceGraph : IAsyncDisposable
{
    /// <summary>What must never be said.</summary>
    public const string Token = "eyJhbGciOiJub25lIn0.eyJzZWNyZXQiOiJ5ZXMifQ.c2lnbmF0dXJl";

    private readonly HttpListener _listener;
    private readonly ConcurrentQueue<Answer> _answers = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;
    private readonly Uri _url;

    public FakeResourceGraph()
    {
        _listener = LocalListener.Start(out var url);
        _url = new Uri(url);
        _serving = ServeAsync();
    }

    public ConcurrentQueue<Query> Queries { get; } = new();

    public ConcurrentQueue<(Uri Authority, string? Tenant, string Scope)> SignIns { get; } = new();

    /// <summary>Set once the server holds a request that it does not answer.</summary>
    public TaskCompletionSource Hangs { get; } = new();

    /// <summary>The way to it.</summary>
    public AzureAccess Access => new(
        (authority, tenant) => new FakeCredential(scope => SignIns.Enqueue((authority, tenant, scope))),
        new HttpClientTransport(new HttpClient(new Redirecting(_url))));

    public FakeResourceGraph Then(string body, int status = 200, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(new Answer(status, body, headers));
        return this;
    }

    /// <summary>A page of rows.</summary>
    public FakeResourceGraph Page(string? skipToken, params string[] rows) => Then(
        $"{{\"totalRecords\":1,\"count\":{rows.Length},\"data\":[{string.Join(",", rows)}],\"facets\":[]"
        + ",\"resultTruncated\":\"false\""
        + (skipToken is null ? "}" : $",\"$skipToken\":\"{skipToken}\"}}"));

    public async ValueTask DisposeAsync()
    {
        _stopped.TrySetResult();
        await _serving;
        if (_listener.IsListening) _listener.Abort();
    }

    /// <summary>Until it is disposed: aborting a listener may leave a wait for the next request pending for ever.</summary>
    private async Task ServeAsync()
    {
        while (true)
        {
            var next = _listener.GetContextAsync();
            if (await Task.WhenAny(next, _stopped.Task) != next) return;
            try
            {
                await AnswerAsync(await next);
            }
            catch (HttpListenerException)
            {
                // Whoever asked is gone.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        Queries.Enqueue(new Query(
            context.Request.Headers["X-Asked"]!, context.Request.Headers["Authorization"],
            JsonDocument.Parse(await reader.ReadToEndAsync()).RootElement.Clone()));
        if (!_answers.TryDequeue(out var answer))
        {
            Hangs.TrySetResult();
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        context.Response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: true);
    }

    private sealed record Answer(int Status, string Body, (string Name, string Value)[] Headers);

    /// <summary>Sends what is meant for Azure here, and tells where it was meant for.</summary>
    private sealed class Redirecting(Uri to) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            request.Headers.Add("X-Asked", request.RequestUri!.AbsoluteUri);
            request.RequestUri = new Uri(to, request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancel);
        }
    }

    private sealed class FakeCredential(Action<string> asked) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext context, CancellationToken cancel)
        {
            asked(context.Scopes[0]);
            return new AccessToken(Token, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext context, CancellationToken cancel) =>
            new(GetToken(context, cancel));
    }
}

/// <summary>What Azure Resource Graph was asked.</summary>
internal sealed record Query(string Address, string? Authorization, JsonElement Body);
