using Correlation.Contracts;
using Correlation.Streams;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Readers;

/// <summary>Calls every partition's reader every few seconds, from every silo: a grain runs only once it is called.</summary>
internal sealed partial class ReaderPinger(
    IStreamCatalog streams, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ReaderPinger> log)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private readonly PatientCalls _calls = new(time, error => LogPingFailed(log, error));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        using var beat = new PeriodicTimer(Beat, time);
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

    /// <summary>Pings all at once: one that a dead silo still holds does not keep the others waiting, and is pinged again only
    /// once that has failed.</summary>
    private async Task PingAsync(CancellationToken cancel)
    {
        _calls.Begin("", () => grains.GetGrain<IDirectoryGrain>(0).Time(), cancel);
        foreach (var stream in await streams.StreamsAsync(cancel))
        {
            foreach (var partition in await PartitionsAsync(stream, cancel))
            {
                var key = new PartitionName(stream.Name, partition).Key;
                _calls.Begin(key, () => grains.GetGrain<IReaderGrain>(key).Ping(), cancel);
            }
        }
    }

    /// <summary>The partitions of a stream; none while it cannot say, which keeps no other stream waiting.</summary>
    private static async Task<IReadOnlyList<int>> PartitionsAsync(ISignalStream stream, CancellationToken cancel)
    {
        try
        {
            return await stream.PartitionsAsync(cancel);
        }
        catch (StreamUnavailableException)
        {
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "Pinging the readers failed; it is done again until they answer")]
    private static partial void LogPingFailed(ILogger log, Exception error);
}
