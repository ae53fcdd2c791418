using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>Parking on one silo: the steps of the product's door, where readers park, and of its lanes' grains around
/// <see cref="LaneDrain"/>.</summary>
internal sealed class SimParking(SimSilo silo)
{
    private static readonly DateTimeOffset Never = DateTimeOffset.UnixEpoch;
    private static readonly ParkingOptions Options = new() { BatchSignals = 4, Attempts = 2 };

    private readonly SimWorld _world = silo.World;
    private readonly Dictionary<string, (bool Held, long Version)> _known = [];
    private readonly Dictionary<int, Checkpoint> _read = [];
    private long _version;
    private bool _over;

    /// <summary>Whether the customer is over its credit: now and then, and then until its lanes are seen empty.</summary>
    public bool IsOverCredit()
    {
        _over = _over ? _known.Count > 0 : _world.Scheduler.Random.Chance(0.02);
        if (_over) _world.Over++;
        return _over;
    }

    public async Task LearnAsync()
    {
        var begun = ++_version;
        var there = await _world.Lanes.LearnAsync(silo.Process);
        foreach (var key in _known.Keys.Where(key => !there.ContainsKey(key) && _known[key].Version < begun).ToList())
        {
            _known.Remove(key);
        }

        foreach (var (key, held) in there)
        {
            if (!_known.TryGetValue(key, out var known) || known.Version < begun) _known[key] = (held, begun);
        }
    }

    /// <summary>Whether there is a lane, and whether what follows must go into it.</summary>
    public async Task<(bool HasLane, bool MustPark)> WayOfAsync(string key, Signal[] signals)
    {
        if (!_known.TryGetValue(key, out var known)) return (false, false);
        return (true, known.Held || await _world.Lanes.HoldsAnyAsync(silo.Process, key, signals));
    }

    public async Task<Fate[]> ParkAsync(string key, Signal[] signals, bool tried)
    {
        await _world.Lanes.ParkAsync(silo.Process, key, signals, tried);
        _known[key] = (tried || (_known.TryGetValue(key, out var known) && known.Held), ++_version);
        return [.. signals.Select(_ => Fate.Parked)];
    }

    /// <summary>Looks for lanes and drains them; every silo does, so that two drain one lane now and then.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            await LearnAsync();
            foreach (var key in _known.Keys.ToList())
            {
                try
                {
                    _read.Clear();
                    var drain = new LaneDrain(Options, 0, null);
                    while (await StepAsync(key, drain))
                    {
                    }
                }
                catch (UnknownOutcomeException)
                {
                    await _world.Scheduler.Hop(silo.Process);
                }
            }
        }
    }

    private async Task<bool> StepAsync(string key, LaneDrain drain)
    {
        var rows = await _world.Lanes.PeekAsync(silo.Process, key, drain.Size);
        if (rows.Count == 0) await ForgetAsync(key);
        foreach (var partition in rows.Select(row => row.Signal.Message.Partition))
        {
            _read[partition] = _world.CheckpointOf(partition);
        }

        rows = [.. rows.TakeWhile(row => _world.CheckpointOf(row.Signal.Message.Partition)
            .HasPassed(row.Signal.Message.Epoch, row.Signal.Message.Offset))];
        var orphans = rows
            .Where(row => !_world.ParkedOf(row.Signal.Message.Partition).Contains(row.Signal.Position.ToString())).ToList();
        if (orphans.Count > 0)
        {
            await _world.Lanes.RemoveAsync(silo.Process, key, [.. orphans.Select(row => new LaneExit(row.Sequence, Fate.None))]);
            rows = [.. rows.Except(orphans)];
        }

        if (rows.Count == 0) return false;
        if (await TryAsync(key, drain, rows)) return true;
        if (drain.Failed(Never) is not null) return true;
        await _world.Lanes.HoldAsync(silo.Process, key);
        return false;
    }

    /// <summary>The lane was found empty: what its partitions' checkpoints, read before that, have passed may be
    /// forgotten.</summary>
    private async Task ForgetAsync(string key)
    {
        foreach (var (partition, read) in _read.ToList())
        {
            var call = new SignalCall(
                SimWorld.Owner, $"{SimWorld.StreamName}/{partition}", read.Epoch, read.Offset, _world.Watermark());
            var target = _world.Place(key);
            await _world.Network.CallAsync(silo.Process, target.Process, async () =>
                (await target.ActivateAsync(key)).Apply(ResourceId.Parse(key), call, []));
        }

        _read.Clear();
    }

    private async Task<bool> TryAsync(string key, LaneDrain drain, List<(long Sequence, Signal Signal)> rows)
    {
        var call = new SignalCall(SimWorld.Owner, LaneDrain.Partition, LaneDrain.Epoch, rows[0].Sequence, _world.Watermark())
        {
            Sequences = [.. rows.Select(row => row.Sequence)],
        };
        FlushId flush;
        try
        {
            var target = _world.Place(key);
            var (fates, rests) = await _world.Network.CallAsync(silo.Process, target.Process, async () =>
                (await target.ActivateAsync(key)).Apply(rows[0].Signal.Resource, call, [.. rows.Select(row => row.Signal)]));
            drain.Answered(new LaneCall(call.Sequences, fates, rests));
            flush = rests;
        }
        catch (UnknownOutcomeException)
        {
            return false;
        }

        while (flush.Number > 0 && _world.StatusOf(flush) == FlushStatus.Pending) await _world.Scheduler.Hop(silo.Process);
        if (flush.Number > 0 && _world.StatusOf(flush) == FlushStatus.Lost) return false;
        await _world.Lanes.RemoveAsync(silo.Process, key, drain.Exits(FlushStatus.Settled));
        drain.Left();
        return true;
    }
}
