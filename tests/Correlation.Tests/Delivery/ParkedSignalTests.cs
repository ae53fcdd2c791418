using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Tests.Delivery;

/// <summary>What a resource does with signals that come out of its parking lane.</summary>
public sealed class ParkedSignalTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly CustomerKey Acme = CustomerKey.Parse("acme");
    private static readonly ResourceId Vm = ResourceId.Parse("vm1");

    private readonly ResourceOptions _options = new();
    private readonly DurableResource _resource = DurableResource.Create(Vm);

    [Fact]
    public void A_parked_signal_is_applied_under_its_sequence_beside_what_its_partition_brings()
    {
        Assert.Equal([Fate.Transition], Apply(Stream(0), Signal(100)));
        Assert.Equal([Fate.Transition], Apply(Lane(7, 7), Signal(500)));
    }

    [Fact]
    public void A_parked_signal_is_applied_once_however_often_it_is_sent()
    {
        Assert.Equal([Fate.Transition, Fate.Transition], Apply(Lane(7, 7, 9), Signal(500), Signal(501)));
        Assert.Equal([Fate.Transition], Apply(Lane(7, 9), Signal(501)));
        Assert.Equal([Fate.Transition, Fate.Transition], Apply(Lane(7, 7, 9), Signal(500), Signal(501)));
        Assert.Equal(2, _resource.State.Counts.Signals);
    }

    [Fact]
    public void What_has_left_the_lane_is_forgotten()
    {
        Apply(Lane(7, 7, 9), Signal(500), Signal(501));
        Apply(Lane(10, 10), Signal(502));
        Assert.Equal(1, Assert.Single(_resource.Applied.Partitions, applied => applied.Key == LaneDrain.Partition).Value.Count);
        Assert.Equal([Fate.None], Apply(Lane(7, 7), Signal(500)));
        Assert.Equal(3, _resource.State.Counts.Signals);
    }

    [Fact]
    public void A_signal_whose_answer_was_lost_before_it_was_parked_is_not_applied_again()
    {
        Apply(Stream(0), Signal(100), Signal(101));
        Assert.Equal(
            [Fate.Transition, Fate.Transition, Fate.Transition],
            Apply(Lane(7, 7, 8, 9), Signal(100), Signal(101), Signal(102)));
        Assert.Equal(3, _resource.State.Counts.Signals);
    }

    [Fact]
    public void The_delayed_call_of_a_reader_that_was_replaced_does_not_apply_a_drained_signal_again()
    {
        Apply(Lane(7, 7), Signal(100));
        Assert.Equal([Fate.Parked], Apply(Stream(0), Signal(100)));
        Apply(Stream(101), Signal(101));
        Assert.Equal([Fate.None], Apply(Stream(0), Signal(100)));
        Assert.Equal(2, _resource.State.Counts.Signals);
    }

    [Fact]
    public void What_a_reader_that_was_replaced_parks_again_is_not_applied_again()
    {
        Apply(Stream(0), Signal(100));
        Assert.Equal([Fate.Transition, Fate.Transition], Apply(Lane(7, 7, 8), Signal(100), Signal(101)));
        Assert.Equal([Fate.None, Fate.None], Apply(Lane(9, 9, 10), Signal(100), Signal(101)));
        Apply(Stream(102), Signal(102));
        Assert.Equal([Fate.None], Apply(Lane(11, 11), Signal(101)));
        Assert.Equal(3, _resource.State.Counts.Signals);
    }

    [Fact]
    public void Another_epoch_of_its_partition_says_nothing_about_a_parked_signal()
    {
        Apply(Stream(0), Signal(100));
        Assert.Equal([Fate.Transition], Apply(Lane(7, 7), Signal(100, epoch: 2)));
    }

    private static SignalCall Stream(long checkpoint) => new(Acme, "live/0", 1, checkpoint, DateTimeOffset.MinValue);

    private static SignalCall Lane(long checkpoint, params long[] sequences) =>
        new(Acme, LaneDrain.Partition, LaneDrain.Epoch, checkpoint, DateTimeOffset.MinValue) { Sequences = [.. sequences] };

    /// <summary>An alert with a condition of its own, which opens it.</summary>
    private static Signal Signal(long offset, int epoch = 1) => new()
    {
        Message = new Message("live", epoch, 0, offset, Start),
        Resource = Vm,
        Kind = SignalKind.Alert,
        Role = SignalRole.Open,
        Severity = Severity.Error,
        EventTime = Start,
        Dedup = DedupKey.Of($"{epoch}/{offset}"),
        Condition = new Condition(ConditionKind.Alert, $"alert:{epoch}/{offset}"),
        Detail = new SignalDetail { Title = "alert" },
    };

    private Fate[] Apply(SignalCall call, params Signal[] signals)
    {
        var fates = new Fate[signals.Length];
        Assert.NotNull(_resource.Apply(call, signals, _options, fates));
        return fates;
    }
}
