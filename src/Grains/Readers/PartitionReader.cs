using Correlation.Contracts;
using Correlation.Decoding;
using Correlation.Delivery;
using Correlation.Streams;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Readers;

/// <summary>Reads one partition of a stream from its checkpoint on.</summary>
internal sealed partial class PartitionReader
{
    /// <summary>What its log says where it goes back. Its count ends with it, and so do its silo's metrics: most go back beside a
    /// silo that ends.</summary>
    public const string Rewound = "goes back to its checkpoint";

    private const double WeightMin = 1.0 / 32;

    private readonly ReaderServices _services;
    private readonly ReaderOptions _options;
    private readonly ILogger _log;
    private readonly ISignalStream _stream;
    private readonly PartitionName _name;
    private readonly string _key;
    private readonly CheckpointRow _row;
    private readonly ReaderProgress _progress;
    private readonly ResourceCalls _calls;
    private readonly PartitionClock _clock;
    private readonly MessageDecoder _decoder;
    private readonly OutstandingBatches _outstanding = new();
    private long _next;
    private long _end;
    private int _rewinds;
    private long _lastStep;
    private long _verified;
    private bool _wasIdle;
    private (long Offset, DateTimeOffset LogTime)? _seen;

    private PartitionReader(ReaderServices services, IGrainFactory grains, ISignalStream stream, CheckpointRow row, ILogger log)
    {
        _services = services;
        _options = services.Options.Value;
        _log = log;
        _stream = stream;
        _row = row;
        _name = row.Name;
        _key = _name.Key;
        _progress = new ReaderProgress(row.Checkpoint);
        _next = _progress.Read;
        _seen = SeenAt(row.Checkpoint);
        _calls = new ResourceCalls(grains, services, log);
        _clock = new PartitionClock(grains, _name, _options, services.Instruments, services.Time);
        _decoder = new MessageDecoder(services.Limits.Value, services.Ids);
    }

    /// <summary>Whether anything is sent that is not checkpointed.</summary>
    private bool HasUnsettled => _outstanding.Count > 0 || _progress.InFlight.Count > 0;

    /// <summary>Opens a partition at its checkpoint.</summary>
    /// <returns>Null where there is no such stream.</returns>
    public static async Task<PartitionReader?> OpenAsync(
        ReaderServices services, IGrainFactory grains, string partition, ILogger log, CancellationToken cancel)
    {
        var name = PartitionName.Parse(partition);
        var stream = await services.Streams.FindAsync(name.Stream, cancel);
        if (stream is null) return null;
        await services.Owners.Ready.WaitAsync(cancel);
        var row = await CheckpointRow.OpenAsync(services, stream, name, log, cancel);
        await services.Parking.LearnAsync(cancel);
        return new PartitionReader(services, grains, stream, row, log);
    }

    /// <summary>The ledger of a partition whose reader has not begun.</summary>
    public static PartitionLedger LedgerBeforeStart(string partition)
    {
        var name = PartitionName.Parse(partition);
        return new PartitionLedger(name.Stream, name.Partition, 1, 0, 0, 0, null, SignalLedger.Empty, 0, [], 0);
    }

    /// <summary>How far the partition is.</summary>
    public PartitionLedger Ledger()
    {
        var durable = _progress.Durable;
        return new PartitionLedger(
            _name.Stream, _name.Partition, durable.Epoch, durable.Offset, _progress.Read, _end, durable.LogTime, durable.Ledger,
            _rewinds, durable.Lost.IsDefault ? [] : durable.Lost, durable.LostRanges);
    }

    /// <summary>Reads until it is told to stop.</summary>
    /// <param name="drain">Ends the reading; what was read is still checkpointed.</param>
    /// <param name="cancel">Ends at once.</param>
    /// <exception cref="InvalidOperationException">Another reader has written this partition's checkpoint.</exception>
    /// <exception cref="StreamMovedException">The stream lost messages that were not read yet, or is another one; what was read
    /// is checkpointed as far as it could be.</exception>
    public async Task RunAsync(CancellationToken drain, CancellationToken cancel)
    {
        try
        {
            await ReadOnAsync(drain, cancel);
            await SettleInFlightAsync(cancel);
        }
        catch (StreamMovedException)
        {
            await SettleInFlightAsync(cancel);
            throw;
        }
        finally
        {
            // Whoever begins anew must not call a resource beside a call of this reader.
            await _outstanding.EndAsync();
            _services.Instruments.OnEnded(_key);
        }
    }

