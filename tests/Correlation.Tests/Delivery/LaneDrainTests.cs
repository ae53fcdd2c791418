using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Tests.Delivery;

public sealed class LaneDrainTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly FlushId Flush = new("silo", 7);

    private readonly ParkingOptions _options = new() { Attempts = 2, BatchSignals = 8 };

    /// <summary>What happens, a letter each (f: a call failed, s: signals left), and what then comes next.</summary>
    [Theory]
    [InlineData("", 8, 0, null)]
    [InlineData("s", 8, 0, null)]
    [InlineData("f", 1, 0, null)]
    [InlineData("fs", 2, 0, null)]
    [InlineData("fss", 4, 0, null)]
    [InlineData("fssss", 8, 0, null)]
    [InlineData("fsf", 1, 0, null)]
    [InlineData("ff", 1, 1, 1)]
    [InlineData("ffff", 1, 2, 2)]
    [InlineData("ffffff", 1, 3, 4)]
    [InlineData("ffffffffffff", 1, 6, 32)]
    [InlineData("ffffffffffffff", 1, 7, 60)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", 1, 36, 60)]
    [InlineData("ffffs", 2, 0, null)]
    [InlineData("ffffsff", 1, 1, 1)]
    public void A_lane_narrows_after_a_failure_and_rests_longer_after_each_try(
        string steps, int size, int tries, int? restMinutes)
    {
        var drain = new LaneDrain(_options, 0, null);
        foreach (var step in steps)
        {
            if (step == 's') Leave(drain);
            else drain.Failed(Now);
        }

        Assert.Equal((size, tries), (drain.Size, drain.Tries));
        Assert.Equal(restMinutes is { } minutes ? Now.AddMinutes(minutes) : null, drain.NextTry);
    }

    [Fact]
    public void Calls_are_made_again_after_a_growing_delay_before_the_lane_rests()
    {
        _options.Attempts = 4;
        var drain = new LaneDrain(_options, 0, null);
        Assert.Equal([200, 400, 800, null], Enumerable.Range(0, 4).Select(_ => drain.Failed(Now)?.TotalMilliseconds));
        Assert.False(drain.IsDue(Now));
        Assert.True(drain.IsDue(Now.AddMinutes(1)));
    }

    [Fact]
    public void A_lane_that_rests_is_due_at_once_when_it_is_redriven_and_keeps_its_count()
    {
        var drain = new LaneDrain(_options, 3, Now.AddHours(1));
        Assert.False(drain.IsDue(Now));
        drain.Redrive();
        Assert.True(drain.IsDue(Now));
        Assert.Equal(3, drain.Tries);
    }

    [Theory]
    [InlineData(FlushStatus.Pending)]
    [InlineData(FlushStatus.Lost)]
    public void Signals_leave_only_when_their_flush_is_settled(FlushStatus status)
    {
        var drain = new LaneDrain(_options, 0, null);
        Assert.Throws<DeliveryInvariantException>(() => drain.Exits(FlushStatus.Settled));
        drain.Answered(Call([4, 6], [Fate.Transition, Fate.None]));
        Assert.Throws<DeliveryInvariantException>(() => drain.Exits(status));
        Assert.Equal([new LaneExit(4, Fate.Transition), new LaneExit(6, Fate.None)], drain.Exits(FlushStatus.Settled));
    }

    [Fact]
    public void A_call_whose_flush_is_lost_is_made_again()
    {
        var drain = new LaneDrain(_options, 0, null);
        drain.Answered(Call([4], [Fate.Transition]));
        Assert.Throws<DeliveryInvariantException>(() => drain.Answered(Call([5], [Fate.Transition])));
        Assert.NotNull(drain.Failed(Now));
        Assert.Throws<DeliveryInvariantException>(() => drain.Exits(FlushStatus.Settled));
        drain.Answered(Call([4], [Fate.Transition]));
        Assert.Single(drain.Exits(FlushStatus.Settled));
    }

    [Fact]
    public void A_call_must_have_a_fate_for_each_signal() => Assert.Throws<DeliveryInvariantException>(
        () => new LaneDrain(_options, 0, null).Answered(Call([4, 5], [Fate.Transition])));

    [Theory]
    [InlineData(1, 9, true)]
    [InlineData(2, 4, true)]
    [InlineData(2, 5, false)]
    [InlineData(3, 0, false)]
    public void A_message_is_passed_for_good_below_the_checkpoint_and_in_a_former_epoch(int epoch, long offset, bool passed) =>
        Assert.Equal(passed, new Checkpoint(2, 5, null, SignalLedger.Empty).HasPassed(epoch, offset));

    [Theory]
    [InlineData(Fate.Duplicate)]
    [InlineData(Fate.Late)]
    [InlineData(Fate.Aggregated)]
    [InlineData(Fate.Context)]
    [InlineData(Fate.Transition)]
    [InlineData(Fate.Failed)]
    public void The_books_balance_when_what_was_parked_waits_or_left(Fate fate)
    {
        var books = (ParkingLedger.Empty with { Parked = 5, Waiting = 2 }).Left(fate, 3);
        Assert.True(books.Balances);
        Assert.True((books + books).Balances);
        Assert.False(books.Left(fate, 1).Balances);
        Assert.Equal(fate == Fate.Failed ? 0 : 3, books.Drained);
    }

    [Fact]
    public void What_is_withdrawn_was_never_parked() => Assert.Equal(
        new ParkingLedger { Parked = 2, Waiting = 2 }, (ParkingLedger.Empty with { Parked = 3, Waiting = 2 }).Left(Fate.None, 1));

    private static LaneCall Call(long[] sequences, Fate[] fates) => new(sequences, fates, Flush);

    private static void Leave(LaneDrain drain)
    {
        drain.Answered(Call([1], [Fate.Context]));
        Assert.Single(drain.Exits(FlushStatus.Settled));
        drain.Left();
    }
}
