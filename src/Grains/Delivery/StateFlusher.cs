using System.Buffers;
using Correlation.Delivery;
using Correlation.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Delivery;

/// <summary>Writes the dirty states of one silo, in numbered flushes, many rows at once; see <see cref="FlushLog"/>.</summary>
/// <remarks>A state that somebody waits for does not wait for all others that changed: it is written early, alone or with its
/// like, and once more with its flush where it changed since. One write is under way at a time.</remarks>
internal sealed partial class StateFlusher(
    IStateStore store,
    ILocalSiloDetails silo,
    IOptions<FlushOptions> options,
    TimeProvider time,
    DeliveryInstruments instruments,
    ILogger<StateFlusher> log) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>The buffer of images grows with the largest write; one that grew beyond this is not kept.</summary>
    private const int KeptBufferBytes = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly FlushLog _log = new(silo.SiloAddress.ToParsableString());
    private readonly string _silo = silo.SiloAddress.ToParsableString();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private ArrayBufferWriter<byte>? _kept;
    private HashSet<IFlushable> _dirty = [];
    private HashSet<IFlushable> _early = [];
    private TaskCompletionSource _earlyWritten = NewSignal();
    private TaskCompletionSource _written = NewSignal();
    private TaskCompletionSource _urgent = NewSignal();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Notes that a state changed; it is written with the open flush.</summary>
    /// <param name="state">The state.</param>
    /// <param name="urgent">Whether somebody waits for it: it is then written early as well, without the others.</param>
    /// <returns>The flush, and the task that ends when the state has been written or given up.</returns>
    public (FlushId Flush, Task Written) MarkDirty(IFlushable state, bool urgent)
    {
        lock (_gate)
        {
            _dirty.Add(state);
            var flush = new FlushId(_silo, _log.Open);
            if (!urgent) return (flush, _written.Task);
            _early.Add(state);
            _urgent.TrySetResult();
            return (flush, _earlyWritten.Task);
        }
    }

    /// <summary>Says that a state's outbox entries below a number are acknowledged.</summary>
    public void Acknowledged(IFlushable state, long oldestPending)
    {
        lock (_gate) _log.Acknowledged(state.Key, oldestPending);
        Announce();
    }

    /// <summary>Says that an activation ended before its customers took what it reports: its successor, here or elsewhere, will
    /// report it, but to another log than the one that waits for it. The flushes that are not settled are lost, and none to come
    /// waits for it.</summary>
    public void Abandon(IFlushable state)
    {
        lock (_gate)
        {
            _dirty.Remove(state);
            _log.Lose();
        }

        instruments.OnAbandoned();
        Announce();
    }

    /// <summary>What became of one of this silo's flushes.</summary>
    /// <exception cref="DeliveryInvariantException">It is not one of this silo's.</exception>
    public FlushStatus StatusOf(FlushId flush)
    {
        lock (_gate) return _log.StatusOf(flush);
    }

    /// <summary>Ends when a flush has settled or was lost since the call.</summary>
    public Task ChangedAsync() => Volatile.Read(ref _changed).Task;

    /// <summary>Writes all that is dirty now: a part at a time, and between two parts what somebody waits for.</summary>
    public async Task FlushAsync()
    {
        using var span = instruments.Source.StartActivity("delivery.flush");
        await _turn.WaitAsync();
        try
        {
            await WriteEarlyAsync();
            var (flush, dirty, written) = Close();
            var debts = new List<KeyValuePair<string, long>>();
            foreach (var part in dirty.Chunk(options.Value.StatesPerWrite))
            {
                await TryWriteAsync(part, debts);
                await WriteEarlyAsync();
            }

            // Where any of it was lost, the flush was lost with it.
            lock (_gate) _log.Written(flush, debts);
            written.TrySetResult();
            Announce();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs from before the first grain is activated until the last one is deactivated.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(StateFlusher), ServiceLifecycleStage.RuntimeStorageServices, Start, StopAsync);

    private Task Start(CancellationToken cancel)
    {
        instruments.ObserveDebts(Debts);
        _loop = Task.Run(RunAsync, cancel);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancel)
    {
        await _stop.CancelAsync();
        await _loop;
        await FlushAsync();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var interval = Task.Delay(options.Value.Interval, time, _stop.Token);
            while (!interval.IsCompleted)
            {
                await Task.WhenAny(Volatile.Read(ref _urgent).Task, interval);
                await FlushEarlyAsync();
            }

            if (HasWork()) await FlushAsync();
        }
    }

    private async Task FlushEarlyAsync()
    {
        await _turn.WaitAsync();
        try
        {
            await WriteEarlyAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes what somebody waits for. It stays part of the open flush, which counts what it owes when it is
    /// written.</summary>
    private async Task WriteEarlyAsync()
    {
        var (early, written) = TakeEarly();
        if (early.Count == 0) return;
        foreach (var part in early.Chunk(options.Value.StatesPerWrite)) await TryWriteAsync(part, []);
        written.TrySetResult();
    }

    private (HashSet<IFlushable> Early, TaskCompletionSource Written) TakeEarly()
    {
        lock (_gate)
        {
            var taken = (_early, _earlyWritten);
            if (_early.Count == 0) return taken;
            (_early, _earlyWritten, _urgent) = ([], NewSignal(), NewSignal());
            return taken;
        }
    }

    private long Debts()
    {
        lock (_gate) return _log.Debts;
    }

    private bool HasWork()
    {
        lock (_gate) return _dirty.Count > 0;
    }

    private (long Flush, HashSet<IFlushable> Dirty, TaskCompletionSource Written) Close()
    {
        lock (_gate)
        {
            var closed = (_log.Close(), _dirty, _written);
            (_dirty, _written) = ([], NewSignal());
            return closed;
        }
    }

    /// <summary>Writes states; those of which it is not known that they are stored are given up, and what is not settled is
    /// lost.</summary>
    private async Task TryWriteAsync(IFlushable[] states, List<KeyValuePair<string, long>> debts)
    {
        var begun = instruments.Begin();
        var (written, isLost) = (0, false);
        try
        {
            (written, var conflicts) = await WriteAsync(states, debts);
            isLost = conflicts > 0;
        }
        catch (Exception error)
        {
            isLost = true;
            LogFlushFailed(log, states.Length, error);
            foreach (var state in states) state.GiveUp();
        }

        instruments.OnFlushed(begun, written, isLost);
        if (!isLost) return;

        // In this order: a state that is not given up yet may answer under the flush that is open, and what is open is lost.
        lock (_gate) _log.Lose();
        Announce();
    }

    private async Task<(int Written, int Conflicts)> WriteAsync(IFlushable[] states, List<KeyValuePair<string, long>> debts)
    {
        var images = new List<(IFlushable State, FlushImage Image)>(states.Length);

        // Where the store throws, it may still read them: the buffer is not used again then.
        var buffer = Interlocked.Exchange(ref _kept, null) ?? new ArrayBufferWriter<byte>();
        foreach (var state in states)
        {
            if (state.Capture(buffer) is not { } image) continue;
            if (image.Debt > 0) debts.Add(new KeyValuePair<string, long>(state.Key, image.Debt));
            if (!image.IsStored) images.Add((state, image));
        }

        if (images.Count == 0)
        {
            _kept = buffer;
            return (0, 0);
        }

        var writes = images.ConvertAll(item => new StateWrite(item.State.Key, item.Image.ExpectedETag, item.Image.Data)
        {
            Hint = item.Image.Hint,
        });
        var outcomes = await store.WriteAsync(writes, CancellationToken.None);
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= KeptBufferBytes) _kept = buffer;
        var conflicts = 0;
        for (var i = 0; i < images.Count; i++)
        {
            var (state, image) = images[i];
            if (!outcomes[i].Written)
            {
                conflicts++;
                LogConflict(log, image.ExpectedETag, outcomes[i].ETag);
                state.GiveUp();
                continue;
            }

            state.Stored(image, outcomes[i]);
        }

        return (images.Count - conflicts, conflicts);
    }

    private void Announce() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Error, "Writing {States} states failed; all of them are given up and read anew")]
    private static partial void LogFlushFailed(ILogger log, int states, Exception error);

    [LoggerMessage(LogLevel.Warning,
        "A state was written elsewhere: etag {Expected} expected, {Stored} stored; it is given up and read anew")]
    private static partial void LogConflict(ILogger log, long expected, long stored);
}
