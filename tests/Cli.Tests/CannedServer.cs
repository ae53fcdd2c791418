using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Spectre.Console;

namespace Correlation.Cli.Tests;

/// <summary>A small HTTP server in this process with canned answers; remembers what it was asked.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Canned>> _answers = new();
    private readonly Task _serving;

    public CannedServer()
    {
        _listener = LocalListener.Start(out var url);
        Url = url;
        _serving = ServeAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>Answers a path; the last answer given for a path is repeated.</summary>
    public CannedServer On(string path, string body, int status = 200, string? retryAfter = null)
    {
        _answers.GetOrAdd(path, _ => new()).Enqueue(new Canned(status, body, retryAfter));
        return this;
    }

    /// <summary>Runs a command line against it, 300 columns wide.</summary>
    public Task<int> RunAsync(TextWriter output, TextWriter error, params string[] args)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 300;
        return CommandLine.RunAsync(args, new CliHost(
            console, output, error, () => new MemoryStream(), name => name == "CORRELATION_URL" ? Url : null,
            TimeProvider.System));
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener.IsListening) _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue(new Asked(
            context.Request.HttpMethod, context.Request.RawUrl ?? "", body, context.Request.Headers["X-Api-Key"],
                context.Request.ContentType));
        var answer = Next(context.Request.Url!.AbsolutePath);
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is not null) context.Response.Headers["Retry-After"] = answer.RetryAfter;
        context.Response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: true);
    }

    private Canned Next(string path)
    {
        if (!_answers.TryGetValue(path, out var queue)) return new Canned(404, """{"title":"No such thing."}""", null);
        return queue.Count > 1 && queue.TryDequeue(out var next) ? next : queue.First();
    }

    private sealed record Canned(int Status, string Body, string? RetryAfter);
}

/// <summary>What a server was asked.</summary>
internal sealed record Asked(string Method, string PathAndQuery, string Body, string? ApiKey, string? ContentType);
