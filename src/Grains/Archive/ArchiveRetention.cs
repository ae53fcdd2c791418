using Correlation.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Archive;

/// <summary>Erases archived days that are older than is configured, from every silo, each hour.</summary>
internal sealed partial class ArchiveRetention(
    IArchive archive, IOptions<ArchiveOptions> options, TimeProvider time, ILogger<ArchiveRetention> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Days == 0) return;
        using var beat = new PeriodicTimer(Beat, time);
        do
        {
            try
            {
                var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
                await archive.EraseBeforeAsync(today.AddDays(-options.Value.Days), stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, error);
            }
        }
        while (await beat.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Old days could not be erased from the archive; it is tried again in an hour")]
    private static partial void LogFailed(ILogger log, Exception error);
}
