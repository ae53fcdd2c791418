using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Grains.Delivery;
using Correlation.Grains.Tests.Parking;
using Correlation.Storage;
using static Correlation.Grains.Tests.Delivery.Faults;

namespace Correlation.Grains.Tests.Delivery;

/// <summary>The checkpoint goes on behind flushes of every silo, and back with any that is lost.</summary>
public sealed class SettlingTests
{
    private static readonly int[] Machines = [.. Enumerable.Range(1, 12)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_checkpoint_waits_for_the_flushes_of_every_silo_that_a_batch_rests_on()
    {
        await using var cluster = await DeliveryCluster.StartAsync(silos: 3);
        var held = new TaskCompletionSource();
        cluster.Send(Machines, [1, 2]);
        await cluster.UntilCheckpointedAsync();
        var silo = Enumerable.Range(0, 3).First(silo => cluster.Silos.Silos[silo].SiloAddress.ToString() == Homes(cluster)[^1]);
        Assert.True(Homes(cluster).Distinct().Count() > 1, "The machines must live on several silos.");

        cluster.FaultsOf(silo).Writes = () => held.Task;
        cluster.Send(Machines, [3, 4]);
        await cluster.UntilReadAsync();
        Assert.All(await cluster.LedgersAsync(), ledger => Assert.Equal(1, ledger.Checkpoint));
        held.SetResult();

        await cluster.AssertWholeAsync(Machines, 4);
    }

    [Fact]
    public async Task A_flush_whose_outcome_is_unknown_is_lost_and_what_rests_on_it_is_read_again()
    {
        await using var cluster = await DeliveryCluster.StartAsync();
        using var counted = cluster.Count(DeliveryInstruments.Name);
        var left = 2;
        cluster.FaultsOf(0).Wrote = () => Interlocked.Decrement(ref left) >= 0
            ? throw new IOException("The answer is lost.") : Task.CompletedTask;
        cluster.Send(Machines, [1, 2, 3, 4]);

        await cluster.AssertWholeAsync(Machines, 4);
        Assert.True(counted["correlation.delivery.lost"] >= 2);
        Assert.Contains(await cluster.LedgersAsync(), ledger => ledger.Rewinds > 0);
    }

    [Fact]
    public async Task A_conflict_is_pinned_to_its_row_and_the_others_of_its_flush_are_written()
    {
        await using var cluster = await DeliveryCluster.StartAsync(partitions: 1);
        cluster.Send([1, 2], [1]);
        await cluster.UntilCheckpointedAsync();
        await cluster.UntilAsync(async () => Outbox((await RowAsync(1)).Data) == 0);
        var (rewritten, other) = (await RowAsync(1), await RowAsync(2));
        var stolen = await cluster.States.WriteAsync(
            [new StateWrite(Alerts.Machine(1), rewritten.ETag, rewritten.Data)], Cancel);
        Assert.True(stolen[0].Written);
        using var counted = cluster.Count(DeliveryInstruments.Name);

        cluster.Send([1, 2], [2]);

        await cluster.AssertWholeAsync([1, 2], 2);
        Assert.True(counted["correlation.delivery.lost"] >= 1);
        Assert.True((await RowAsync(2)).ETag > other.ETag);

        async Task<StateRow> RowAsync(int machine) => (await cluster.States.ReadAsync(Alerts.Machine(machine), Cancel))!;
        int Outbox(ReadOnlyMemory<byte> row) => cluster.Service<StoredForm>().Read<DurableResource>(row).Outbox.Pending.Count;
    }

    [Fact]
    public async Task An_activation_that_ends_before_its_customer_answered_loses_its_flush_and_nothing_else()
    {
        await using var cluster = await DeliveryCluster.StartAsync(partitions: 1);
        using var counted = cluster.Count(DeliveryInstruments.Name);
        var customer = new TaskCompletionSource();
        var isCustomers = To("ICustomerGrain", "Report");
        cluster.OnAll(faults => faults.Called = call => isCustomers(call) ? customer.Task : Task.CompletedTask);
        cluster.Send([1], [1, 2]);
        await cluster.UntilReadAsync();
        Assert.Equal(0, (await cluster.LedgerAsync(0)).Checkpoint);

        await cluster.Silos.DeactivateAsync(cluster.Grains.GetGrain<IResourceGrain>(Alerts.Machine(1)));
        await cluster.UntilAsync(() => Task.FromResult(counted["correlation.delivery.lost"] == 1));
        await cluster.UntilAsync(async () => (await cluster.LedgerAsync(0)).Rewinds == 1);
        Assert.Equal(0, (await cluster.LedgerAsync(0)).Checkpoint);
        await cluster.UntilReadAsync();
        customer.SetResult();

        await cluster.AssertWholeAsync([1], 2);
        Assert.Equal(1, counted["correlation.delivery.lost"]);
        Assert.Equal(1, (await cluster.LedgerAsync(0)).Rewinds);
    }

    [Fact]
    public async Task A_dirty_activation_that_moves_to_another_silo_loses_nothing()
    {
        await using var cluster = await DeliveryCluster.StartAsync(silos: 2);
        var grain = cluster.Grains.GetGrain<IResourceGrain>(Alerts.Machine(1));
        cluster.Send([1, 2], [1]);
        await cluster.UntilReadAsync();
        for (var rule = 2; rule <= 5; rule++)
        {
            var from = (await cluster.ViewAsync(1)).Silo;
            var to = cluster.Silos.Silos.First(silo => silo.SiloAddress.ToString() != from).SiloAddress;
            cluster.Send([1, 2], [rule]);
            await cluster.UntilReadAsync();
            await cluster.Silos.MigrateAsync(grain, to);
            await cluster.UntilAsync(async () => (await cluster.ViewOrNullAsync(1))?.Silo == to.ToString());
        }

        await cluster.AssertWholeAsync([1, 2], 5);
    }

    private static List<string> Homes(DeliveryCluster cluster) =>
        [.. Machines.Select(machine => cluster.ViewAsync(machine).Result.Silo).Order(StringComparer.Ordinal)];
}
