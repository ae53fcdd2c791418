using System.Net;
using Azure;
using Correlation.Delivery;
using Correlation.Signals;
using Correlation.Storage.Azure;

namespace Correlation.Storage.Tests.Azure;

/// <summary>Parking lanes over a network and a service that fail: each signal is held, and booked, once.</summary>
public sealed class ParkingFaultTests : IDisposable
{
    private const string Lane = "/subscriptions/1/vm1";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly AzureScope scope;
    private readonly AzureTableParkingLane lanes;

    public ParkingFaultTests(AzuriteServer azurite)
    {
        scope = new AzureScope(azurite, options => options.Retries = 3);
        lanes = new AzureTableParkingLane(scope.Account);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scope.Dispose();

    [Fact]
    public async Task What_was_stored_and_whose_answer_is_lost_is_not_done_again()
    {
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.LoseAnswer(1, Faults.IsTransaction);
        Assert.Equal([true, true], await ParkAsync(lanes, 1, 2));
        scope.Faults.LoseAnswer(1, Faults.IsTransaction);
        Assert.Equal([new LaneExit(1, Fate.Context)], await lanes.RemoveAsync(Lane, [new LaneExit(1, Fate.Context)], Cancel));
        Assert.Equal(new ParkingLedger { Parked = 2, Waiting = 1, Context = 1 }, await LedgerAsync());
    }

    [Fact]
    public async Task A_signal_whose_answer_is_lost_and_that_left_meanwhile_is_not_parked_again()
    {
        await scope.Account.ReadyAsync(Cancel);
        var other = new AzureTableParkingLane(scope.Open());
        scope.Faults.Then(
            () => other.RemoveAsync(Lane, [new LaneExit(1, Fate.Context)], Cancel), loseAnswer: true, Faults.IsTransaction);
        Assert.Equal([true], await ParkAsync(lanes, 1));
        Assert.Null(await lanes.FindAsync(Lane, Cancel));
        Assert.Equal(new ParkingLedger { Parked = 1, Context = 1 }, await LedgerAsync());
    }

    [Fact]
    public async Task Writers_that_meet_each_have_their_turn()
    {
        await ParkAsync(lanes, 1);
        var other = new AzureTableParkingLane(scope.Open());
        scope.Faults.First(() => ParkAsync(other, 2, 3), Faults.IsTransaction);
        Assert.Equal([true, true], await ParkAsync(lanes, 3, 4));
        scope.Faults.First(() => ParkAsync(other, 5), Faults.IsTransaction);
        LaneExit[] exits = [new(1, Fate.Late), new(2, Fate.Late), new(3, Fate.Late), new(4, Fate.Late)];
        Assert.Equal(exits, await lanes.RemoveAsync(Lane, exits, Cancel));
        Assert.Equal([(5, "5")], await PeekAsync());
        Assert.Equal(new ParkingLedger { Parked = 5, Waiting = 1, Late = 4 }, await LedgerAsync());
    }

    [Fact]
    public async Task A_call_that_failed_between_two_transactions_is_made_again_without_harm()
    {
        var numbers = Enumerable.Range(1, 120).ToArray();
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.Then(RefuseAll, loseAnswer: false, Faults.IsTransaction);
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => ParkAsync(lanes, numbers));
        scope.Faults.Clear();
        Assert.InRange((await lanes.FindAsync(Lane, Cancel))!.Waiting, 1, 119);
        Assert.DoesNotContain(false, await ParkAsync(lanes, numbers));
        Assert.Equal(new ParkingLedger { Parked = 120, Waiting = 120 }, await LedgerAsync());

        LaneExit[] exits = [.. numbers.Select(number => new LaneExit(number, Fate.Transition))];
        scope.Faults.Then(RefuseAll, loseAnswer: false, Faults.IsTransaction);
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => lanes.RemoveAsync(Lane, exits, Cancel));
        scope.Faults.Clear();
        var (left, again) = (120 - (await lanes.FindAsync(Lane, Cancel))!.Waiting, await lanes.RemoveAsync(Lane, exits, Cancel));
        Assert.Equal(exits[(int)left..], again);
        Assert.Equal(new ParkingLedger { Parked = 120, Transition = 120 }, await LedgerAsync());

