using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Grains.Delivery;
using Correlation.Grains.Tests.Parking;
using Correlation.Signals;
using static Correlation.Grains.Tests.Delivery.Faults;

namespace Correlation.Grains.Tests.Delivery;

/// <summary>What was done and whose answer did not come is done again, and has no second effect.</summary>
public sealed class LostAnswerTests
{
    private static readonly int[] Machines = [1, 2, 3, 4, 5, 6];

    [Fact]
    public async Task A_resource_whose_answer_was_lost_answers_the_same_fates_again()
    {
        await using var cluster = await DeliveryCluster.StartAsync();
        var fails = Fails<IGrainCallContext>(8, To("IResourceGrain", "Apply"));
        cluster.OnAll(faults => faults.Answers = fails);
        cluster.Send(Machines, [1, 2, 3, 4]);
        await cluster.AssertWholeAsync(Machines, 4);
    }

    [Fact]
    public async Task A_customer_whose_answer_was_lost_is_told_again_and_takes_it_once()
    {
        await using var cluster = await DeliveryCluster.StartAsync();
        var fails = Fails<IGrainCallContext>(3, To("ICustomerGrain", "Report"));
        cluster.OnAll(faults => faults.Answers = fails);
        cluster.Send(Machines, [1, 2, 3, 4]);
        await cluster.AssertWholeAsync(Machines, 4);
    }

    [Fact]
    public async Task A_journal_that_fails_half_way_is_read_again_and_decided_anew()
    {
        await using var cluster = await DeliveryCluster.StartAsync();
        Func<string, bool> isCustomers = journal => journal.EndsWith("/customer", StringComparison.Ordinal);
        var (before, after) = (Fails(2, isCustomers), Fails(2, isCustomers));
        cluster.OnAll(faults => (faults.Appends, faults.Appended) = (before, after));
        cluster.Send(Machines, [1, 2, 3, 4]);
        await cluster.AssertWholeAsync(Machines, 4);
    }

    [Fact]
    public async Task A_checkpoint_whose_write_was_answered_into_the_void_is_read_and_gone_on_from()
    {
        await using var cluster = await DeliveryCluster.StartAsync();
        var left = 2;
        cluster.OnAll(faults => faults.Checkpointed = () => Interlocked.Decrement(ref left) >= 0
            ? throw new IOException("The answer is lost.") : Task.CompletedTask);
        cluster.Send(Machines, [1, 2, 3, 4]);
        await cluster.AssertWholeAsync(Machines, 4);
        Assert.True(left <= 0, "The writes must have failed.");
    }

    [Fact]
    public async Task A_call_that_failed_half_way_is_given_up_and_applied_whole_when_it_comes_again()
    {
        await using var cluster = await DeliveryCluster.StartAsync();
        using var counted = cluster.Count(DeliveryInstruments.Name);
        var held = new TaskCompletionSource();
        cluster.FaultsOf(0).Writes = () => held.Task;
        var resource = cluster.Grains.GetGrain<IResourceGrain>(Alerts.Machine(1));
        var flusher = cluster.Service<StateFlusher>();
        var first = await resource.Apply(Batch(Alert(0)));
        Assert.Equal(FlushStatus.Pending, flusher.StatusOf(first.Flush));

        // What is no signal fails when the one before it has been applied.
        await Assert.ThrowsAnyAsync<Exception>(() => resource.Apply(Batch(Alert(1), null!)).AsTask());
        Assert.Equal(FlushStatus.Lost, flusher.StatusOf(first.Flush));
        Assert.Equal(1, counted["correlation.delivery.lost"]);
        held.SetResult();

        ResourceAnswer? answer = null;
        var whole = Batch(Alert(0), Alert(1), Alert(2));
        await cluster.UntilAsync(async () => (answer = await SettledAsync(cluster, whole)) is not null);
        Assert.Equal([Fate.Transition, Fate.Transition, Fate.Transition], answer!.Fates);
        Assert.Equal(3, (await cluster.ViewAsync(1)).SignalCount);
    }

    /// <summary>The answer to a call as a reader takes it: null where its flush was lost, for what the activation that was given
    /// up had written before was a conflict for the next one.</summary>
    private static async Task<ResourceAnswer?> SettledAsync(DeliveryCluster cluster, ResourceBatch batch)
    {
        var flusher = cluster.Service<StateFlusher>();
        var answer = await OrNullAsync(cluster.Grains.GetGrain<IResourceGrain>(Alerts.Machine(1)), batch);
        if (answer is null || answer.Flush.Number == 0) return answer;
        await cluster.UntilAsync(() => Task.FromResult(flusher.StatusOf(answer.Flush) != FlushStatus.Pending));
        return flusher.StatusOf(answer.Flush) == FlushStatus.Settled ? answer : null;
    }

    private static async Task<ResourceAnswer?> OrNullAsync(IResourceGrain resource, ResourceBatch batch)
    {
        try
        {
            return await resource.Apply(batch);
        }
        catch (InvalidOperationException)
        {
            // The activation that was given up is still there.
            return null;
        }
    }

    private static ResourceBatch Batch(params ImmutableArray<Signal> signals) => new(
        ResourceId.Parse(Alerts.Machine(1)), CustomerKey.Parse("acme"), "live/0", 1, 0, DateTimeOffset.MinValue, signals);

    private static Signal Alert(long offset) => new()
    {
        Message = new Message("live", 1, 0, offset, DateTimeOffset.UnixEpoch.AddMinutes(offset)),
        Resource = ResourceId.Parse(Alerts.Machine(1)),
        Kind = SignalKind.Alert,
        Role = SignalRole.Open,
        Severity = Severity.Error,
        EventTime = DateTimeOffset.UnixEpoch.AddMinutes(offset),
        Dedup = DedupKey.Of($"{offset}"),
        Condition = new Condition(ConditionKind.Alert, $"alert:{offset}"),
        Detail = new SignalDetail { Title = "alert" },
    };
}
