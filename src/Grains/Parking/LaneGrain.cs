using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Signals;
using Correlation.Storage;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Parking;

/// <summary>Drains one lane: batch after batch to the resource, and out of the lane behind what is settled.</summary>
/// <remarks>
/// The loop runs between the grain's calls until the lane is empty or rests; what must be remembered of it is in the lane's row.
/// What is no fault of the resource (a silo that is gone, a storage that does not answer) counts as no try: it is logged, and the
/// loop begins anew at the next ping.
/// </remarks>
internal sealed partial class LaneGrain(LaneServices services, ILogger<LaneGrain> log) : Grain, ILaneGrain
{
    private const int DiscardedPerWrite = 1000;

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private LaneBatches _batches = null!;
    private string _key = "";
    private bool _atOnce;
    private long _last;
    private bool _paused;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = this.GetPrimaryKeyString();
        _batches = new LaneBatches(services, GrainFactory, _key);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stop.Cancel();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Ping(bool atOnce)
    {
        _atOnce |= atOnce;
        if (_loop.IsCompleted && !_paused && !_stop.IsCancellationRequested) _loop = RunAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Drain(bool atOnce)
    {
        await Ping(atOnce);
        await _loop;
    }

    /// <inheritdoc/>
    public async Task Redrive(string actor)
    {
        if (await services.Lanes.FindAsync(_key, _stop.Token) is not { } lane) return;
        await EndRestAsync(lane);
        LogRedriven(log, actor, lane.Customer, lane.Waiting);
        await Ping(atOnce: true);
    }

    /// <inheritdoc/>
    public async Task<long> Discard(int most, string actor)
    {
        // What is being applied now must not be booked as discarded.
        _paused = true;
        try
        {
            await _loop;
            var discarded = 0L;
            while (discarded < most)
            {
                var more = await DiscardAsync((int)Math.Min(DiscardedPerWrite, most - discarded), actor);
                if (more == 0) break;
                discarded += more;
            }

            return discarded;
        }
        finally
        {
            _paused = false;
        }
    }

    private async Task<int> DiscardAsync(int most, string actor)
    {
        var (_, rows) = await _batches.PassedAsync(most, _stop.Token);
        if (rows.Count == 0) return 0;
        var left = await services.Lanes.RemoveAsync(
            _key, [.. rows.Select(row => new LaneExit(row.Sequence, Fate.Failed))], CancellationToken.None);
        services.Instruments.OnLeft(left);
        LogDiscarded(log, actor, left.Count, rows[0].Position, rows[^1].Position);
        return left.Count;
    }

    private async Task RunAsync()
    {
        try
        {
            if (await services.Lanes.FindAsync(_key, _stop.Token) is not { } lane) return;
            var drain = new LaneDrain(services.Options.Value, lane.Tries, lane.NextTry);
            if (_atOnce)
            {
                await EndRestAsync(lane);
                drain.Redrive();
            }

            _atOnce = false;
            if (!drain.IsDue(services.Time.GetUtcNow())) return;
            using var span = services.Instruments.Source.StartActivity("parking.drain");
            while (!_paused && await StepAsync(drain))
            {
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            LogLoopFailed(log, error);
        }
    }

    /// <summary>Ends the rest for good: whatever ends the try, it is due again.</summary>
    private Task EndRestAsync(ParkedLane lane) => lane.NextTry is null
        ? Task.CompletedTask : services.Lanes.NoteAsync(_key, new LaneNote(null, lane.Tries, null), _stop.Token);

    /// <summary>Sends the lane's first signals and waits until they may leave.</summary>
    /// <returns>Whether to go on.</returns>
    private async Task<bool> StepAsync(LaneDrain drain)
    {
        var (any, rows) = await _batches.PassedAsync(drain.Size, _stop.Token);
        if (!any)
        {
            await ForgetAsync();
            DeactivateOnIdle();
        }

        if (rows.Count == 0) return false;
        var failure = await SendAsync(drain, rows);
        if (failure is null) return true;
        if (drain.Failed(services.Time.GetUtcNow()) is { } delay)
        {
            await Task.Delay(delay, services.Time, _stop.Token);
            return true;
        }

        await services.Lanes.NoteAsync(_key, new LaneNote(failure, drain.Tries, drain.NextTry) { Holds = true }, _stop.Token);
        services.Instruments.OnFailed();
        LogRests(log, drain.Tries, drain.NextTry!.Value);
        return false;
    }

    /// <returns>Null where the signals have left the lane; otherwise what the resource failed with.</returns>
    private async Task<string?> SendAsync(LaneDrain drain, IReadOnlyList<ParkedSignal> rows)
    {
        FlushId flush;
        try
        {
            var batch = await _batches.BatchAsync(rows);
            var answer = await GrainFactory.GetGrain<IResourceGrain>(_key).Apply(batch);
            drain.Answered(new LaneCall(batch.Sequences, answer.Fates, answer.Flush));
            flush = answer.Flush;
        }
        catch (HandlingFailedException error)
        {
            LogCallFailed(log, error);
            return $"{error.Message}, {services.Options.Value.Attempts} times running";
        }

        var status = await SettledAsync(flush);
        if (status == FlushStatus.Lost) return "what it changed could not be stored";
        var left = await services.Lanes.RemoveAsync(_key, drain.Exits(status), CancellationToken.None);
        drain.Left();
        _last = rows[^1].Sequence;
        services.Instruments.OnLeft(left);
        return null;
    }

    private async Task<FlushStatus> SettledAsync(FlushId flush)
    {
        if (flush.Number == 0) return FlushStatus.Settled;
        while (true)
        {
            var changed = services.LocalFlusher.ChangedAsync();
            var status = (await services.Flushes.StatusOfAsync([flush]))[flush];
            if (status != FlushStatus.Pending) return status;
            await Task.WhenAny(changed, Task.Delay(services.Options.Value.RetryDelay, services.Time, _stop.Token));
            _stop.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The lane is empty: the resource need not remember what was in it.</summary>
    private async Task ForgetAsync()
    {
        if (_last == 0) return;
        var resource = GrainFactory.GetGrain<IResourceGrain>(_key);
        foreach (var call in _batches.Emptied(_last)) await resource.Apply(call);
        _last = 0;
    }

    [LoggerMessage(LogLevel.Warning, "Parked signals could not be applied; they stay parked")]
    private static partial void LogCallFailed(ILogger log, Exception error);

    [LoggerMessage(LogLevel.Error, "A parking lane was tried {Tries} times in vain and rests until {NextTry}")]
    private static partial void LogRests(ILogger log, int tries, DateTimeOffset nextTry);

    [LoggerMessage(LogLevel.Error, "Draining a parking lane failed; it begins anew at the next ping")]
    private static partial void LogLoopFailed(ILogger log, Exception error);

    [LoggerMessage(LogLevel.Information, "{Actor} has {Waiting} parked signals of customer {Customer} tried at once")]
    private static partial void LogRedriven(ILogger log, string actor, string customer, long waiting);

    [LoggerMessage(LogLevel.Warning, "{Actor} discarded {Count} parked signals, from {First} to {Last}")]
    private static partial void LogDiscarded(ILogger log, string actor, int count, string first, string last);
}
