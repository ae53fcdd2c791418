using Correlation.Grains.Readers;
using Correlation.Grains.Tests.Delivery;
using Correlation.Grains.Tests.Parking;
using Correlation.Customers;
using static Correlation.Grains.Tests.Delivery.Faults;

namespace Correlation.Grains.Tests.Readers;

/// <summary>A stream that forgets, is recreated or grows while it is being read.</summary>
public sealed class StreamChangeTests
{
    private static readonly int[] Machines = [1, 2, 3];

    [Fact]
    public async Task What_retention_takes_from_a_running_reader_is_booked_as_a_range_alarmed_and_makes_health_unknown()
    {
        await using var cluster = await DeliveryCluster.StartAsync(
            partitions: 1, configure: options => (options.BatchMessages, options.BatchesOutstanding) = (2, 1));
        using var counted = cluster.Count(ReaderInstruments.Name);
        using var held = Hold(cluster);
        cluster.Send(Machines, Enumerable.Range(1, 30));
        await held.Reached;

        // Two messages are being applied, two are read ahead.
        cluster.Stream.Forget(0, 20);
        held.Release();

        await cluster.UntilCheckpointedAsync();
        var ledger = await cluster.LedgerAsync(0);
        var lost = Assert.Single(ledger.Lost);
        Assert.Equal((1, 4L, 19L, 1L), (lost.Epoch, lost.First, lost.Last, ledger.LostRanges));
        Assert.Equal((14L, 16L, 42L), (ledger.Counts.Messages, ledger.Counts.LostMessages, ledger.Counts.Signals));
        Assert.Equal(16, counted["correlation.reader.lost"]);
        Assert.Equal(14, (await cluster.ViewAsync(1)).SignalCount);
        var customer = await cluster.CustomerAsync();
        await cluster.UntilAsync(async () => await customer.Health() is { Health: Health.Unknown } health
            && health.Why[0].Contains("lost messages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_is_recreated_under_a_running_reader_begins_a_new_epoch()
    {
        await using var cluster = await DeliveryCluster.StartAsync(partitions: 1);
        cluster.Send(Machines, [1, 2, 3]);
        await cluster.UntilCheckpointedAsync();

        cluster.Stream.Recreate(0, Alerts.On(Machines, 4), Alerts.On(Machines, 5));

        await UntilEpochAsync(cluster, 2);
        await AssertOnceAsync(cluster, 5);
    }

    [Fact]
    public async Task A_recreated_stream_that_is_longer_than_what_was_read_is_told_by_its_log_times()
    {
        await using var cluster = await DeliveryCluster.StartAsync(partitions: 1);
        cluster.Send(Machines, [1, 2]);
        await cluster.UntilCheckpointedAsync();

        cluster.Stream.Recreate(0, [.. Enumerable.Range(3, 5).Select(rule => Alerts.On(Machines, rule))]);

        await UntilEpochAsync(cluster, 2);
        await AssertOnceAsync(cluster, 7);
    }

    [Fact]
    public async Task A_stream_that_is_recreated_while_its_reader_is_busy_is_told_by_the_message_that_was_read_last()
    {
        await using var cluster = await DeliveryCluster.StartAsync(partitions: 1, configure: options =>
            (options.BatchMessages, options.BatchesOutstanding, options.VerifyInterval) = (1, 1, TimeSpan.FromTicks(1)));
        using var held = Hold(cluster);
        cluster.Send(Machines, [1, 2, 3]);
        await held.Reached;

        // The first message is being applied, the second is read ahead, the third is never read.
        cluster.Stream.Recreate(0, [.. Enumerable.Range(4, 3).Select(rule => Alerts.On(Machines, rule))]);
        held.Release();

        await UntilEpochAsync(cluster, 2);
        await AssertOnceAsync(cluster, 4);
    }

    [Fact]
    public async Task Partitions_that_are_added_to_a_live_stream_are_read_from_their_beginning()
    {
        await using var cluster = await DeliveryCluster.StartAsync(partitions: 2);
        cluster.Send(Machines, [1, 2]);
        await cluster.UntilCheckpointedAsync();
        cluster.Stream.Grow(0, Alerts.On(Machines, 3), Alerts.On(Machines, 4));
        cluster.Stream.Grow(0, Alerts.On(Machines, 5));
        await cluster.AssertWholeAsync(Machines, 5);
        cluster.Send(Machines, [6, 7, 8, 9]);
        await cluster.AssertWholeAsync(Machines, 9);
        Assert.Equal(4, (await cluster.LedgersAsync()).Length);
    }

    [Fact]
    public async Task A_partition_that_nobody_has_read_has_lost_nothing_however_much_it_has_forgotten()
    {
        await using var cluster = await DeliveryCluster.StartAsync(partitions: 1);
        cluster.Stream.Append(0, [.. Enumerable.Range(1, 5).Select(rule => Alerts.On(Machines, rule))]);
        await cluster.UntilCheckpointedAsync();
        cluster.Stream.Grow(4, [.. Enumerable.Range(1, 5).Select(rule => Alerts.On(Machines, rule))]);
        await cluster.UntilCheckpointedAsync();
        Assert.Equal([(5L, 5L, 0L), (5L, 1L, 0L)], (await cluster.LedgersAsync())
            .Select(ledger => (ledger.Checkpoint, ledger.Counts.Messages, ledger.Counts.LostMessages)));
    }

    private static Task UntilEpochAsync(DeliveryCluster cluster, int epoch) =>
        cluster.UntilAsync(async () => (await cluster.LedgerAsync(0)).Epoch == epoch);

    /// <summary>Every message of both epochs is counted once.</summary>
    private static async Task AssertOnceAsync(DeliveryCluster cluster, int messages)
    {
        await cluster.UntilCheckpointedAsync();
        var ledger = await cluster.LedgerAsync(0);
        Assert.Equal((2, messages, 3 * messages, 0), (ledger.Epoch, ledger.Counts.Messages, ledger.Counts.Transition,
            ledger.Counts.LostMessages));
        Assert.Equal(messages, (await cluster.ViewAsync(1)).SignalCount);
        Assert.Empty(ledger.Lost);
    }

    /// <summary>Holds the first call to a resource, and all that follow.</summary>
    private static Held Hold(DeliveryCluster cluster)
    {
        var held = new Held();
        var isMeant = To("IResourceGrain", "Apply");
        cluster.OnAll(faults => faults.Called = call => isMeant(call) ? held.WaitAsync() : Task.CompletedTask);
        return held;
    }

    private sealed class Held : IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Release() => _released.TrySetResult();

        public Task WaitAsync()
        {
            _reached.TrySetResult();
            return _released.Task;
        }

        public void Dispose() => Release();
    }
}
