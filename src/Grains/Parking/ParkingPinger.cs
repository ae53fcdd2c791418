using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Parking;

/// <summary>Calls every lane that is due, from every silo; after the start of the process every lane once, although it
/// rests.</summary>
internal sealed partial class ParkingPinger(
    ParkingDoor door,
    ParkingInstruments instruments,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    IOptions<ParkingOptions> options,
    TimeProvider time,
    ILogger<ParkingPinger> log) : BackgroundService
{
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
        var lanes = await door.LearnAsync(cancel);
        Interlocked.Exchange(ref _waiting, lanes.Sum(lane => lane.Waiting));
        _untried ??= [.. lanes.Select(lane => lane.Lane)];
        var now = time.GetUtcNow();
        var due = lanes.Where(lane => IsDue(lane, now)).Select(lane => lane.Lane).ToList();
        var most = Math.Min(due.Count, options.Value.LanesPerBeat);
        if (most == 0) return;
        for (var i = 0; i < most; i++)
        {
            var lane = due[(_turn + i) % due.Count];
            await grains.GetGrain<ILaneGrain>(lane).Ping(_untried.Contains(lane));
            _untried.Remove(lane);
        }

        _turn = (_turn + most) % due.Count;
    }

    private bool IsDue(ParkedLane lane, DateTimeOffset now) =>
        _untried!.Contains(lane.Lane) || lane.NextTry is null || lane.NextTry <= now;

    [LoggerMessage(LogLevel.Warning, "Looking for parking lanes to drain failed; it is done again with the next beat")]
    private static partial void LogPingFailed(ILogger log, Exception error);
}
