using Correlation.Grains.Tests.Delivery;
using Correlation.Grains.Tests.Parking;
using static Correlation.Grains.Tests.Delivery.Faults;

namespace Correlation.Grains.Tests.Readers;

/// <summary>A backlog of days whose partitions are not equally fast: an alert fires in one partition and resolves in the
/// other.</summary>
public sealed class AlignmentTests
{
    private const int Alarms = 300;
    private static readonly TimeSpan Lead = TimeSpan.FromHours(10);

    [Fact]
    public async Task A_backlog_waits_for_the_slowest_partition_so_that_a_resource_has_room_for_what_may_still_change()
    {
        await using var cluster = await StartAsync(Lead, patience: TimeSpan.FromHours(1));
        var slow = HoldSecond(cluster);
        var told = 0;
        var isProgress = To("IDirectoryGrain", "Progress");
        cluster.FaultsOf(0).Called = call =>
        {
            if (isProgress(call)) Interlocked.Increment(ref told);
            return Task.CompletedTask;
        };
        Send(cluster);
        await cluster.UntilAsync(() => Task.FromResult(told >= 50));
        Assert.Equal(0, (await cluster.LedgerAsync(0)).Read);
        slow.SetResult();

        await cluster.UntilCheckpointedAsync();
        var view = await cluster.ViewAsync(1);
        Assert.DoesNotContain(view.Conditions.SelectMany(condition => condition.Symptoms), symptom => symptom.Degraded);
        Assert.Equal(Alarms, (await (await cluster.CustomerAsync()).Ledger()).Counts.Symptoms);
    }

    [Fact]
    public async Task A_partition_that_stands_still_stops_no_other_one_for_longer_than_patience_has()
    {
        await using var cluster = await StartAsync(Lead, patience: TimeSpan.FromMilliseconds(200));
        var slow = HoldSecond(cluster);
        Send(cluster);

        await cluster.UntilAsync(async () => (await cluster.LedgerAsync(0)).Checkpoint == Alarms);

        Assert.Equal(0, (await cluster.LedgerAsync(1)).Checkpoint);
        slow.SetResult();
        await cluster.UntilCheckpointedAsync();
    }

    private static Task<DeliveryCluster> StartAsync(TimeSpan lead, TimeSpan patience) => DeliveryCluster.StartAsync(
        configure: options => (options.LeadMax, options.LeadPatience) = (lead, patience));

    /// <summary>Nothing of the second partition is read before it is released.</summary>
    private static TaskCompletionSource HoldSecond(DeliveryCluster cluster)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Stream.Reads = partition => partition == 1 ? held.Task : Task.CompletedTask;
        return held;
    }

    private static void Send(DeliveryCluster cluster)
    {
        var start = DateTimeOffset.UtcNow.AddDays(-20);

        // The second partition first: it must know of its backlog before the first one has anything to read.
        foreach (var partition in new[] { 1, 0 })
        {
            for (var alarm = 0; alarm < Alarms; alarm++)
            {
                var (fired, resolved) = (start.AddHours(alarm), start.AddHours(alarm).AddMinutes(10));
                if (partition == 0) cluster.Stream.Append(0, fired, Alerts.On(1, "throttled", alarm, fired, null));
                else cluster.Stream.Append(1, resolved, Alerts.On(1, "throttled", alarm, fired, resolved));
            }
        }
    }
}
