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

    private async Task PingAsync(CancellationToken cancel)
    {
        await grains.GetGrain<IDirectoryGrain>(0).Time();
        foreach (var stream in await streams.StreamsAsync(cancel))
        {
            var partitions = await stream.PartitionsAsync(cancel);
            for (var partition = 0; partition < partitions; partition++)
            {
                await grains.GetGrain<IReaderGrain>(new PartitionName(stream.Name, partition).Key).Ping();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Pinging the readers failed; it is done again with the next beat")]
    private static partial void LogPingFailed(ILogger log, Exception error);
}