    private async Task ReadOnAsync(CancellationToken drain, CancellationToken cancel)
    {
        _lastStep = _verified = _services.Time.GetTimestamp();
        var next = ReadAsync(cancel);
        while (!drain.IsCancellationRequested)
        {
            var work = await next;
            if (work is not null && !await AlignAsync(work, drain, cancel))
            {
                next = ReadAsync(cancel);
                continue;
            }

            if (work is not null) await RoomAsync();
            await VerifyAsync(work is not null, cancel);
            if (work is not null)
            {
                next = ReadAheadAsync(work.Next, cancel);
                await BeginAsync(work, cancel);
            }

            _wasIdle = work is null;

            var rewound = await SettleAsync(cancel);
            await _clock.TellAsync(_progress, _end);
            if (work is null) await IdleAsync(drain);
            else if (rewound) await next;
            if (work is null || rewound) next = ReadAsync(cancel);
        }
    }

    private Task<BatchWork?> ReadAsync(CancellationToken cancel) => ReadAheadAsync(_next, cancel);

    private async Task<BatchWork?> ReadAheadAsync(long offset, CancellationToken cancel)
    {
        using var read = await _stream.ReadAsync(_name.Partition, offset, _options.BatchMessages, _options.BatchBytes, cancel);
        var at = _stream.IsLive ? _services.Time.GetTimestamp() : 0;
        var (batch, owners) = BatchWork.OfOneVersion(BatchWork.Within(read, _options.LeadMax), _services.Owners.Maps);
        _end = batch.End;
        if (batch.End < offset) throw new StreamMovedException("The stream ends before what was read: it was recreated.");
        if (batch.First > offset) throw new StreamMovedException("The stream lost messages that were not read yet.");
        _clock.Saw(batch);
        if (batch.Messages.Count == 0) return null;
        if (batch.Messages[0].Offset != offset)
            throw new InvalidOperationException($"The stream answered {offset} with {batch.Messages[0].Offset}: it has a gap.");
        var epoch = _progress.Durable.Epoch;
        return await Task.Run(
            () => BatchWork.Decode(_decoder, _name, epoch, batch, owners, at, _services.Archive.IsOn), cancel);
    }

    /// <summary>Waits until the other partitions of the stream have come near a batch.</summary>
    /// <returns>False where the reader went back to its checkpoint, or ends.</returns>
    private async Task<bool> AlignAsync(BatchWork work, CancellationToken drain, CancellationToken cancel)
    {
        while (_clock.Holds(work))
        {
            var changed = _services.LocalFlusher.ChangedAsync();
            if (drain.IsCancellationRequested || await SettleAsync(cancel)) return false;
            await _clock.TellAsync(_progress, _end, _outstanding.Count == 0 ? work : null);
            if (_clock.Holds(work)) await ChangeAsync(changed, cancel);
        }

        return true;
    }

