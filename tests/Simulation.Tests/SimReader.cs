using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Simulation.Tests;

/// <summary>Reads one partition on a silo: the steps of the product's reader around <see cref="ReaderProgress"/>.</summary>
internal sealed class SimReader(SimSilo silo, int partition)
{
    private const int BatchMax = 3;
    private const int InFlightMax = 4;

    private readonly SimWorld _world = silo.World;
    private readonly string _row = $"checkpoint/{partition}";
    private readonly string _name = $"{SimWorld.Stream}/{partition}";
    private ReaderProgress _progress = new(Checkpoint.Start);
    private long _etag;

    public async Task RunAsync()
    {
        while (true)
        {
            try
            {
                await OpenAsync();
                while (true) await StepAsync();
            }
            catch (Exception error) when (error is UnknownOutcomeException or ReplacedException)
            {
                await _world.Scheduler.Hop(silo.Process);
            }
        }
    }

    private async Task OpenAsync()
    {
        var row = await _world.Storage.ReadAsync(silo.Process, _row);
        _etag = row?.ETag ?? 0;
        _progress = new ReaderProgress(row is null ? Checkpoint.Start : _world.Read<Checkpoint>(row.Value.Data));
    }

    private async Task StepAsync()
    {
        await _world.Scheduler.Hop(silo.Process);
        var messages = _world.Messages(partition, _progress.Read, 1 + _world.Scheduler.Random.Next(BatchMax));
        if (messages.Count > 0 && _progress.InFlight.Count < InFlightMax) await SendAsync(messages);
        await SettleAsync();
    }

    private async Task SendAsync(List<(Message Message, Signal[] Signals)> messages)
    {
        var signals = messages.SelectMany(message => message.Signals).ToList();
        var durable = _progress.Durable;
        var call = new SignalCall(SimWorld.Owner, _name, durable.Epoch, durable.Offset, _world.Watermark());
        var calls = signals.GroupBy(signal => signal.Resource).Select(group => ApplyAsync(group.Key, call, [.. group])).ToList();
        var counts = SignalLedger.Empty with { Messages = messages.Count, Records = signals.Count };
        var flushes = new HashSet<FlushId>();
        foreach (var answer in calls)
        {
            var (fates, flush) = await answer;
            counts = fates.Aggregate(counts,
                (sum, fate) => fate == Fate.None ? throw new ReplacedException() : sum.With(fate, 1));
            if (flush.Number > 0) flushes.Add(flush);
        }

        var last = messages[^1].Message;
        _progress.Answered(new ReaderBatch(messages[0].Message.Offset, last.Offset + 1, last.LogTime, counts, flushes, []));
    }

    private async Task<(Fate[] Fates, FlushId Flush)> ApplyAsync(ResourceId resource, SignalCall call, Signal[] signals)
    {
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
            }
        }
    }

    private async Task SettleAsync()
    {
        if (_progress.AnyLost(_world.StatusOf))
        {
            _progress.Rewind();
            _world.Rewinds++;
        }

        if (_progress.Settle(_world.StatusOf) is not { } settled) return;
        var written = await _world.Storage.WriteAsync(silo.Process, [(_row, _etag, _world.Write(settled.Checkpoint))]);
        _etag = written[0] ?? throw new ReplacedException();
        _progress.Stored(settled.Checkpoint);
    }

    private sealed class ReplacedException : Exception;
}
