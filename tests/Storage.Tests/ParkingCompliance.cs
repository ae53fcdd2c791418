namespace Correlation.Storage.Tests;

/// <summary>What every parking lane must do.</summary>
public abstract class ParkingCompliance
{
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
    public async Task A_signal_is_parked_once_in_a_lane()
    {
        await ParkAsync("vm1", 1, 2, 1);
        await ParkAsync("vm1", 2, 3);
        await ParkAsync("vm2", 2);
        Assert.Equal([1, 2, 3], await PeekAsync("vm1", 10));
        Assert.Equal([("vm1", 3L), ("vm2", 1L)], (await Lane.LanesAsync(Cancel)).Select(one => (one.Lane, one.Count)));
    }

    [Fact]
    public async Task Removed_signals_are_gone_and_an_empty_lane_is_not_listed()
    {
        await ParkAsync("vm1", 1, 2, 3);
        await ParkAsync("vm2", 1);
        await Lane.RemoveAsync("vm1", [Position(1), Position(3), Position(7)], Cancel);
        await Lane.RemoveAsync("vm2", [Position(1)], Cancel);
        await Lane.RemoveAsync("vm3", [Position(1)], Cancel);
        Restart();
        Assert.Equal([2], await PeekAsync("vm1", 10));
        Assert.Equal([("vm1", 1L)], (await Lane.LanesAsync(Cancel)).Select(one => (one.Lane, one.Count)));
        await ParkAsync("vm2", 1);
        Assert.Equal([1], await PeekAsync("vm2", 10));
    }

    [Fact]
    public async Task A_parked_signal_keeps_its_reason_and_bytes_and_its_lane_shows_the_oldest_reason()
    {
        var data = Rows.Mebibyte(4);
        await Lane.ParkAsync([new ParkedSignal("vm1", Position(1), "over credit", data)], Cancel);
        await Lane.ParkAsync([new ParkedSignal("vm1", Position(2), "failed ü", [])], Cancel);
        var signals = await Lane.PeekAsync("vm1", 10, Cancel);
        Assert.Equal([("vm1", Position(1), "over credit"), ("vm1", Position(2), "failed ü")],
            signals.Select(one => (one.Lane, one.Position, one.Reason)));
        Assert.Equal(data, signals[0].Data);
        Assert.Empty(signals[1].Data);
        Assert.Equal(new ParkedLane("vm1", 2, "over credit"), Assert.Single(await Lane.LanesAsync(Cancel)));
    }

    [Fact]
    public async Task Strange_lanes_are_kept_apart()
    {
        await Lane.ParkAsync([.. Rows.StrangeKeys.Select(key => new ParkedSignal(key, key, "r", Rows.Bytes(key)))], Cancel);
        Restart();
        foreach (var key in Rows.StrangeKeys)
        {
            var signal = Assert.Single(await Lane.PeekAsync(key, 10, Cancel));
            Assert.Equal((key, key, key), (signal.Lane, signal.Position, Rows.Text(signal.Data)));
        }
    }

    private static string Position(int number) => $"live:0:3:{number}:0.0";

    private Task ParkAsync(string lane, params int[] numbers) => Lane.ParkAsync(
        [.. numbers.Select(number => new ParkedSignal(lane, Position(number), "why", Rows.Bytes($"{number}")))], Cancel);

    private async Task<IEnumerable<int>> PeekAsync(string lane, int most) =>
        (await Lane.PeekAsync(lane, most, Cancel)).Select(signal => int.Parse(Rows.Text(signal.Data)));
}
