using System.Collections.Concurrent;
using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Signals;
using Correlation.Storage;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Parking;

/// <summary>Where a silo's readers park signals, and learn which lanes hold back what follows.</summary>
/// <remarks>
/// While a lane is held (what was tried and failed is in it), all that follows is parked behind. Once that has left, what follows
/// goes to the resource directly although the lane may hold more: symptoms are functions of sets. Only what the lane itself
/// holds, and a reader reads again after a crash, is parked again, which changes nothing. As long as there is a lane, the
/// resource forgets nothing that a reader which was replaced may have applied and the lane may hold too.
/// </remarks>
internal sealed class ParkingDoor(
    IParkingLane lanes, StoredForm form, ParkingInstruments instruments, IOptions<ParkingOptions> options)
{
    private readonly ConcurrentDictionary<string, Known> _known = [];
    private long _version;

    /// <summary>Learns which lanes there are.</summary>
    /// <returns>The lanes.</returns>
    public async Task<IReadOnlyList<ParkedLane>> LearnAsync(CancellationToken cancel)
    {
        var begun = Interlocked.Increment(ref _version);
        var found = await lanes.LanesAsync(cancel);
        var there = found.ToDictionary(lane => lane.Lane, lane => lane.Held);

        // What was parked while this was read is newer.
        foreach (var (key, known) in _known)
        {
            if (known.Version < begun && !there.ContainsKey(key)) _known.TryRemove(new KeyValuePair<string, Known>(key, known));
        }

        foreach (var (key, held) in there)
        {
            var fresh = new Known(held, begun);
            _known.AddOrUpdate(key, fresh, (_, known) => known.Version < begun ? fresh : known);
        }

        return found;
    }

    /// <summary>Which way signals go.</summary>
    public async ValueTask<Way> WayOfAsync(string key, ResourceBatch batch)
    {
        if (!_known.TryGetValue(key, out var known)) return Way.Direct;
        if (known.Held) return Way.Behind;
        var holds = await lanes.HoldsAnyAsync(key, [.. batch.Signals.Select(PositionOf)], CancellationToken.None);
        return holds ? Way.Behind : Way.Beside;
    }

    /// <summary>Parks signals; ends when they are durable in their lane.</summary>
    /// <param name="key">The resource's key.</param>
    /// <param name="batch">The signals.</param>
    /// <param name="ordinals">For each of them its ordinal among the signals of its message.</param>
    /// <param name="reason">Why, one line.</param>
    /// <param name="tried">Whether applying them was tried.</param>
    /// <returns>For each signal whether it is parked, or shed because the lane is full.</returns>
    public async Task<IReadOnlyList<Fate>> ParkAsync(
        string key, ResourceBatch batch, IEnumerable<int> ordinals, string reason, bool tried)
    {
        var signals = batch.Signals.Zip(ordinals, (signal, ordinal) =>
            new SignalToPark(PositionOf(signal), ordinal, signal.LogTime, form.Write(signal)));
        var call = new ParkingCall(key, batch.Owner.Value, reason, tried, options.Value.SignalsPerLane, [.. signals]);
        var held = await lanes.ParkAsync(call, CancellationToken.None);
        var version = Interlocked.Increment(ref _version);
        _known.AddOrUpdate(key, new Known(tried, version), (_, known) => new Known(known.Held || tried, version));
        var parked = held.Count(isHeld => isHeld);
        instruments.OnParked(parked, held.Count - parked);
        return [.. held.Select(isHeld => isHeld ? Fate.Parked : Fate.Shed)];
    }

    /// <summary>Whether a signal waits in its lane.</summary>
    public Task<bool> WaitsAsync(string key, Signal signal, CancellationToken cancel) =>
        lanes.HoldsAnyAsync(key, [PositionOf(signal)], cancel);

    private static string PositionOf(Signal signal) => signal.Position.ToString();

    private readonly record struct Known(bool Held, long Version);
}

/// <summary>Which way a resource's signals go.</summary>
internal enum Way
{
    /// <summary>To the resource: it has no lane.</summary>
    Direct,

    /// <summary>To the resource, beside what its lane holds.</summary>
    Beside,

    /// <summary>Into the lane.</summary>
    Behind,
}
