using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>Parking lanes that outlive every process; what is done to one may succeed and its answer be lost.</summary>
internal sealed class SimLanes(SimScheduler scheduler, SimFaults faults)
{
    private readonly Dictionary<string, Lane> _lanes = [];
    private long _sequence;

    /// <summary>The books of all lanes.</summary>
    public ParkingLedger Books { get; private set; } = ParkingLedger.Empty;

    public bool Empty => _lanes.Values.All(lane => lane.Rows.Count == 0);

    /// <summary>The lanes that hold signals, and whether each holds back what follows.</summary>
    public async Task<Dictionary<string, bool>> LearnAsync(SimProcess process)
    {
        await scheduler.Hop(process);
        var found = _lanes.Where(lane => lane.Value.Rows.Count > 0)
            .ToDictionary(lane => lane.Key, lane => lane.Value.Held >= lane.Value.Rows[0].Sequence);
        await scheduler.Hop(process);
        return found;
    }

    public Task<bool> HoldsAnyAsync(SimProcess process, string key, Signal[] signals) => DoAsync(
        process, key, lane => signals.Any(signal => lane.Rows.Exists(row => row.Signal.Position == signal.Position)));

    public Task<bool> ParkAsync(SimProcess process, string key, Signal[] signals, bool tried) => DoAsync(process, key, lane =>
    {
        foreach (var signal in signals.Where(signal => !lane.Rows.Exists(row => row.Signal.Position == signal.Position)))
        {
            lane.Rows.Add((++_sequence, signal));
            Books = Books with { Parked = Books.Parked + 1, Waiting = Books.Waiting + 1 };
        }

        if (tried) lane.Held = lane.Rows[^1].Sequence;
        return true;
    });

    public Task<List<(long Sequence, Signal Signal)>> PeekAsync(SimProcess process, string key, int most) =>
        DoAsync(process, key, lane => lane.Rows.Take(most).ToList());

    public Task<bool> RemoveAsync(SimProcess process, string key, IReadOnlyList<LaneExit> exits) => DoAsync(process, key, lane =>
    {
        foreach (var exit in exits)
        {
            if (lane.Rows.RemoveAll(row => row.Sequence == exit.Sequence) == 0) continue;
            Books = Books.Left(exit.Fate, 1) with { Waiting = Books.Waiting - 1 };
        }

        return true;
    });

    public Task<bool> HoldAsync(SimProcess process, string key) => DoAsync(process, key, lane =>
    {
        if (lane.Rows.Count > 0) lane.Held = lane.Rows[^1].Sequence;
        return true;
    });

    private async Task<T> DoAsync<T>(SimProcess process, string key, Func<Lane, T> act)
    {
        await scheduler.Hop(process);
        if (!_lanes.TryGetValue(key, out var lane)) _lanes[key] = lane = new Lane();
        var result = act(lane);
        if (faults.Happens(SimFault.UnknownWrite)) throw new UnknownOutcomeException("the lane was changed into the void");
        await scheduler.Hop(process);
        return result;
    }

    private sealed class Lane
    {
        public List<(long Sequence, Signal Signal)> Rows { get; } = [];

        public long Held { get; set; }
    }
}
