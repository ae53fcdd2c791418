using Correlation.Delivery;
using Correlation.Grains.Delivery;
using Correlation.Grains.Readers;
using Correlation.Grains.Tests.Parking;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Correlation.Grains.Tests.Delivery;

/// <summary>Silos that do not answer, die, come, or exist twice.</summary>
public sealed class MembershipTests
{
    private static readonly int[] Machines = [.. Enumerable.Range(1, 10)];

    private static readonly StoredForm Form =
        new(new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_that_does_not_answer_is_pending_until_membership_says_that_it_is_dead()
    {
        await using var cluster = await DeliveryCluster.StartAsync(silos: 3);
        var asked = 0;
        var silent = cluster.Silos.Silos[1].SiloAddress;
        cluster.FaultsOf(0).Calls = call => IsAbout(call, silent)
            ? Never(ref asked) : Task.CompletedTask;
        var client = cluster.Service<FlushClient>();
        FlushId[] flushes = [.. Enumerable.Range(0, 3).Select(silo => OpenOf(cluster, silo))];
        await cluster.Service<StateFlusher>(2).FlushAsync();

        var known = await client.StatusOfAsync(flushes);
        Assert.Equal(
            [FlushStatus.Pending, FlushStatus.Pending, FlushStatus.Settled], flushes.Select(flush => known[flush]));

        // The question is still open: it is not asked again, and nobody waits for it.
        known = await client.StatusOfAsync(flushes);
        Assert.Equal((FlushStatus.Pending, 1), (known[flushes[1]], asked));

        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1], Cancel);
        await cluster.UntilAsync(async () => (await client.StatusOfAsync(flushes))[flushes[1]] == FlushStatus.Lost);
        Assert.Equal(FlushStatus.Settled, (await client.StatusOfAsync(flushes))[flushes[2]]);
    }

    [Fact]
    public async Task A_silo_that_ends_in_order_leaves_nothing_to_be_read_again()
    {
        const int messages = 400;
        await using var cluster = await DeliveryCluster.StartAsync(
            partitions: 4, configure: options => options.BatchMessages = 5);
        using var counted = cluster.Count(ReaderInstruments.Name);
        Measure(cluster, messages);
        await cluster.UntilAsync(async () => (await cluster.LedgersAsync()).All(ledger => ledger.Read > 0));
        await cluster.Silos.StopSiloAsync(cluster.Silos.Silos[0], Cancel);

        var checkpointed = 0L;
        for (var partition = 0; partition < 4; partition++)
        {
            var row = await cluster.Checkpoints.ReadAsync($"live/{partition}", Cancel);
            if (row is not null) checkpointed += Form.Read<Checkpoint>(row.Data).Offset;
        }

        Assert.InRange(checkpointed, 1, messages);
        Assert.Equal(counted["correlation.reader.messages"], checkpointed);
    }

    [Fact]
    public async Task A_flush_that_a_silo_never_began_ends_the_reading()
    {
        await using var cluster = await DeliveryCluster.StartAsync(silos: 2);
        var strange = OpenOf(cluster, 1) with { Number = 1_000 };
        await Assert.ThrowsAsync<DeliveryInvariantException>(() => cluster.Service<FlushClient>().StatusOfAsync([strange]));
        await Assert.ThrowsAsync<DeliveryInvariantException>(() => cluster.Service<FlushClient>(1).StatusOfAsync([strange]));
    }

    [Fact]
    public async Task A_silo_that_is_killed_takes_nothing_with_it_and_one_that_comes_takes_part()
    {
        await using var cluster = await DeliveryCluster.StartAsync(silos: 3, partitions: 4);
        cluster.Send(Machines, Enumerable.Range(1, 20));
        await cluster.UntilAsync(async () => (await cluster.LedgersAsync()).Any(ledger => ledger.Read > 0));
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[2], Cancel);
        cluster.Send(Machines, Enumerable.Range(21, 20));
        await cluster.AssertWholeAsync(Machines, 40);

        await cluster.Silos.StartAdditionalSiloAsync();
        cluster.Send(Machines, Enumerable.Range(41, 4));
        await cluster.AssertWholeAsync(Machines, 44);
    }

    [Fact]
    public async Task Signals_whose_resources_silo_cannot_be_reached_are_not_parked_however_long_that_takes()
    {
        await using var cluster = await DeliveryCluster.StartAsync();
        var left = 20;
        var isMeant = Faults.To("IResourceGrain", "Apply");
        cluster.OnAll(faults => faults.Calls = call => isMeant(call) && Interlocked.Decrement(ref left) >= 0
            ? throw new SiloUnavailableException("The silo is gone.") : Task.CompletedTask);
        cluster.Send([1], [1]);
        await cluster.AssertWholeAsync([1], 1);
        Assert.True(left < 0, "The silo must have been out of reach for longer than a resource is tried.");
    }

    [Fact]
    public async Task A_second_reader_of_every_partition_and_a_second_activation_of_everything_change_nothing()
    {
        await using var cluster = await DeliveryCluster.StartAsync();
        await using var beside = await cluster.BesideAsync();
        cluster.Send(Machines, Enumerable.Range(1, 12));
        await cluster.UntilAsync(async () => (await beside.LedgersAsync()).All(ledger => ledger.Read > 0));
        cluster.Send(Machines, Enumerable.Range(13, 12));
        await Task.WhenAll(cluster.UntilReadAsync(), beside.UntilReadAsync());
        await beside.Silos.StopAllSilosAsync(Cancel);

        // An activation that was not the last to write learns what the other one wrote with its next decision.
        cluster.Send(Machines, [25]);
        await cluster.AssertWholeAsync(Machines, 25);
    }

    private static FlushId OpenOf(DeliveryCluster cluster, int silo) =>
        new(cluster.Silos.Silos[silo].SiloAddress.ToParsableString(), 1);

    private static bool IsAbout(IOutgoingGrainCallContext call, SiloAddress silo) =>
        call.InterfaceName.EndsWith("IFlushService", StringComparison.Ordinal)
        && SystemTargetGrainId.TryParse(call.TargetId, out var target) && target.GetSiloAddress().Equals(silo);

    private static Task Never(ref int asked)
    {
        asked++;
        return new TaskCompletionSource().Task;
    }

    /// <summary>Sends values of a metric: what is written lazily, and waits for no customer.</summary>
    private static void Measure(DeliveryCluster cluster, int messages)
    {
        for (var message = 0; message < messages; message++)
        {
            var at = DateTimeOffset.UtcNow.AddMinutes(-10).AddSeconds(message);
            var value = $$"""
                "time":"{{at:O}}","metricName":"CPU","timeGrain":"PT1M","average":1
                """;
            var values = Machines.Select(machine => $$"""{{{value}},"resourceId":"{{Alerts.Machine(machine)}}"}""");
            cluster.Stream.Append(message % 4, $$"""{"records":[{{string.Join(',', values)}}]}""");
        }
    }
}
