using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Grains.Customers;
using Correlation.Grains.Delivery;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Resources;

/// <summary>The shell of one resource: skip what was applied, apply the rest, mark dirty, report what was stored.</summary>
/// <remarks>The state is guarded by a lock, since the flusher captures it from its own thread;
/// no call waits inside the lock.</remarks>
internal sealed partial class ResourceGrain(
    IStateStore store,
    StoredForm form,
    StateFlusher flusher,
    CustomerReporter reporter,
    Owners owners,
    IOptionsMonitor<ResourceOptions> options,
    ILocalSiloDetails silo,
    TimeProvider time,
    ILogger<ResourceGrain> log) : Grain, IResourceGrain, IFlushable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an activation that ends waits for its customers to take what it reports.</summary>
    private static readonly TimeSpan EndDelay = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private DurableResource? _stored;
    private long _etag;
    private long _hint;
    private bool _dirty;
    private bool _writing;
    private bool _givenUp;
    private Task _report = Task.CompletedTask;
    private bool _reporting;
    private bool _answered;
    private bool _ended;
    private Exception? _unreadable;

    /// <inheritdoc/>
    public string Key { get; private set; } = "";

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Key = this.GetPrimaryKeyString();
        if (await ReadAsync(cancellationToken) is not { } row) return;
        (_etag, _hint) = (row.ETag, row.Hint);
        if (Read(row) is not { } stored) return;
        Take(stored).Outbox.Loaded();
        if (stored.Outbox.Pending.Count == 0) return;
        var (_, written) = Touch(urgent: false);
        ReportInBackground(written);
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (!_givenUp) await Task.WhenAny(_report, Task.Delay(EndDelay, time, cancellationToken));
        _ended = true;
        Task? written = null;
        lock (_gate)
        {
            if (_dirty && !_givenUp) (_, written) = flusher.MarkDirty(this, urgent: true);
        }

        if (written is not null) await written.WaitAsync(cancellationToken);
        if (!_givenUp && _stored?.Outbox.Pending.Count > 0) flusher.Abandon(this);
    }

    /// <inheritdoc/>
    public ValueTask<ResourceAnswer> Apply(ResourceBatch batch)
    {
        ThrowIfGivenUp();
        var fates = new Fate[batch.Signals.Length];
        AppliedCall applied;
        lock (_gate)
        {
            var stored = _stored ?? Take(DurableResource.Create(batch.Resource));
            var call = new SignalCall(batch.Owner, batch.Partition, batch.Epoch, batch.Checkpoint, batch.Watermark)
            {
                Sequences = batch.Sequences,
            };
            applied = ApplyWhole(stored, call, batch.Signals, fates)
                ?? throw new ReaderReplacedException();
            var clean = !_dirty && !_writing && stored.Outbox.Pending.Count == 0;
            if (applied.Applied == 0 && clean) return ValueTask.FromResult(Answer(fates, default));
        }

        var (flush, written) = Touch(urgent: applied.HasEffects);
        if (applied.HasEffects) ReportInBackground(written);
        return ValueTask.FromResult(Answer(fates, flush));
    }

    /// <summary>Has a state from now on; of key and canonical id, which most often say the same, it keeps one text.</summary>
    private DurableResource Take(DurableResource stored)
    {
        if (stored.State.Resource.Canonical == Key) Key = stored.State.Resource.Canonical;
        return _stored = stored;
    }

    /// <summary>What cannot be read, now or ever, is told to whoever calls; it must not be written over.</summary>
    private async ValueTask<StateRow?> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return await store.ReadAsync(Key, cancel);
        }
        catch (InvalidDataException error)
        {
            _unreadable = error;
            return null;
        }
    }

    private DurableResource? Read(StateRow row)
    {
        try
        {
            return form.Read<DurableResource>(row.Data);
        }
        catch (Exception error)
        {
            _unreadable = error;
            return null;
        }
    }

    /// <summary>Applies all signals of a call, or gives the activation up: what failed half way must not be stored, and nothing
    /// that an answer rests on may be lost unsaid.</summary>
    private AppliedCall? ApplyWhole(DurableResource stored, SignalCall call, ImmutableArray<Signal> signals, Fate[] fates)
    {
        try
        {
            return stored.Apply(call, signals.AsSpan(), options.CurrentValue, fates);
        }
        catch (Exception error)
        {
            var isUnsaved = _dirty || _writing;
            GiveUp();
            if (isUnsaved) flusher.Abandon(this);
            LogHandlingFailed(log, error);
            throw new HandlingFailedException(error.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public Task Tick(StreamTime streamTime)
    {
        ThrowIfGivenUp();
        lock (_gate)
        {
            if (_stored is null) return Task.CompletedTask;
            var current = options.CurrentValue;
            var watermark = streamTime.Watermark(current.Lateness);
            Belong(_stored.State, streamTime.Checkpointed, current);
            if (!_stored.Tick(streamTime.Checkpointed, watermark, current)) return Task.CompletedTask;
        }

        var (_, written) = Touch(urgent: true);
        ReportInBackground(written);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<ResourceView?> Inspect()
    {
        ResourceView view;
        lock (_gate)
        {
            if (_stored is null) return null;
            view = ResourceProjection.View(_stored, options.CurrentValue, silo.SiloAddress.ToString());
        }

        if (view.Customer.Length == 0) return view;
        var incidents = await GrainFactory.GetGrain<ICustomerGrain>(view.Customer).IncidentsOf(view.Resource.Canonical);
        return view with { Incidents = incidents };
    }

    /// <inheritdoc/>
    public FlushImage? Capture(ArrayBufferWriter<byte> into)
    {
        lock (_gate)
        {
            if (_givenUp || _stored is null) return null;
            var debt = _stored.Outbox.Pending.Count > 0 ? _stored.Outbox.Last : 0;
            if (!_dirty) return new FlushImage(_etag, default, debt, _hint);
            _dirty = false;
            _writing = true;
            return new FlushImage(_etag, form.WriteBehind(into, _stored), debt, _hint);
        }
    }

    /// <inheritdoc/>
    public void Stored(FlushImage image, WriteOutcome row)
    {
        lock (_gate)
        {
            _writing = false;
            (_etag, _hint) = (row.ETag, row.Hint);
            _stored!.Outbox.Stored(image.Debt);
        }
    }

    /// <inheritdoc/>
    public void GiveUp()
    {
        lock (_gate) _givenUp = true;
        GrainContext.Deactivate(
            new DeactivationReason(DeactivationReasonCode.ApplicationError, "The stored state is another one."));
    }

    /// <summary>Marks the state dirty; under the lock that giving up takes, so that no answer rests on a flush for which a state
    /// that is given up will not be written.</summary>
    private (FlushId Flush, Task Written) Touch(bool urgent)
    {
        lock (_gate)
        {
            ThrowIfGivenUp();
            _dirty = true;
            return flusher.MarkDirty(this, urgent);
        }
    }

    private void ReportInBackground(Task written)
    {
        if (_reporting) return;
        _reporting = true;
        var report = ReportAsync(written);
        _report = report.IsCompleted ? Task.CompletedTask : report;
    }

    /// <summary>Sends what is durable in the outbox until nothing is left; runs between the grain's calls,
    /// never beside itself.</summary>
    private async Task ReportAsync(Task written)
    {
        await written;
        while (!_ended && !_givenUp)
        {
            var due = Due();
            if (due.Count == 0)
            {
                if (NextWrite() is not { } next) break;
                await next;
                continue;
            }

            if (!await TrySendAsync(due)) await Task.Delay(RetryDelay, time);
            else if (!TryAcknowledge(due)) break;
        }

        // A task that is over would be held for as long as the resource lives.
        (_reporting, _report) = (false, Task.CompletedTask);
    }

    private List<OutboxEntry<OwnedEffect>> Due()
    {
        lock (_gate) return [.. _stored!.Outbox.Due];
    }

    private Task? NextWrite()
    {
        lock (_gate) return _stored!.Outbox.Pending.Count == 0 ? null : flusher.MarkDirty(this, urgent: true).Written;
    }

    private async Task<bool> TrySendAsync(List<OutboxEntry<OwnedEffect>> due)
    {
        try
        {
            var now = _stored!.State.Now;
            await Task.WhenAll(due.GroupBy(entry => entry.Item.Owner).Select(ofOwner =>
                reporter.ReportAsync(ofOwner.Key, [.. ofOwner.Select(entry => entry.Item)], now)));
            return true;
        }
        catch (Exception error)
        {
            LogReportFailed(log, due.Count, error);
            return false;
        }
    }

    /// <returns>False where what was sent may not have been: the activation is given up.</returns>
    private bool TryAcknowledge(List<OutboxEntry<OwnedEffect>> sent)
    {
        long oldest;
        try
        {
            lock (_gate)
            {
                _stored!.Outbox.Acknowledge([.. sent.Select(entry => entry.Number)]);
                oldest = _stored.Outbox.Oldest;
                if (_givenUp) return false;

                // One that has ended writes no more: its successor finds the entries in the row, and sends them once more.
                if (!_ended) Touch(urgent: false);
            }
        }
        catch (DeliveryInvariantException error)
        {
            LogViolated(log, error);
            GiveUp();
            flusher.Abandon(this);
            return false;
        }

        flusher.Acknowledged(this, oldest);
        return true;
    }

    /// <summary>The resource goes to whom it is at a log time, unless that hangs on a tenant that is not remembered.</summary>
    private void Belong(ResourceState state, DateTimeOffset checkpointed, ResourceOptions current)
    {
        if (!owners.Ready.IsCompleted) return;
        var map = owners.Maps.At(checkpointed);
        var owner = map.OwnerOf(state.Resource, state.Tenant);
        if (state.Tenant is not null || map.Find(owner) is not null) state.Belong(owner, checkpointed, current);
    }

    /// <summary>The answer takes the fates over; nobody else changes them.</summary>
    private ResourceAnswer Answer(Fate[] fates, FlushId flush)
    {
        var isFirst = !_answered;
        _answered = true;
        return new ResourceAnswer(ImmutableCollectionsMarshal.AsImmutableArray(fates), flush, isFirst);
    }

    private void ThrowIfGivenUp()
    {
        if (_unreadable is { } error)
        {
            LogHandlingFailed(log, error);
            GiveUp();
            throw new HandlingFailedException(error.GetType().Name);
        }

        if (_givenUp) throw new InvalidOperationException("This activation has been given up; call again.");
    }

    [LoggerMessage(LogLevel.Warning, "A resource could not handle what it was sent; what it had not stored is given up")]
    private static partial void LogHandlingFailed(ILogger log, Exception error);

    [LoggerMessage(LogLevel.Error, "An invariant of delivery does not hold; the activation is given up and read anew")]
    private static partial void LogViolated(ILogger log, Exception error);

    [LoggerMessage(LogLevel.Warning, "Reporting {Effects} effects to a customer failed; they are reported again")]
    private static partial void LogReportFailed(ILogger log, int effects, Exception error);
}
