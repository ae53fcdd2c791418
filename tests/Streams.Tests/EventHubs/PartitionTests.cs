using Correlation.Streams.EventHubs;

namespace Correlation.Streams.Tests.EventHubs;

public sealed class PartitionTests
{
    private readonly FakeAdmin admin = new();
    private readonly HubPartitions partitions;

    public PartitionTests()
    {
        var options = Hubs.InAHurry("127.0.0.1:1");
        options.DiscoveryInterval = TimeSpan.FromMilliseconds(50);
        options.Hubs.Add(new EventHubOptions { Name = "logs", Number = 2 });
        options.Hubs.Add(new EventHubOptions { Name = "alerts", Number = 0 });
        partitions = new HubPartitions(
            admin, new HubNumbers(options.Hubs), options, new HubHealth(options, new Logs()), TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_every_hub_is_known_nobody_is_told_any_partition()
    {
        admin.Counts["alerts"] = 2;
        await Assert.ThrowsAsync<StreamUnavailableException>(() => partitions.AllAsync(Cancel));
    }

    [Fact]
    public async Task Growth_is_followed_and_moves_no_other_partition()
    {
        (admin.Counts["alerts"], admin.Counts["logs"]) = (1, 2);
        Assert.Equal([0, 2048, 2049], await partitions.AllAsync(Cancel));
        admin.Counts["alerts"] = 3;
        await Hubs.UntilAsync(async () => (await partitions.AllAsync(Cancel)).SequenceEqual([0, 1, 2, 2048, 2049]));
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_or_has_fewer_than_before_keeps_those_it_had()
    {
        (admin.Counts["alerts"], admin.Counts["logs"]) = (3, 2);
        await partitions.AllAsync(Cancel);
        admin.Counts["alerts"] = 1;
        admin.Counts.Remove("logs");
        var asked = admin.Asked;
        await Hubs.UntilAsync(async () => (await partitions.AllAsync(Cancel)).Count > 0 && admin.Asked > asked + 1);
        Assert.Equal([0, 1, 2, 2048, 2049], await partitions.AllAsync(Cancel));
    }
}
