using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Tests.Delivery;

/// <summary>What a resource does with calls that come twice, late, in pieces, or from a reader that was replaced.</summary>
public sealed class DurableResourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly CustomerKey Acme = CustomerKey.Parse("acme");
    private static readonly ResourceId Vm = ResourceId.Parse("vm1");

    private readonly DurableResource _resource = DurableResource.Create(Vm);

    private long Counted => _resource.State.Counts.Signals;

    [Fact]
    public void A_call_that_comes_again_is_answered_with_the_same_fates_and_changes_nothing()
    {
        var first = Apply(0, Signal(1), Signal(2));
        Assert.Equal(first, Apply(0, Signal(1), Signal(2)));
        Assert.Equal(2, Counted);
    }

    [Fact]
    public void A_delayed_call_from_below_the_checkpoint_changes_nothing_and_has_no_fate_any_more()
    {
        Apply(0, Signal(1), Signal(2));
        Apply(3, Signal(3));
        Assert.Equal([Fate.None, Fate.None], Apply(0, Signal(1), Signal(2)));
        Assert.Equal(3, Counted);
    }

    [Fact]
    public void Calls_may_come_in_any_order()
    {
        Apply(0, Signal(5));
        Apply(0, Signal(2));
        Apply(0, Signal(5), Signal(3), Signal(2));
        Assert.Equal(3, Counted);
    }

    [Fact]
    public void A_message_may_be_split_over_two_calls_and_come_whole_again()
    {
        Apply(0, Signal(1, 0), Signal(1, 2));
        Apply(0, Signal(1, 1));
        Apply(0, Signal(1, 0), Signal(1, 1), Signal(1, 2));
        Assert.Equal(3, Counted);
    }

    [Fact]
    public void Each_of_several_partitions_has_its_own_positions_and_its_own_checkpoint()
    {
        Apply(0, Signal(1));
        Assert.NotNull(Call("live/1", 1, 0, [Signal(1, of: "1")]));
        Assert.NotNull(Call("live/1", 1, 2, [Signal(2, of: "1")]));
        Apply(0, Signal(1));
        Assert.NotNull(Call("live/1", 1, 0, [Signal(1, of: "1")]));
        Assert.Equal(3, Counted);
    }

    [Fact]
    public void A_reader_of_an_epoch_that_is_over_is_not_served()
    {
        Apply(0, Signal(1));
        Assert.NotNull(Call("live/0", 2, 0, [Signal(1, of: "epoch 2")]));
        Assert.Null(Call("live/0", 1, 0, [Signal(2)]));
        Assert.Equal(2, Counted);
    }

    [Fact]
    public void Nothing_is_listed_twice_or_below_the_checkpoint()
    {
        var applied = new AppliedPositions();
        applied.Advance("live/0", 1, 5);
        applied.Add("live/0", new SignalSlot(5, 0, 0), Fate.Context);
        Assert.Throws<DeliveryInvariantException>(() => applied.Add("live/0", new SignalSlot(5, 0, 0), Fate.Context));
        Assert.Throws<DeliveryInvariantException>(() => applied.Add("live/0", new SignalSlot(4, 0, 0), Fate.Context));
        Assert.Equal(1, Assert.Single(applied.Partitions).Value.Count);
    }

    private Fate[] Apply(long checkpoint, params Signal[] signals) => Call("live/0", 1, checkpoint, signals)!;

    private Fate[]? Call(string partition, int epoch, long checkpoint, Signal[] signals)
    {
        var fates = new Fate[signals.Length];
        var call = new SignalCall(Acme, partition, epoch, checkpoint, DateTimeOffset.MinValue);
        return _resource.Apply(call, signals, new ResourceOptions(), fates) is null ? null : fates;
    }

    private static Signal Signal(long offset, int record = 0, string of = "0") => new()
    {
        Message = new Message("live", 1, 0, offset, Start.AddSeconds(offset)),
        Record = record,
        Resource = Vm,
        Kind = SignalKind.Log,
        Role = SignalRole.Context,
        EventTime = Start.AddSeconds(offset),
        Dedup = DedupKey.Of($"{of}/{offset}/{record}"),
    };
}
