using Correlation.Gateway.Tests.Fakes;

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
}
