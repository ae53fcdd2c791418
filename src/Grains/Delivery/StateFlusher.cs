using System.Buffers;
using Correlation.Delivery;
using Correlation.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Delivery;

/// <summary>Writes the dirty states of one silo, in numbered flushes, many rows at once; see <see cref="FlushLog"/>.</summary>
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
    private readonly FlushLog _log = new(silo.SiloAddress.ToParsableString());
    private readonly string _silo = silo.SiloAddress.ToParsableString();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private ArrayBufferWriter<byte>? _kept;
    private HashSet<IFlushable> _dirty = [];
    private TaskCompletionSource _written = NewSignal();
    private TaskCompletionSource _urgent = NewSignal();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Notes that a state changed; it is written with the open flush.</summary>
    /// <param name="state">The state.</param>
    /// <param name="urgent">Whether somebody waits for it: it is then written at once.</param>
    /// <returns>The flush, and the task that ends when the flush has been written or given up.</returns>
    public (FlushId Flush, Task Written) MarkDirty(IFlushable state, bool urgent)
    {
        lock (_gate)
        {
            _dirty.Add(state);
            if (urgent) _urgent.TrySetResult();
            return (new FlushId(_silo, _log.Open), _written.Task);
        }
    }

    /// <summary>Says that a state's outbox entries below a number are acknowledged.</summary>
    public void Acknowledged(IFlushable state, long oldestPending)
    {
        lock (_gate) _log.Acknowledged(state.Key, oldestPending);
        Announce();
    }

    /// <summary>Says that an activation ended before its customers took what it reports: its successor, here or elsewhere, will
    /// report it, but to another log than the one that waits for it. The flushes that are not settled are lost.</summary>
    public void Abandon()
    {
        lock (_gate) _log.Lose();
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

    /// <summary>Writes all that is dirty now.</summary>
    public async Task FlushAsync()
    {
        using var span = instruments.Source.StartActivity("delivery.flush");
        var begun = instruments.Begin();
        var (flush, dirty, written) = Close();
        var isLost = false;
        try
        {
            var debts = new List<KeyValuePair<string, long>>();
            var conflicts = 0;
            foreach (var part in dirty.Chunk(options.Value.StatesPerWrite)) conflicts += await WriteAsync(part, debts);
            isLost = conflicts > 0;
            lock (_gate)
            {
                if (isLost) _log.Lose();
                else _log.Written(flush, debts);
            }
        }
        catch (Exception error)
        {
            isLost = true;
            LogFlushFailed(log, flush, dirty.Count, error);

            // In this order: a state that is not given up yet may answer under the flush that is open, and what is open is lost.
            foreach (var state in dirty) state.GiveUp();
            lock (_gate) _log.Lose();
        }

        instruments.OnFlushed(begun, dirty.Count, isLost);
        written.TrySetResult();
        Announce();
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
            var waited = Task.Delay(options.Value.Interval, time, _stop.Token);
            await Task.WhenAny(waited, Volatile.Read(ref _urgent).Task);
            if (HasWork()) await FlushAsync();
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
            _dirty = [];
            _written = NewSignal();
            _urgent = NewSignal();
            return closed;
        }
    }

    private async Task<int> WriteAsync(IFlushable[] states, List<KeyValuePair<string, long>> debts)
    {
        var images = new List<(IFlushable State, FlushImage Image)>(states.Length);

        // Where the store throws, it may still read them: the buffer is not used again then.
        var buffer = Interlocked.Exchange(ref _kept, null) ?? new ArrayBufferWriter<byte>();
        foreach (var state in states)
        {
            if (state.Capture(buffer) is { } image) images.Add((state, image));
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

            if (image.Debt > 0) debts.Add(new KeyValuePair<string, long>(state.Key, image.Debt));
            state.Stored(image, outcomes[i]);
        }

        return conflicts;
    }

    private void Announce() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Error, "Flush {Flush} of {States} states failed; all of them are given up and read anew")]
    private static partial void LogFlushFailed(ILogger log, long flush, int states, Exception error);

    [LoggerMessage(LogLevel.Warning,
        "A state was written elsewhere: etag {Expected} expected, {Stored} stored; it is given up and read anew")]
    private static partial void LogConflict(ILogger log, long expected, long stored);
}