        Task RefuseAll()
        {
            scope.Faults.Refuse(100, HttpStatusCode.ServiceUnavailable, Faults.IsTransaction);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_emptied_lane_leaves_no_blob_also_of_a_call_that_failed()
    {
        await scope.Account.ReadyAsync(Cancel);
        scope.Faults.Refuse(4, HttpStatusCode.ServiceUnavailable, Faults.IsTransaction);
        var large = Signal(1) with { Data = Rows.Mebibyte(1) };
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => lanes.ParkAsync(Call(large), Cancel));
        Assert.Single(await scope.LargeAsync(Cancel));
        await lanes.ParkAsync(Call(large, Signal(2)), Cancel);
        await lanes.RemoveAsync(Lane, [new LaneExit(1, Fate.Context)], Cancel);
        Assert.Single(await scope.LargeAsync(Cancel));
        await lanes.RemoveAsync(Lane, [new LaneExit(2, Fate.Context)], Cancel);
        Assert.Empty(await scope.LargeAsync(Cancel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Books_balance_and_each_signal_is_held_once_whatever_fails(int seed)
    {
        await scope.Account.ReadyAsync(Cancel);
        var random = new Random(seed);
        AzureTableParkingLane[] writers = [lanes, new(scope.Open())];
        var held = new HashSet<string>();
        for (var step = 0; step < 60; step++)
        {
            var waiting = await PeekAsync();
            Disturb(random);
            var numbers = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(30)).ToArray();
            var writer = writers[random.Next(2)];
            var some = waiting.Where(_ => random.Next(2) == 0).Select(one => new LaneExit(one.Sequence, Fate.Late)).ToList();
            var changed = random.Next(3) == 0
                ? await TryAsync(() => writer.RemoveAsync(Lane, some, Cancel))
                : await TryAsync(() => ParkAsync(writer, numbers));
            scope.Faults.Clear();
            var after = await PeekAsync();
            Assert.Equal(after.Select(one => one.Text).Distinct(), after.Select(one => one.Text));
            Assert.Equal(after.Order(), after);
            if (changed is IReadOnlyList<bool>) Assert.Empty(numbers.Select(n => $"{n}").Except(after.Select(one => one.Text)));
            if (changed is IReadOnlyList<LaneExit> exits) Assert.Equal(waiting.Count - exits.Count, after.Count);
            held.UnionWith(after.Select(one => $"{one.Sequence}"));
            var ledger = (await lanes.LedgersAsync(Cancel)).GetValueOrDefault("acme") ?? ParkingLedger.Empty;
            Assert.Equal((held.Count, after.Count, true), (ledger.Parked, ledger.Waiting, ledger.Balances));
            Assert.Equal(after.Count, (await lanes.FindAsync(Lane, Cancel))?.Waiting ?? 0);
        }
    }

    private static SignalToPark Signal(int number) =>
        new($"live:0:3:{number}:0.0", number, Start.AddMinutes(number), Rows.Bytes($"{number}"));

    private static ParkingCall Call(params SignalToPark[] signals) => new(Lane, "acme", "why", true, 1_000, signals);

    private static Task<IReadOnlyList<bool>> ParkAsync(AzureTableParkingLane lanes, params int[] numbers) =>
        lanes.ParkAsync(Call([.. numbers.Select(Signal)]), Cancel);

    private static async Task<object?> TryAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException)
        {
            return null;
        }
    }

    private async Task<List<(long Sequence, string Text)>> PeekAsync() =>
        [.. (await lanes.PeekAsync(Lane, 1_000, Cancel)).Select(signal => (signal.Sequence, Rows.Text(signal.Data)))];

    private async Task<ParkingLedger> LedgerAsync() => (await lanes.LedgersAsync(Cancel))["acme"];

    /// <summary>Puts faults into some of the next requests, at times more than the retries take.</summary>
    private void Disturb(Random random)
    {
        for (var fault = random.Next(6); fault > 0; fault--)
        {
            switch (random.Next(4))
            {
                case 0: scope.Faults.Refuse(1, HttpStatusCode.ServiceUnavailable, Any); break;
                case 1: scope.Faults.Lose(1, Any); break;
                default: scope.Faults.LoseAnswer(1, Any); break;
            }
        }

        bool Any(HttpRequestMessage request) => random.Next(2) == 0;
    }
}
