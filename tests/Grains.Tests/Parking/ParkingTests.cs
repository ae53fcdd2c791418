using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Grains.Tests.Parking;

/// <summary>A resource that cannot be handled, beside a twin that gets the same signals and can.</summary>
public sealed class ParkingTests
{
    [Fact]
    public async Task A_resource_that_fails_stops_no_checkpoint_and_after_the_fix_has_the_symptoms_of_an_undisturbed_one()
    {
        await using var cluster = await ParkingCluster.StartAsync();
        cluster.Store.Poisoned[Alerts.Vm] = 1;
        await cluster.SendAsync([.. Enumerable.Range(1, 6).Select(rule => Alerts.Of(rule, rule))]);
        await RestedAsync(cluster);
        await cluster.SendAsync(Alerts.Of(2, 90, fired: false), Alerts.Of(3, 91, fired: false));

        var lane = Assert.Single(await cluster.Parking.Lanes());
        Assert.Equal((Alerts.Vm, 8L, 1), (lane.Resource.Canonical, lane.Waiting, lane.Tries));
        Assert.Contains("3 times running", lane.Reason, StringComparison.Ordinal);
        Assert.InRange(lane.NextTry!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        Assert.Equal(new ParkingLedger { Parked = 8, Waiting = 8 }, await cluster.BooksAsync());

        cluster.Store.Poisoned.Clear();
        await cluster.Grains.GetGrain<ILaneGrain>(Alerts.Vm).Redrive("ada");
        await EmptyAsync(cluster);
        var sent = 8 + await DirectAsync(cluster);

        await AssertTwinsAsync(cluster, sent);
        var (books, signals) = (await cluster.BooksAsync(), await cluster.SignalsAsync());
        Assert.Equal((signals.Parked, 2 * sent, true, true), (books.Parked, signals.Signals, books.Balances, signals.Balances));
        Assert.Equal(books.Parked, books.Transition);
        Assert.Equal(books.Parked, cluster.Counted["correlation.parking.drained transition"]);
        Assert.Equal(1, cluster.Counted["correlation.parking.failures"]);
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_holds_the_partition_up_and_parks_nothing()
    {
        const int moreThanAnyAttempts = 10;
        await using var cluster = await ParkingCluster.StartAsync();
        cluster.Store.OutOfReach[Alerts.Vm] = 0;
        var sending = cluster.SendAsync([.. Enumerable.Range(1, 6).Select(rule => Alerts.Of(rule, rule))]);
        await cluster.UntilAsync(() => Task.FromResult(cluster.Store.OutOfReach[Alerts.Vm] > moreThanAnyAttempts));
        Assert.False(sending.IsCompleted, "A checkpoint has passed what could not be applied.");

        cluster.Store.OutOfReach.Clear();
        await sending;

        await AssertTwinsAsync(cluster, 6);
        Assert.Equal(ParkingLedger.Empty, await cluster.BooksAsync());
        Assert.Equal((0, true), ((await cluster.SignalsAsync()).Parked, (await cluster.SignalsAsync()).Balances));
    }

    [Fact]
    public async Task A_drain_that_ends_between_applying_and_deleting_doubles_nothing()
    {
        await using var cluster = await ParkingCluster.StartAsync(options => options.BatchSignals = 4);
        cluster.Store.Poisoned[Alerts.Vm] = 1;
        await cluster.SendAsync([.. Enumerable.Range(1, 9).Select(rule => Alerts.Of(rule, rule))]);
        await RestedAsync(cluster);

        cluster.Store.Poisoned.Clear();
        cluster.Lanes.Interrupts = true;
        await cluster.Grains.GetGrain<ILaneGrain>(Alerts.Vm).Redrive("ada");
        await cluster.UntilAsync(() => Task.FromResult(cluster.Lanes.Interrupted > 1));
        await cluster.RestartAsync();
        await cluster.UntilAsync(() => Task.FromResult(cluster.Lanes.Interrupted > 3));
        cluster.Lanes.Interrupts = false;
        await EmptyAsync(cluster);

        await AssertTwinsAsync(cluster, 9);
        Assert.Equal(new ParkingLedger { Parked = 9, Transition = 9 }, await cluster.BooksAsync());
        await cluster.UntilAsync(async () => (await ViewAsync(cluster, Alerts.Vm)).Applied.All(applied => applied.Beyond == 0));
    }

    [Fact]
    public async Task A_lane_that_rests_is_tried_at_once_when_the_process_starts_again()
    {
        await using var cluster = await StartRestedAsync();
        cluster.Store.Poisoned.Clear();
        await cluster.RestartAsync();
        await EmptyAsync(cluster);
        await AssertTwinsAsync(cluster, 1);
    }

    [Fact]
    public async Task A_first_try_after_a_start_that_is_cut_short_is_made_again()
    {
        await using var cluster = await StartRestedAsync();
        cluster.Store.Poisoned.Clear();
        cluster.Lanes.Interrupts = true;
        await cluster.RestartAsync();
        await cluster.UntilAsync(() => Task.FromResult(cluster.Lanes.Interrupted > 1));
        cluster.Lanes.Interrupts = false;
        await EmptyAsync(cluster);
        await AssertTwinsAsync(cluster, 1);
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_is_no_failed_try_of_a_lane()
    {
        const int moreThanAnyAttempts = 10;
        await using var cluster = await StartRestedAsync();
        cluster.Store.OutOfReach[Alerts.Vm] = 0;
        cluster.Store.Poisoned.Clear();
        await cluster.Grains.GetGrain<ILaneGrain>(Alerts.Vm).Redrive("ada");
        await cluster.UntilAsync(() => Task.FromResult(cluster.Store.OutOfReach[Alerts.Vm] > moreThanAnyAttempts));
        var lane = Assert.Single(await cluster.Parking.Lanes());
        Assert.Equal((1, null), (lane.Tries, lane.NextTry));

        cluster.Store.OutOfReach.Clear();
        await EmptyAsync(cluster);
        await AssertTwinsAsync(cluster, 1);
    }

    [Fact]
    public async Task A_lane_is_tried_again_by_itself_and_counts_its_tries()
    {
        await using var cluster = await ParkingCluster.StartAsync(options => options.FirstRest = TimeSpan.FromMilliseconds(1));
        cluster.Store.Poisoned[Alerts.Vm] = 1;
        await cluster.SendAsync(Alerts.Of(1, 1));
        await cluster.UntilAsync(async () => (await cluster.Parking.Lanes()).Single().Tries > 3);
        cluster.Store.Poisoned.Clear();
        await EmptyAsync(cluster);
        await AssertTwinsAsync(cluster, 1);
    }

    [Fact]
    public async Task What_is_discarded_is_booked_and_what_follows_goes_to_the_resource_again()
    {
        await using var cluster = await ParkingCluster.StartAsync();
        cluster.Store.Poisoned[Alerts.Vm] = 1;
        await cluster.SendAsync([.. Enumerable.Range(1, 3).Select(rule => Alerts.Of(rule, rule))]);
        await RestedAsync(cluster);
        var lane = cluster.Grains.GetGrain<ILaneGrain>(Alerts.Vm);
        Assert.Equal(1, await lane.Discard(1, "ada"));
        Assert.Equal(2, Assert.Single(await cluster.Parking.Lanes()).Waiting);
        Assert.Equal(2, await lane.Discard(int.MaxValue, "ada"));
        Assert.Equal(0, await lane.Discard(int.MaxValue, "ada"));

        cluster.Store.Poisoned.Clear();
        var sent = await DirectAsync(cluster);
        await EmptyAsync(cluster);
        Assert.Equal(sent, (await ViewAsync(cluster, Alerts.Vm)).SignalCount);
        var books = await cluster.BooksAsync();
        Assert.Equal((3, true), (books.Discarded, books.Balances));
    }

    [Fact]
    public async Task What_comes_when_a_lane_is_full_is_shed_and_booked_so()
    {
        await using var cluster = await ParkingCluster.StartAsync(options => options.SignalsPerLane = 2);
        cluster.Store.Poisoned[Alerts.Vm] = 1;
        await cluster.SendAsync([.. Enumerable.Range(1, 5).Select(rule => Alerts.Of(rule, rule))]);
        var signals = await cluster.SignalsAsync();
        Assert.Equal((2, 3, true), (signals.Parked, signals.Shed, signals.Balances));
        Assert.Equal(3, cluster.Counted["correlation.parking.shed"]);
        Assert.Equal(new ParkingLedger { Parked = 2, Waiting = 2 }, await cluster.BooksAsync());
    }

    [Fact]
    public async Task A_parked_signal_says_whether_it_still_waits()
    {
        await using var cluster = await StartRestedAsync();
        var partition = (await cluster.Grains.GetGrain<IReaderGrain>("live/0").Ledger()).Checkpoint > 0 ? 0 : 1;
        var reader = cluster.Grains.GetGrain<IReaderGrain>($"live/{partition}");
        Assert.Equal((Fate.Parked, "It waits in its resource's parking lane."), Told(await reader.Signal(1, 0, 0, 0)));
        cluster.Store.Poisoned.Clear();
        await cluster.Grains.GetGrain<ILaneGrain>(Alerts.Vm).Redrive("ada");
        await EmptyAsync(cluster);
        Assert.Equal((Fate.Parked, "It has left its resource's parking lane."), Told(await reader.Signal(1, 0, 0, 0)));
        Assert.Equal((Fate.Transition, null), Told(await reader.Signal(1, 0, 0, 1)));

        static (Fate, string?) Told(SignalView? view) => (view!.Fate, view.Reason);
    }

    private static Task RestedAsync(ParkingCluster cluster) =>
        cluster.UntilAsync(async () => (await cluster.Parking.Lanes()).Any(lane => lane.Tries > 0));

    private static Task EmptyAsync(ParkingCluster cluster) =>
        cluster.UntilAsync(async () => (await cluster.Parking.Lanes()).IsEmpty);

    /// <summary>Sends alerts, of rule 101 on, until one goes to the resource directly.</summary>
    /// <returns>How many were sent.</returns>
    private static async Task<int> DirectAsync(ParkingCluster cluster)
    {
        var sent = 0;
        await cluster.UntilAsync(async () =>
        {
            var before = (await cluster.SignalsAsync()).Parked;
            sent++;
            await cluster.SendAsync(Alerts.Of(100 + sent, 100 + sent));
            return (await cluster.SignalsAsync()).Parked == before;
        });
        await EmptyAsync(cluster);
        return sent;
    }

    /// <summary>A cluster whose lane holds one signal and rests.</summary>
    private static async Task<ParkingCluster> StartRestedAsync()
    {
        var cluster = await ParkingCluster.StartAsync();
        cluster.Store.Poisoned[Alerts.Vm] = 1;
        await cluster.SendAsync(Alerts.Of(1, 1));
        await RestedAsync(cluster);
        return cluster;
    }

    private static async Task<ResourceView> ViewAsync(ParkingCluster cluster, string resource) =>
        (await cluster.Grains.GetGrain<IResourceGrain>(resource).Inspect())!;

    private static async Task AssertTwinsAsync(ParkingCluster cluster, int signals)
    {
        await cluster.UntilAsync(async () => (await ViewAsync(cluster, Alerts.Vm)).SignalCount >= signals);
        var (vm, twin) = (await ViewAsync(cluster, Alerts.Vm), await ViewAsync(cluster, Alerts.Twin));
        Assert.Equal((signals, signals), (vm.SignalCount, twin.SignalCount));
        Assert.Equal(Symptoms(twin), Symptoms(vm));

        static IEnumerable<(string, DateTimeOffset, DateTimeOffset?, Severity, int)> Symptoms(ResourceView view) =>
            from condition in view.Conditions
            from symptom in condition.Symptoms
            orderby symptom.Condition.Key
            select (symptom.Condition.Key, symptom.Start, symptom.End, symptom.Severity, symptom.SignalCount);
    }
}
