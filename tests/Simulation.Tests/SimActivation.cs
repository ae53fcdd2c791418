using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>One activation of a resource on a silo: the steps of the product's shell around
/// <see cref="DurableResource"/>.</summary>
internal sealed class SimActivation(SimSilo silo, string key)
{
    private DurableResource? _stored;
    private long _etag;
    private long _durableEntries;
    private bool _dirty;
    private bool _writing;
    private bool _reporting;

    public string Key => key;

    public bool GivenUp { get; private set; }

    public async Task LoadAsync()
    {
        if (await silo.World.Storage.ReadAsync(silo.Process, key) is not { } row) return;
        _etag = row.ETag;
        _stored = silo.World.Read<DurableResource>(row.Data);
        _durableEntries = _stored.Outbox.Last;
        if (_stored.Outbox.Pending.Count > 0) Touch(report: true);
    }

    public (Fate[] Fates, FlushId Flush) Apply(ResourceId resource, SignalCall call, Signal[] signals)
    {
        if (GivenUp) throw new UnknownOutcomeException("the activation has been given up");
        var fates = new Fate[signals.Length];
        _stored ??= DurableResource.Create(resource);
        var applied = _stored.Apply(call, signals, SimWorld.Options, fates)
            ?? throw new InvalidOperationException("The epoch is over.");
        var clean = !_dirty && !_writing && _stored.Outbox.Pending.Count == 0;
        return applied.Applied == 0 && clean ? (fates, default) : (fates, Touch(applied.HasEffects));
    }

    public (long Expected, byte[] Data, long Debt)? Capture()
    {
        if (GivenUp || _stored is null) return null;
        _dirty = false;
        _writing = true;
        return (_etag, silo.World.Write(_stored), _stored.Outbox.Pending.Count > 0 ? _stored.Outbox.Last : 0);
    }

    public void Stored(long etag, long debt)
    {
        _writing = false;
        _etag = etag;
        _durableEntries = Math.Max(_durableEntries, debt);
    }

    public void GiveUp()
    {
        GivenUp = true;
        silo.Forget(this);
    }

    private FlushId Touch(bool report)
    {
        _dirty = true;
        var flush = silo.MarkDirty(this);
        if (!report || _reporting) return flush;
        _reporting = true;
        _ = ReportAsync();
        return flush;
    }

    private async Task ReportAsync()
    {
        while (!GivenUp)
        {
            await silo.World.Scheduler.Hop(silo.Process);
            if (GivenUp || _stored!.Outbox.Pending.Count == 0) break;
            var due = _stored.Outbox.Pending.Where(entry => entry.Number <= _durableEntries).ToList();
            if (due.Count == 0 || !await TrySendAsync(due)) continue;
            _stored.Outbox.Acknowledge([.. due.Select(entry => entry.Number)]);
            Touch(report: false);
            silo.Acknowledged(key, _stored.Outbox.Oldest);
        }

        _reporting = false;
    }

    private async Task<bool> TrySendAsync(List<OutboxEntry<OwnedEffect>> due)
    {
        try
        {
            return await silo.World.Network.CallAsync(silo.Process, silo.World.Outside, () => silo.World.ReportAsync(due));
        }
        catch (UnknownOutcomeException)
        {
            return false;
        }
    }
}
