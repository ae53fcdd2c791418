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
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await StartAsync(Lead, TimeSpan.FromHours(1), slow);
        var told = 0;
        var isProgress = To("IDirectoryGrain", "Progress");
        cluster.FaultsOf(0).Called = call =>
        {
            if (isProgress(call)) Interlocked.Increment(ref told);
            return Task.CompletedTask;
        };
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
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await StartAsync(Lead, TimeSpan.FromMilliseconds(200), slow);

        await cluster.UntilAsync(async () => (await cluster.LedgerAsync(0)).Checkpoint == Alarms);

        Assert.Equal(0, (await cluster.LedgerAsync(1)).Checkpoint);
        slow.SetResult();
        await cluster.UntilCheckpointedAsync();
    }

    /// <summary>The backlog is there before anybody reads: who had found nothing to read would have told that it is up to date.
    /// Nothing of the second partition is read before it is released.</summary>
    private static Task<DeliveryCluster> StartAsync(TimeSpan lead, TimeSpan patience, TaskCompletionSource held) =>
        DeliveryCluster.StartAsync(
            configure: options => (options.LeadMax, options.LeadPatience) = (lead, patience),
            before: stream =>
            {
                Fill(stream);
                stream.Reads = partition => partition == 1 ? held.Task : Task.CompletedTask;
            });

    private static void Fill(TestStream stream)
    {
        var start = DateTimeOffset.UtcNow.AddDays(-20);
        for (var alarm = 0; alarm < Alarms; alarm++)
        {
            var (fired, resolved) = (start.AddHours(alarm), start.AddHours(alarm).AddMinutes(10));
            stream.Append(0, fired, Alerts.On(1, "throttled", alarm, fired, null));
            stream.Append(1, resolved, Alerts.On(1, "throttled", alarm, fired, resolved));
        }
    }
}
