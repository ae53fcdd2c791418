using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>One activation of a resource on a silo: the steps of the product's
/// shell around <see cref="DurableResource"/>.</summary>
internal sealed class SimActivation(SimSilo silo, string key)
{
    private DurableResource? _stored;
    private long _etag;
    private bool _dirty;
    private bool _writing;
    private bool _reporting;
    private bool _ended;

    public string Key => key;

    public bool GivenUp { get; private set; }

    public async Task LoadAsync()
    {
        if (await silo.World.Storage.ReadAsync(silo.Process, key) is not { } row) return;
        _etag = row.ETag;
        _stored = silo.World.Read<DurableResource>(row.Data);
        _stored.Outbox.Loaded();
        if (_stored.Outbox.Pending.Count > 0) Touch(report: true);
    }

    public (Fate[] Fates, FlushId Flush) Apply(ResourceId resource, SignalCall call, Signal[] signals)
    {
        if (GivenUp || _ended) throw new UnknownOutcomeException("the activation has been given up");
        var fates = new Fate[signals.Length];
        _stored ??= DurableResource.Create(resource);
        var applied = _stored.Apply(call, signals, SimWorld.Options, fates) ?? throw new ReplacedException();
        if (silo.World.Mutant == SimMutant.SingleOffset) ForgetPositions(call, signals, fates);
        var clean = !_dirty && !_writing && _stored.Outbox.Pending.Count == 0;
        return applied.Applied == 0 && clean ? (fates, default) : (fates, Touch(applied.HasEffects));
    }

    /// <summary>Log time passes: what only time ends is ended and told.</summary>
    public void Tick(LogClock clock)
    {
        if (GivenUp || _ended || _stored is null) return;
        if (_stored.Tick(clock.Checkpointed, clock.Watermark(SimWorld.Options.Lateness), SimWorld.Options)) Touch(report: true);
    }

    public SimImage? Capture()
    {
        if (GivenUp || _stored is null) return null;
        var debt = _stored.Outbox.Pending.Count > 0 ? _stored.Outbox.Last : 0;
        if (!_dirty) return new SimImage(_etag, null, debt);
        _dirty = false;
        _writing = true;
        return new SimImage(_etag, silo.World.Write(_stored), debt);
    }

    public void Stored(long etag, long debt)
    {
        _writing = false;
        _etag = etag;
        _stored!.Outbox.Stored(debt);
    }

    /// <summary>The runtime ends the activation: what is dirty is written first; what nobody has acknowledged is left to the next
    /// one, which may be on another silo, so that the flushes that wait for it are lost.</summary>
    public async Task DeactivateAsync()
    {
        _ended = true;
        while (!GivenUp && (_dirty || _writing)) await silo.World.Scheduler.Hop(silo.Process);
        if (GivenUp) return;
        GivenUp = true;
        silo.Forget(this);
        if (_stored?.Outbox.Pending.Count > 0) silo.Abandon(this);
    }

    public void GiveUp()
    {
        GivenUp = true;
        silo.Forget(this);
    }

    private FlushId Touch(bool report)
    {
        _dirty = true;
        var flush = silo.MarkDirty(this, urgent: report);
        if (!report || _reporting) return flush;
        _reporting = true;
        silo.World.Watch(ReportAsync());
        return flush;
    }

    private async Task ReportAsync()
    {
        while (!GivenUp && !_ended)
        {
            await silo.World.Scheduler.Hop(silo.Process);
            if (GivenUp || _ended || _stored!.Outbox.Pending.Count == 0) break;
            var hasty = silo.World.Mutant == SimMutant.SendBeforeWrite;
            List<OutboxEntry<OwnedEffect>> due = [.. hasty ? _stored.Outbox.Pending : _stored.Outbox.Due];
            if (due.Count == 0) continue;
            if (silo.World.Mutant == SimMutant.EntryDroppedBeforeAcknowledgement) Acknowledge(due);
            if (!await TrySendAsync(due)) continue;
            Acknowledge(due);
        }

        _reporting = false;
    }

    private void Acknowledge(List<OutboxEntry<OwnedEffect>> sent)
    {
        if (silo.World.Mutant == SimMutant.SendBeforeWrite) _stored!.Outbox.Stored(sent[^1].Number);
        _stored!.Outbox.Acknowledge([.. sent.Select(entry => entry.Number)]);
        Touch(report: false);
        silo.Acknowledged(key, _stored.Outbox.Oldest);
    }

    /// <summary>The mutant: "up to here" in the place of each position with its fate.</summary>
    private void ForgetPositions(SignalCall call, Signal[] signals, Fate[] fates)
    {
        _stored!.Applied.Advance(call.Partition, call.Epoch, signals.Max(signal => signal.Message.Offset) + 1);
        for (var i = 0; i < fates.Length; i++) fates[i] = fates[i] == Fate.None ? Fate.Duplicate : fates[i];
    }

    private async Task<bool> TrySendAsync(List<OutboxEntry<OwnedEffect>> due)
    {
        try
        {
            var now = _stored!.State.Now;
            await silo.World.CallCustomerAsync(
                silo.Process, grain => grain.ReportAsync([.. due.Select(entry => entry.Item)], now));
            return true;
        }
        catch (UnknownOutcomeException)
        {
            return false;
        }
    }
}
