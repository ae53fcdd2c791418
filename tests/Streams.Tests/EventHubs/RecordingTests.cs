using Correlation.Streams.EventHubs;
using Correlation.Streams.Tests.Local;
using Correlation.Tests.Shared.Kafka;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>Recordings lie in the local log beside the hubs; where there is none they are refused.</summary>
public sealed class RecordingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recorded_streams_are_beside_the_hubs_and_the_local_live_stream_is_not()
    {
        using var cluster = new MockCluster();
        using var folder = new LogFolder(TimeProvider.System);
        var options = Hubs.InAHurry(cluster.Bootstrap);
        options.Hubs.Add(new EventHubOptions { Name = "signals", Number = 0 });
        var services = new EventHubsServices(
            TimeProvider.System, new EventHubsInstruments(null, TimeProvider.System), new Logs());
        using var catalog = new EventHubsCatalog(new EventHubsClients(options, services, null!), services, folder.Log);
        await folder.Log.BeginAsync("replay-day", "day", Cancel);

        Assert.Equal(["eventhubs", "replay-day"], (await catalog.StreamsAsync(Cancel)).Select(stream => stream.Name));
        Assert.True((await catalog.FindAsync("eventhubs", Cancel))!.IsLive);
        Assert.False((await catalog.FindAsync("replay-day", Cancel))!.IsLive);
        Assert.Null(await catalog.FindAsync("live", Cancel));
    }

    [Fact]
    public async Task Without_a_local_log_a_recording_is_refused_with_the_setting_that_names_one()
    {
        var none = new NoRecordings();
        var refused = await Assert.ThrowsAsync<StreamNotSupportedException>(() => none.BeginAsync("replay-day", "day", Cancel));
        Assert.Contains("Correlation:Stream:Folder", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StreamNotSupportedException>(() => none.AppendAsync("replay-day", "day", 0, [], Cancel));
        await Assert.ThrowsAsync<StreamNotSupportedException>(() => none.FinishAsync("replay-day", "day", Cancel));
    }
}
