namespace Correlation.Gateway.Tests.Fakes;

/// <summary>A gateway and a Chromium that the tests of one class share.</summary>
public sealed class SharedHost(Cluster cluster) : IAsyncLifetime
{
    private Browser? browser;

    /// <summary>The gateway; its pages show at once what happens and read by themselves only once an hour.</summary>
    public GatewayHost Gateway { get; private set; } = null!;

    /// <summary>The cluster behind it.</summary>
    public Cluster Cluster => cluster;

    /// <summary>The browser; started when the first test asks for it.</summary>
    public async Task<Browser> BrowserAsync() => browser ??= await Browser.StartAsync();

    public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(
        cluster, settings: [("Gateway:PageDelay", "00:00:00.1"), ("Gateway:PageRefresh", "01:00:00")]);

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        await Gateway.DisposeAsync();
    }
}
