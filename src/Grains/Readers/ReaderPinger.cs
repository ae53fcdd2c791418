using System.Collections.Concurrent;
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

    /// <summary>How long after a ping that failed the next one comes: while a silo that is gone is not yet called so they fail at
    /// once, and as soon as it is, its partitions go on.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, byte> _calling = [];

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
        Ping("", () => grains.GetGrain<IDirectoryGrain>(0).Time(), cancel);
        foreach (var stream in await streams.StreamsAsync(cancel))
        {
            foreach (var partition in await PartitionsAsync(stream, cancel))
            {
                var key = new PartitionName(stream.Name, partition).Key;
                Ping(key, () => grains.GetGrain<IReaderGrain>(key).Ping(), cancel);
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

    private void Ping(string key, Func<Task> call, CancellationToken cancel)
    {
        if (!_calling.TryAdd(key, 0)) return;
        _ = AnsweredAsync(key, call, cancel);
    }

    /// <summary>Calls until there is an answer.</summary>
    private async Task AnsweredAsync(string key, Func<Task> call, CancellationToken cancel)
    {
        for (var failures = 0; !cancel.IsCancellationRequested; failures++)
        {
            try
            {
                await call();
                break;
            }
            catch (Exception error)
            {
                if (failures == 0) LogPingFailed(log, error);
            }

            await Task.Delay(Rest, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _calling.TryRemove(key, out _);
    }

    [LoggerMessage(LogLevel.Warning, "Pinging the readers failed; it is done again until it does not")]
    private static partial void LogPingFailed(ILogger log, Exception error);
}
