using Correlation.Grains.Readers;
using Correlation.Storage;
using Microsoft.Extensions.Options;

namespace Correlation.Grains.Archive;

/// <summary>Archives what readers send, before their checkpoints pass it: nothing is missing after a crash, and what is read
/// again is appended again, which the archive allows.</summary>
internal sealed class ArchiveWriter(IArchive archive, IOptions<ArchiveOptions> options)
{
    private const int AppendsAtOnce = 8;

    /// <summary>Whether anything is archived.</summary>
    public bool IsOn => options.Value.Days > 0;

    /// <summary>Appends a batch to its customers' days; ends when all is stored.</summary>
    /// <param name="work">The batch, with its owners set.</param>
    /// <param name="name">The partition.</param>
    /// <param name="epoch">The stream's epoch.</param>
    /// <param name="cancel">Gives up.</param>
    public Task WriteAsync(BatchWork work, PartitionName name, int epoch, CancellationToken cancel)
    {
        if (work.Kept.Count == 0) return Task.CompletedTask;
        var days = CustomerParts.Of(work, name, epoch).GroupBy(
            part => (part.Customer, Day: DateOnly.FromDateTime(part.Message.LogTime.UtcDateTime)), part => part.Message);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AppendsAtOnce, CancellationToken = cancel };
        return Parallel.ForEachAsync(days, parallel, async (day, stop) =>
            await archive.AppendAsync(day.Key.Customer, day.Key.Day, [.. day], stop));
    }
}
