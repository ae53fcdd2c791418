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

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip($"There is no Chromium at {path}; install one or set CHROMIUM.");
        Assert.True(File.Exists(path), $"There is no Chromium at {path}; CI must have one.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
        return new Browser(playwright, browser);
    }

    /// <summary>A visit without anything left over from another.</summary>
    public async Task<Visit> VisitAsync() => new(await (await browser.NewContextAsync()).NewPageAsync());

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
