using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Parking;

/// <summary>Has every lane that is due drained, from every silo, as many at a time as there is room for; after the start of the
/// process every lane once, although it rests.</summary>
internal sealed partial class ParkingPinger(
    ParkingDoor door,
    CreditDesk credit,
    ParkingInstruments instruments,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    IOptions<ParkingOptions> options,
    TimeProvider time,
    ILogger<ParkingPinger> log) : BackgroundService
{
    private readonly List<Task> _draining = [];
    private HashSet<string>? _untried;
    private int _turn;
    private long _waiting;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        instruments.ObserveWaiting(() => Interlocked.Read(ref _waiting));
        await lifetime.StartedAsync(stoppingToken);
        using var beat = new PeriodicTimer(options.Value.Beat, time);
        do
        {
            try
            {
                await PingAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogPingFailed(log, error);
            }
        }
        while (await beat.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PingAsync(CancellationToken cancel)
    {
        var begun = credit.Now;
        var lanes = await door.LearnAsync(cancel);
        credit.Waits(lanes, begun);
        Interlocked.Exchange(ref _waiting, lanes.Sum(lane => lane.Waiting));
        _untried ??= [.. lanes.Select(lane => lane.Lane)];
        var now = time.GetUtcNow();
        var due = lanes.Where(lane => IsDue(lane, now)).ToList();
        if (due.Count > 0) await DrainAsync(due);
    }

    /// <summary>Has lanes drained, each in its turn, until the beat is over.</summary>
    private async Task DrainAsync(List<ParkedLane> due)
    {
        var (begun, called) = (time.GetTimestamp(), 0);
        while (called < due.Count && time.GetElapsedTime(begun) < options.Value.Beat)
        {
            _draining.RemoveAll(drain => drain.IsCompleted);
            if (_draining.Count >= credit.LanesAtOnce)
            {
                await Task.WhenAny(_draining);
                continue;
            }

            var lane = due[(_turn + called++) % due.Count];
            if (!credit.MayDrain(lane)) continue;
            _draining.Add(DrainAsync(lane.Lane, _untried!.Remove(lane.Lane)));
        }

        _turn = (_turn + called) % due.Count;
    }

    private async Task DrainAsync(string lane, bool atOnce)
    {
        try
        {
            await grains.GetGrain<ILaneGrain>(lane).Drain(atOnce);
        }
        catch (Exception error)
        {
            LogPingFailed(log, error);
        }
    }

    private bool IsDue(ParkedLane lane, DateTimeOffset now) =>
        _untried!.Contains(lane.Lane) || lane.NextTry is null || lane.NextTry <= now;

    [LoggerMessage(LogLevel.Warning, "Looking for parking lanes to drain failed; it is done again with the next beat")]
    private static partial void LogPingFailed(ILogger log, Exception error);
}
