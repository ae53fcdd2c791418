using Correlation.LoadTests.EventHubs;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>The load test <c>eventhubs</c>, small.</summary>
public sealed class SliceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Twenty_thousand_messages_in_slices_with_faults_are_each_read_once()
    {
        using var hubs = new Hubs();
        var figures = await new SliceRun(hubs.Cluster, Hubs.Hub, hubs.Catalog, hubs.Intake)
            .RunAsync(20_000, 2_000, TestContext.Current.CancellationToken);
        output.WriteLine($"{figures}");
        Assert.Equal((20_000, 0, 0, 0L, 10), (figures.Messages, figures.Lost, figures.Doubled, figures.Wrong, figures.Faults));
    }
}
