using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>Reads one partition on a silo: the steps of the product's reader around <see cref="ReaderProgress"/>.</summary>
internal sealed class SimReader(SimSilo silo, int partition)
{
    private const int BatchMax = 3;
    private const int InFlightMax = 4;
    private const int OutstandingMax = 3;

    private readonly SimWorld _world = silo.World;
    private readonly string _name = $"{SimWorld.StreamName}/{partition}";
    private readonly SimCheckpointRow _row = new(silo, partition);
    private readonly Queue<Task<ReaderBatch>> _outstanding = new();
    private readonly Dictionary<ResourceId, Task> _calls = [];
    private Dictionary<string, long> _parking = [];
    private int _connectedTo;
    private ReaderProgress _progress = new(Checkpoint.Start);
    private long _next;

    public async Task RunAsync()
    {
        while (true)
        {
            try
            {
                _connectedTo = _world.Stream.Epoch(partition);
                (_progress, _parking) = (new ReaderProgress(await _row.OpenAsync()), []);
                _next = _progress.Read;
                if (_world.Parks) await silo.Parking.LearnAsync();
                while (true) await StepAsync();
            }
            catch (Exception error) when (error is UnknownOutcomeException or ReplacedException)
            {
                await EndAsync();
                await _world.Scheduler.Hop(silo.Process);
            }
        }
    }

    private async Task StepAsync()
    {
        await _world.Scheduler.Hop(silo.Process);
        if (_world.Stream.First(partition) > _next) throw new ReplacedException();

        // Deleting a stream breaks the connections of those who read it.
        if (_world.Stream.Epoch(partition) != _connectedTo) throw new ReplacedException();
        var messages = _progress.InFlight.Count < InFlightMax && _outstanding.Count < OutstandingMax
            ? _world.Stream.Read(partition, _next, 1 + _world.Scheduler.Random.Next(BatchMax))
            : [];
        if (messages.Count > 0)
        {
            _outstanding.Enqueue(SendAsync(messages));
            _next = messages[^1].Message.Offset + 1;
        }

        if (_outstanding.TryPeek(out var oldest) && (oldest.IsCompleted || messages.Count == 0))
        {
            _progress.Answered(await oldest);
            _ = _outstanding.Dequeue();
        }

        await SettleAsync();
    }

    private async Task<ReaderBatch> SendAsync(List<SimMessage> messages)
    {
        var signals = messages.SelectMany(message => message.Signals).ToList();
        var durable = _progress.Durable;
        var call = new SignalCall(SimWorld.Owner, _name, durable.Epoch, durable.Offset, _world.Watermark());
        foreach (var signal in signals) _parking.Remove(signal.Position.ToString());
        var calls = signals.GroupBy(signal => signal.Resource)
            .Select(group => (Signals: group.ToArray(), Answer: OneAtATimeAsync(group.Key, call, [.. group]))).ToList();
        var counts = SignalLedger.Empty with { Messages = messages.Count, Records = signals.Count };
        var flushes = new HashSet<FlushId>();
        foreach (var (sent, answer) in calls)
        {
            var (fates, flush) = await answer;
            foreach (var (signal, _) in sent.Zip(fates).Where(pair => pair.Second == Fate.Parked))
                _parking[signal.Position.ToString()] = signal.Message.Offset;
            counts = fates.Aggregate(
                counts, (sum, fate) => fate == Fate.None ? throw new ReplacedException() : sum.With(fate, 1));
            if (flush.Number > 0) flushes.Add(flush);
        }

        var last = messages[^1].Message;
        return new ReaderBatch(messages[0].Message.Offset, last.Offset + 1, last.LogTime, counts, flushes, []);
    }

    /// <summary>A resource gets the call of a batch after that of the batch before.</summary>
    /// <remarks>A task of its own says that the call is over: where two await one task, not both go on in the step that ends it.
    /// </remarks>
    private async Task<(Fate[] Fates, FlushId Flush)> OneAtATimeAsync(ResourceId resource, SignalCall call, Signal[] signals)
    {
        var earlier = _calls.GetValueOrDefault(resource) ?? Task.CompletedTask;
        var over = new TaskCompletionSource();
        _calls[resource] = over.Task;
        try
        {
            await earlier;
            return await ApplyAsync(resource, call, signals);
        }
        finally
        {
            over.SetResult();
        }
    }

    /// <summary>Waits until everything sent is answered, and forgets what became of it.</summary>
    private async Task EndAsync()
    {
        while (_outstanding.TryDequeue(out var answer))
        {
            try
            {
                await answer;
            }
            catch (Exception error) when (error is UnknownOutcomeException or ReplacedException)
            {
            }
        }

        _calls.Clear();
    }

    private async Task<(Fate[] Fates, FlushId Flush)> ApplyAsync(ResourceId resource, SignalCall call, Signal[] signals)
    {
        var key = resource.Canonical;
        if (_world.Parks && silo.Parking.IsOverCredit())
            return (await silo.Parking.ParkAsync(key, signals, tried: false), default);
        var (hasLane, mustPark) = await silo.Parking.WayOfAsync(key, signals);
        if (mustPark) return (await silo.Parking.ParkAsync(key, signals, tried: false), default);
        if (hasLane) call = call with { Checkpoint = 0 };
        while (true)
        {
            try
            {
                var target = _world.Place(resource.Canonical);
                return await _world.Network.CallAsync(silo.Process, target.Process, async () =>
                    (await target.ActivateAsync(resource.Canonical)).Apply(resource, call, signals));
            }
            catch (UnknownOutcomeException)
            {
                await _world.Scheduler.Hop(silo.Process);
                if (!_world.Parks || _world.Scheduler.Random.Chance(0.5)) continue;
            }

            return (await silo.Parking.ParkAsync(key, signals, tried: true), default);
        }
    }

    private async Task SettleAsync()
    {
        var hasty = _world.Mutant == SimMutant.CheckpointBeforeSettle;
        if (!hasty && _progress.AnyLost(_world.StatusOf))
        {
            await EndAsync();
            _progress.Rewind();
            _next = _progress.Read;
            _world.Tell($"{silo.Process.Name}: {_name} goes back to {_progress.Read}");
        }

        if (_progress.Settle(hasty ? _ => FlushStatus.Settled : _world.StatusOf) is not { } settled) return;
        await _row.WriteAsync(
            settled.Checkpoint, _parking.Where(parked => parked.Value < settled.Checkpoint.Offset).Select(parked => parked.Key));
        _progress.Stored(settled);
    }
}

/// <summary>Somebody else has written what this one relied on, or the stream is another one.</summary>
internal sealed class ReplacedException : Exception;
