using Correlation.Gateway.Tests.Fakes;
using Microsoft.Playwright;

namespace Correlation.Gateway.Tests;

/// <summary>Serves the pages over the fake estate, to look at them: set <c>GATEWAY_DEV_URL</c> and run this test alone.</summary>
public sealed class DevHost(Cluster cluster)
{
    [Fact(Explicit = true)]
    public async Task Serves_the_pages_until_it_is_stopped()
    {
        var url = Environment.GetEnvironmentVariable("GATEWAY_DEV_URL") ?? "http://127.0.0.1:8099";
        await using var host = await GatewayHost.StartAsync(cluster, url);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Task.Delay(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken));
    }

    /// <summary>Looks at every page: the pictures go to the folder <c>GATEWAY_DEV_PICTURES</c>.</summary>
    [Theory(Explicit = true)]
    [InlineData("customers", "/", ColorScheme.Light)]
    [InlineData("incidents", "/incidents?status=all", ColorScheme.Dark)]
    [InlineData("incident", "/incidents/acme.i1", ColorScheme.Light)]
    [InlineData("resource", "/resources?id=" + Some.DatabaseId, ColorScheme.Dark)]
    [InlineData("problems", "/problems", ColorScheme.Light)]
    [InlineData("remediations", "/remediations", ColorScheme.Light)]
    [InlineData("ledger", "/ledger", ColorScheme.Dark)]
    public async Task Takes_a_picture_of_a_page(string name, string address, ColorScheme scheme)
    {
        var folder = Environment.GetEnvironmentVariable("GATEWAY_DEV_PICTURES") ?? Path.GetTempPath();
        await using var host = await GatewayHost.StartAsync(cluster);
        await using var browser = await Browser.StartAsync();
        await using var visit = await browser.VisitAsync();
        await visit.Page.SetViewportSizeAsync(1400, 500);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await visit.Page.GotoAsync(new Uri(host.Address, address).ToString());
        await visit.Page.Locator(".mud-simple-table").First.WaitForAsync();
        await visit.AssertQuietAsync();
        var picture = Path.Combine(folder, name + ".png");
        await visit.Page.ScreenshotAsync(new() { Path = picture, FullPage = true });
        Assert.True(File.Exists(picture));
    }
}
