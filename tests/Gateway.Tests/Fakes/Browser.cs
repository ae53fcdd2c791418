using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Correlation.Gateway.Tests.Fakes;

/// <summary>A headless Chromium, the one of the machine: <c>CHROMIUM</c> or /usr/bin/chromium. Without one the test is skipped,
/// but in CI it fails.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly ConcurrentQueue<string> complaints = [];
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (this.playwright, this.browser, Page) = (playwright, browser, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.RequestFailed += (_, request) => complaints.Enqueue($"{request.Url} {request.Failure}");
        page.Request += (_, request) =>
        {
            if (!new Uri(request.Url).IsLoopback && !request.Url.StartsWith("data:")) complaints.Enqueue($"From elsewhere: {request.Url}");
        };
    }

    public IPage Page { get; }

    public static async Task<Browser> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip($"There is no Chromium at {path}; install one or set CHROMIUM.");
        Assert.True(File.Exists(path), $"There is no Chromium at {path}; CI must have one.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
        return new Browser(playwright, browser, await browser.NewPageAsync());
    }

    /// <summary>Nothing was complained about so far, and nothing was asked of another machine.</summary>
    public async Task AssertQuietAsync()
    {
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        Assert.Empty(complaints);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
