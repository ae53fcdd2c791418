using Correlation.Contracts;
using Correlation.Grains.Tests.Delivery;
using Correlation.Grains.Tests.Parking;

namespace Correlation.Grains.Tests.Readers;

/// <summary>What a resource takes its time for holds up that resource, and nobody behind it in the partition.</summary>
public sealed class OutstandingTests
{
    [Fact]
    public async Task Who_comes_behind_a_resource_that_does_not_answer_is_applied()
    {
        await using var cluster = await DeliveryCluster.StartAsync(partitions: 1);
        using var held = new HeldResource(cluster, 1);
        cluster.Send([1], [1]);
        await cluster.UntilAsync(() => Task.FromResult(held.Calls == 1));
        cluster.Send([2], [2]);

        await cluster.UntilAsync(async () => await SignalsAsync(cluster, 2) == 1);
        var ledger = await cluster.LedgerAsync(0);
        Assert.Equal((0, 0), (ledger.Read, ledger.Checkpoint));
        held.Release();
        await cluster.UntilCheckpointedAsync();
        Assert.Equal(1, await SignalsAsync(cluster, 1));
    }

    [Fact]
    public async Task A_resource_gets_one_call_at_a_time_in_order()
    {
        await using var cluster = await DeliveryCluster.StartAsync(partitions: 1);
        using var held = new HeldResource(cluster, 1);
        cluster.Send([1], [1]);
        await cluster.UntilAsync(() => Task.FromResult(held.Calls == 1));
        cluster.Send([1, 2], [2]);
        await cluster.UntilAsync(async () => await SignalsAsync(cluster, 2) == 1);

        Assert.Equal(1, held.Calls);
        held.Release();
        await cluster.UntilCheckpointedAsync();
        Assert.Equal((2, 2), (held.Calls, await SignalsAsync(cluster, 1)));
        Assert.Equal([0, 1], held.Offsets);
    }

    [Fact]
    public async Task No_more_batches_are_outstanding_than_allowed()
    {
        await using var cluster = await DeliveryCluster.StartAsync(
            partitions: 1, configure: options => options.BatchesOutstanding = 2);
        using var held = new HeldResource(cluster, 1);
        cluster.Send([1], [1]);
        await cluster.UntilAsync(() => Task.FromResult(held.Calls == 1));
        cluster.Send([2], [2]);
        await cluster.UntilAsync(async () => await SignalsAsync(cluster, 2) == 1);
        cluster.Send([3], [3]);
        cluster.Send([3], [4]);

        // The reader goes on only when the first batch is answered: its ledger answers meanwhile.
        for (var i = 0; i < 20; i++) Assert.Equal(0, (await cluster.LedgerAsync(0)).Read);
        Assert.Equal(0, await SignalsAsync(cluster, 3));
        held.Release();
        await cluster.UntilCheckpointedAsync();
        Assert.Equal(2, await SignalsAsync(cluster, 3));
    }

    private static async Task<long> SignalsAsync(DeliveryCluster cluster, int machine) =>
        (await cluster.ViewOrNullAsync(machine))?.SignalCount ?? 0;

    /// <summary>A resource whose calls wait.</summary>
    private sealed class HeldResource : IDisposable
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<long> _offsets = [];

        public HeldResource(DeliveryCluster cluster, int machine)
        {
            var name = $"/{Alerts.Machine(machine)}";
            var isApply = Faults.To("IResourceGrain", "Apply");
            cluster.OnAll(faults => faults.Called = call =>
                isApply(call) && call.TargetId.ToString().EndsWith(name, StringComparison.OrdinalIgnoreCase)
                    ? HoldAsync((ResourceBatch)call.Request.GetArgument(0)!) : Task.CompletedTask);
        }

        public int Calls
        {
            get { lock (_offsets) return _offsets.Count; }
        }

        public IReadOnlyList<long> Offsets
        {
            get { lock (_offsets) return [.. _offsets]; }
        }

        public void Release() => _released.TrySetResult();

        public void Dispose() => Release();

        private Task HoldAsync(ResourceBatch batch)
        {
            lock (_offsets) _offsets.Add(batch.Signals[0].Message.Offset);
            return _released.Task;
        }
    }
}