    /// <summary>Settles what was read before the stream moved, so that it is not booked as lost, or forgotten.</summary>
    private async Task SettleInFlightAsync(CancellationToken cancel)
    {
        while (HasUnsettled)
        {
            var changed = _services.LocalFlusher.ChangedAsync();
            if (await SettleAsync(cancel)) return;
            if (HasUnsettled) await ChangeAsync(changed, cancel);
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits until one more batch may be outstanding.</summary>
    private async Task RoomAsync()
    {
        while (_outstanding.Count >= _options.BatchesOutstanding)
        {
            await _outstanding.Oldest;
            await BookAsync();
        }
    }

    /// <summary>Begins to send a batch.</summary>
    private async Task BeginAsync(BatchWork work, CancellationToken cancel)
    {
        foreach (var resource in work.Resources)
        {
            resource.Owner = work.Owners.OwnerOf(resource.Resource, resource.Tenant);
            _clock.Saw(resource);
        }

        await _clock.RegisterOwnersAsync();
        var at = new PartitionAt(_key, _progress.Durable.Epoch, _progress.Durable.Offset, _clock.Watermark);
        _outstanding.Order(work);
        _services.Credit.Judge(work);
        _outstanding.Add(work, SendAsync(work, at, cancel));
        _next = work.Next;
        _seen = (work.Next - 1, work.LogTime);
    }

    private async Task<IReadOnlyCollection<FlushId>> SendAsync(BatchWork work, PartitionAt at, CancellationToken cancel)
    {
        using var span = _services.Instruments.Source.StartActivity("reader.batch");
        try
        {
            var sent = _calls.SendAsync(work, at, cancel);
            await Task.WhenAll(sent, _services.Archive.WriteAsync(work, _name, at.Epoch, cancel));
            return await sent;
        }
        finally
        {
            _services.Credit.Sent(work);
        }
    }

    /// <summary>Books the batches that are answered, in their order.</summary>
    private async Task BookAsync()
    {
        while (_outstanding.TryTake(out var work, out var answer))
        {
            var flushes = await answer;
            foreach (var resource in work.Resources.Where(resource => resource.IsFirst)) _clock.Met(resource);
            var answered = work.Answered(flushes) with { Weight = WeightOf(work) };
            _progress.Answered(answered);
            _services.Instruments.OnBatchAnswered(answered.Counts, work.Resources.Count);
        }
    }

    /// <summary>Books what is answered, and moves the checkpoint as far as flushes are settled; waits where too much is in
    /// flight.</summary>
    /// <returns>Whether the reader went back to its checkpoint.</returns>
    private async Task<bool> SettleAsync(CancellationToken cancel)
    {
        while (true)
        {
            var changed = _services.LocalFlusher.ChangedAsync();
            await BookAsync();
            if (_progress.InFlight.Count == 0) return false;
            var known = await _services.Flushes.StatusOfAsync(_progress.Flushes);
            if (_progress.AnyLost(flush => known[flush]))
            {
                await RewindAsync();
                return true;
            }

            if (_progress.Settle(flush => known[flush]) is { } settled)
            {
                await _row.WriteAsync(settled, cancel);
                _progress.Stored(settled);
                _stream.Checkpointed(_name.Partition, settled.Checkpoint.Offset);
            }

            if (_progress.Weight < _options.BatchesInFlight) return false;
            await ChangeAsync(changed, cancel);
        }
    }

    /// <summary>Waits a while, or until a flush or the oldest batch brings the reader on.</summary>
    private Task ChangeAsync(Task flushed, CancellationToken cancel)
    {
        var rest = Task.Delay(_options.RetryDelay, _services.Time, cancel);
        return _outstanding.Count == 0 ? Task.WhenAny(flushed, rest) : Task.WhenAny(flushed, rest, _outstanding.Oldest);
    }

    private double WeightOf(BatchWork work) =>
        Math.Max(WeightMin, Math.Max(work.Messages / (double)_options.BatchMessages, work.Bytes / (double)_options.BatchBytes));

    private async Task RewindAsync()
    {
        await _outstanding.EndAsync();
        _progress.Rewind();
        _next = _progress.Read;
        _seen = SeenAt(_progress.Durable);
        _rewinds++;
        _services.Instruments.OnRewound();
        LogRewound(_log, _key, _progress.Read);
    }

    private Task IdleAsync(CancellationToken drain)
    {
        var most = HasUnsettled ? _options.RetryDelay : _options.IdleWait;
        var arrived = _stream.WaitAsync(_name.Partition, _next, most, drain);

        // Ends without an error where the wait was broken off.
        var changed = _progress.InFlight.Count == 0 ? arrived : _services.LocalFlusher.ChangedAsync();
        return _outstanding.Count == 0 ? Task.WhenAny(changed, arrived) : Task.WhenAny(changed, arrived, _outstanding.Oldest);
    }

    /// <summary>Before anything is sent: after a pause, that nobody else has taken the partition over; after a pause, after there
    /// was nothing to read, and now and then, that the stream is still the one that was read.</summary>
    private async Task VerifyAsync(bool sends, CancellationToken cancel)
    {
        var paused = _services.Time.GetElapsedTime(_lastStep) > _options.PauseMax;
        _lastStep = _services.Time.GetTimestamp();
        if (paused) await _row.VerifyAsync(cancel);
        var due = paused || (sends && _wasIdle) || _services.Time.GetElapsedTime(_verified) >= _options.VerifyInterval;
        if (!due || _seen is not { } seen) return;
        using var probe = await _stream.PeekAsync(_name.Partition, seen.Offset, cancel);
        var found = probe.Messages.FirstOrDefault(message => message.Offset == seen.Offset)?.LogTime;
        if (probe.End <= seen.Offset || (found is not null && found != seen.LogTime))
            throw new StreamMovedException("The message that was read last is another one: the stream was recreated.");
        _verified = _services.Time.GetTimestamp();
    }

    /// <summary>The message before a checkpoint, by which a recreated stream is told; null where it is not known.</summary>
    private static (long Offset, DateTimeOffset LogTime)? SeenAt(Checkpoint checkpoint) =>
        checkpoint.LogTime is { } logTime ? (checkpoint.Offset - 1, logTime) : null;

    [LoggerMessage(LogLevel.Warning, "{Partition} " + Rewound + " {Offset}: a flush that it relied on is lost")]
    private static partial void LogRewound(ILogger log, string partition, long offset);
}
