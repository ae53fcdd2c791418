using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Storage.Tests;

/// <summary>What every parking lane must do.</summary>
public abstract class ParkingCompliance
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IParkingLane Lane { get; }

    /// <summary>Opens the implementation again over what is stored.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task Signals_come_back_in_the_order_they_were_parked_also_after_a_restart()
    {
        await ParkAsync("vm1", 5, 3, 9);
        await ParkAsync("vm2", 1);
        await ParkAsync("vm1", 4);
        Restart();
        Assert.Equal([5, 3, 9, 4], await PeekAsync("vm1", 10));
        Assert.Equal([5, 3], await PeekAsync("vm1", 2));
        Assert.Equal([1], await PeekAsync("vm2", 10));
        Assert.Empty(await PeekAsync("vm3", 10));
    }

    [Fact]
    public async Task A_signal_is_parked_and_booked_once_in_a_lane()
    {
        Assert.Equal([true, true, true], await ParkAsync("vm1", 1, 2, 1));
        Assert.Equal([true, true], await ParkAsync("vm1", 2, 3));
        await ParkAsync("vm2", 2);
        Assert.Equal([1, 2, 3], await PeekAsync("vm1", 10));
        Assert.Equal([("vm1", 3L), ("vm2", 1L)], (await Lane.LanesAsync(Cancel)).Select(one => (one.Lane, one.Waiting)));
        Assert.Equal(new ParkingLedger { Parked = 4, Waiting = 4 }, await LedgerAsync("acme"));
    }

    [Fact]
    public async Task A_sequence_rises_and_is_never_given_again_also_after_the_lane_was_empty()
    {
        await ParkAsync("vm1", 1, 2);
        var before = (await Lane.PeekAsync("vm1", 10, Cancel)).Select(signal => signal.Sequence).ToList();
        await LeaveAsync("vm1", before, Fate.Context);
        Restart();
        await ParkAsync("vm1", 3, 4);
        var after = (await Lane.PeekAsync("vm1", 10, Cancel)).Select(signal => signal.Sequence).ToList();
        Assert.Equal(before.Concat(after).Order(), before.Concat(after));
        Assert.Equal(4, before.Concat(after).Distinct().Count());
    }

    [Fact]
    public async Task Signals_leave_once_and_are_booked_by_fate_and_an_empty_lane_is_not_listed()
    {
        await ParkAsync("vm1", 1, 2, 3);
        await ParkAsync("vm2", 1);
        var rows = (await Lane.PeekAsync("vm1", 10, Cancel)).Select(signal => signal.Sequence).ToList();
        LaneExit[] exits = [new(rows[0], Fate.Transition), new(rows[2], Fate.Late), new(rows[2] + 1000, Fate.Late)];
        Assert.Equal(exits[..2], await Lane.RemoveAsync("vm1", exits, Cancel));
        Assert.Empty(await Lane.RemoveAsync("vm1", exits, Cancel));
        Assert.Empty(await Lane.RemoveAsync("vm3", exits, Cancel));
        await LeaveAsync("vm2", await SequencesAsync("vm2"), Fate.Failed);
        Restart();
        Assert.Equal([2], await PeekAsync("vm1", 10));
        Assert.Equal([("vm1", 1L)], (await Lane.LanesAsync(Cancel)).Select(one => (one.Lane, one.Waiting)));
        var ledger = await LedgerAsync("acme");
        Assert.Equal(new ParkingLedger { Parked = 4, Waiting = 1, Transition = 1, Late = 1, Discarded = 1 }, ledger);
        Assert.True(ledger.Balances);
        await ParkAsync("vm2", 1);
        Assert.Equal([1], await PeekAsync("vm2", 10));
    }

    [Fact]
    public async Task What_is_withdrawn_was_never_parked()
    {
        await ParkAsync("vm1", 1, 2);
        await LeaveAsync("vm1", (await SequencesAsync("vm1"))[..1], Fate.None);
        Assert.Equal([2], await PeekAsync("vm1", 10));
        Assert.Equal(new ParkingLedger { Parked = 1, Waiting = 1 }, await LedgerAsync("acme"));
    }

    [Theory]
    [InlineData(Fate.Shed)]
    [InlineData(Fate.Parked)]
    public async Task A_fate_that_no_drained_signal_has_lets_none_leave(Fate fate)
    {
        await ParkAsync("vm1", 1);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => LeaveAsync("vm1", [1], fate));
        Assert.Equal([1], await PeekAsync("vm1", 10));
    }

    [Fact]
    public async Task A_full_lane_refuses_what_is_new_and_knows_what_it_holds()
    {
        Assert.Equal([true, true], await ParkAsync("vm1", most: 3, false, 1, 2));
        Assert.Equal([true, true, false], await ParkAsync("vm1", most: 3, false, 2, 3, 4));
        Assert.Equal([false], await ParkAsync("vm2", most: 0, true, 1));
        Assert.Equal([1, 2, 3], await PeekAsync("vm1", 10));
        Assert.Null(await Lane.FindAsync("vm2", Cancel));
        Assert.Equal(new ParkingLedger { Parked = 3, Waiting = 3 }, await LedgerAsync("acme"));
    }

    [Fact]
    public async Task A_lane_is_held_until_what_was_tried_has_left_it()
    {
        await ParkAsync("vm1", most: 10, tried: false, 1);
        Assert.False((await FindAsync("vm1")).Held);
        await ParkAsync("vm1", most: 10, tried: true, 2);
        await ParkAsync("vm1", most: 10, tried: false, 3);
        Assert.True((await FindAsync("vm1")).Held);
        var rows = await SequencesAsync("vm1");
        await LeaveAsync("vm1", rows[..1], Fate.Context);
        Restart();
        Assert.True((await FindAsync("vm1")).Held);
        await LeaveAsync("vm1", rows[1..2], Fate.Context);
        Assert.False((await FindAsync("vm1")).Held);
        await Lane.NoteAsync("vm1", new LaneNote("failed", 1, Start) { Holds = true }, Cancel);
        Assert.True((await FindAsync("vm1")).Held);
    }

    [Fact]
    public async Task A_lane_shows_its_oldest_reason_then_why_it_was_last_tried_in_vain_until_a_signal_left()
    {
        await Lane.ParkAsync(new ParkingCall("vm1", "acme", "over credit", false, 10, [Signal(1)]), Cancel);
        await Lane.ParkAsync(new ParkingCall("vm1", "globex", "failed ü", false, 10, [Signal(4)]), Cancel);
        var fresh = new ParkedLane("vm1", "acme", 2, "over credit")
        {
            Oldest = Start.AddMinutes(1), Newest = Start.AddMinutes(4),
        };
        Assert.Equal(fresh, await FindAsync("vm1"));
        Assert.Equal([fresh], await Lane.LanesAsync(Cancel));

        await Lane.NoteAsync("vm1", new LaneNote("TimeoutException", 3, Start.AddHours(1)), Cancel);
        await Lane.NoteAsync("vm3", new LaneNote("no such lane", 3, null), Cancel);
        Restart();
        Assert.Equal(fresh with { Reason = "TimeoutException", Tries = 3, NextTry = Start.AddHours(1) }, await FindAsync("vm1"));
        await Lane.NoteAsync("vm1", new LaneNote(null, 3, null), Cancel);
        Assert.Equal(fresh with { Reason = "TimeoutException", Tries = 3 }, await FindAsync("vm1"));

        await LeaveAsync("vm1", (await SequencesAsync("vm1"))[..1], Fate.Context);
        Assert.Equal(
            new ParkedLane("vm1", "acme", 1, "failed ü") { Oldest = fresh.Newest, Newest = fresh.Newest },
            await FindAsync("vm1"));
        Assert.Equal(2, (await LedgerAsync("acme")).Parked);
    }

    [Fact]
    public async Task A_lane_shows_its_oldest_and_newest_signal_whichever_left_and_whoever_has_it_next()
    {
        await ParkAsync("vm1", 1, 2, 3, 4);
        var rows = await SequencesAsync("vm1");
        await LeaveAsync("vm1", rows[3..], Fate.None);
        Assert.Equal((Start.AddMinutes(1), Start.AddMinutes(3), 3), Ends(await FindAsync("vm1")));
        await LeaveAsync("vm1", rows[1..2], Fate.Context);
        Assert.Equal((Start.AddMinutes(1), Start.AddMinutes(3), 2), Ends(await FindAsync("vm1")));
        await LeaveAsync("vm1", rows[..1], Fate.Context);
        Assert.Equal((Start.AddMinutes(3), Start.AddMinutes(3), 1), Ends(await FindAsync("vm1")));
        await LeaveAsync("vm1", rows, Fate.Late);
        Restart();
        Assert.Null(await Lane.FindAsync("vm1", Cancel));
        await Lane.ParkAsync(new ParkingCall("vm1", "globex", "its owner now", false, 10, [Signal(9)]), Cancel);
        Assert.Equal(
            new ParkedLane("vm1", "globex", 1, "its owner now") { Oldest = Start.AddMinutes(9), Newest = Start.AddMinutes(9) },
            await FindAsync("vm1"));
        Assert.Equal(new ParkingLedger { Parked = 3, Context = 2, Late = 1 }, await LedgerAsync("acme"));
        Assert.Equal(new ParkingLedger { Parked = 1, Waiting = 1 }, await LedgerAsync("globex"));

        static (DateTimeOffset Oldest, DateTimeOffset Newest, long Waiting) Ends(ParkedLane lane) =>
            (lane.Oldest, lane.Newest, lane.Waiting);
    }

    [Fact]
    public async Task More_signals_than_a_transaction_takes_come_and_go_in_one_call()
    {
        var numbers = Enumerable.Range(1, 130).ToArray();
        Assert.Equal(numbers.Select(number => number <= 120), await ParkAsync("vm1", most: 120, tried: true, numbers));
        Assert.Equal(numbers[..120], await PeekAsync("vm1", 1000));
        var rows = (await Lane.PeekAsync("vm1", 1000, Cancel)).Select(signal => signal.Sequence).ToList();
        LaneExit[] exits = [.. rows.Take(110).Select(sequence => new LaneExit(sequence, Fate.Aggregated))];
        Assert.Equal(exits, await Lane.RemoveAsync("vm1", exits, Cancel));
        Assert.Equal(numbers[110..120], await PeekAsync("vm1", 1000));
        Assert.Equal(new ParkingLedger { Parked = 120, Waiting = 10, Aggregated = 110 }, await LedgerAsync("acme"));
    }

    [Fact]
    public async Task A_parked_signal_keeps_its_reason_time_and_bytes()
    {
        var data = Rows.Mebibyte(4);
        await Lane.ParkAsync(new ParkingCall("vm1", "acme", "over credit", false, 10, [Signal(1) with { Data = data }]), Cancel);
        await Lane.ParkAsync(new ParkingCall("vm1", "acme", "failed ü", false, 10, [Signal(2) with { Data = [] }]), Cancel);
        var signals = await Lane.PeekAsync("vm1", 10, Cancel);
        Assert.Equal([(Position(1), "over credit", Start.AddMinutes(1), 1), (Position(2), "failed ü", Start.AddMinutes(2), 2)],
            signals.Select(one => (one.Position, one.Reason, one.LogTime, one.Ordinal)));
        Assert.Equal(data, signals[0].Data);
        Assert.Empty(signals[1].Data);
    }

    [Fact]
    public async Task A_lane_knows_which_positions_it_holds()
    {
        await ParkAsync("vm1", 1, 2);
        Assert.True(await Lane.HoldsAnyAsync("vm1", [Position(7), Position(2)], Cancel));
        Assert.False(await Lane.HoldsAnyAsync("vm1", [Position(7)], Cancel));
        Assert.False(await Lane.HoldsAnyAsync("vm2", [Position(1)], Cancel));
        await LeaveAsync("vm1", (await SequencesAsync("vm1"))[..1], Fate.Context);
        Assert.False(await Lane.HoldsAnyAsync("vm1", [Position(1)], Cancel));
    }

    [Fact]
    public async Task Strange_lanes_are_kept_apart()
    {
        foreach (var key in Rows.StrangeKeys)
        {
            await Lane.ParkAsync(
                new ParkingCall(key, "acme", "r", true, 10, [new SignalToPark(key, 0, Start, Rows.Bytes(key))]), Cancel);
        }

        Restart();
        foreach (var key in Rows.StrangeKeys)
        {
            var signal = Assert.Single(await Lane.PeekAsync(key, 10, Cancel));
            Assert.Equal((key, key), (signal.Position, Rows.Text(signal.Data)));
            Assert.Equal(key, (await FindAsync(key)).Lane);
        }
    }

    private static string Position(int number) => $"live:0:3:{number}:0.0";

    private static SignalToPark Signal(int number) =>
        new(Position(number), number, Start.AddMinutes(number), Rows.Bytes($"{number}"));

    private Task<IReadOnlyList<bool>> ParkAsync(string lane, params int[] numbers) => ParkAsync(lane, 1000, true, numbers);

    private Task<IReadOnlyList<bool>> ParkAsync(string lane, long most, bool tried, params int[] numbers) =>
        Lane.ParkAsync(new ParkingCall(lane, "acme", "why", tried, most, [.. numbers.Select(Signal)]), Cancel);

    private async Task<IEnumerable<int>> PeekAsync(string lane, int most) =>
        (await Lane.PeekAsync(lane, most, Cancel)).Select(signal => int.Parse(Rows.Text(signal.Data)));

    private async Task<List<long>> SequencesAsync(string lane) =>
        [.. (await Lane.PeekAsync(lane, 100, Cancel)).Select(signal => signal.Sequence)];

    private Task LeaveAsync(string lane, IEnumerable<long> sequences, Fate fate) =>
        Lane.RemoveAsync(lane, [.. sequences.Select(sequence => new LaneExit(sequence, fate))], Cancel);

    private async Task<ParkedLane> FindAsync(string lane) =>
        await Lane.FindAsync(lane, Cancel) ?? throw new InvalidOperationException($"There is no lane {lane}.");

    private async Task<ParkingLedger> LedgerAsync(string customer) => (await Lane.LedgersAsync(Cancel))[customer];
}
