using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Correlation.Gateway.Tests.Fakes;

/// <summary>One fresh visit of a browser; what the console and the network complain about is kept.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = [];

    public Visit(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.RequestFailed += (_, request) => complaints.Enqueue($"{request.Url} {request.Failure}");
        page.Request += (_, request) =>
        {
            var here = new Uri(request.Url).IsLoopback || request.Url.StartsWith("data:");
            if (!here) complaints.Enqueue($"From elsewhere: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Nothing was complained about so far, and nothing was asked of another machine.</summary>
    public async Task AssertQuietAsync()
    {
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        Assert.Empty(complaints);
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
