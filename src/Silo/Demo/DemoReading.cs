using Correlation.Contracts;
using Correlation.Streams;

namespace Correlation.Silo.Demo;

/// <summary>Whether what is in the demo's stream has been read, so that there is something to look at.</summary>
internal sealed class DemoReading(IStreamCatalog streams, IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until every message of a stream has its fate.</summary>
    public async Task ReadAsync(string stream, CancellationToken cancel)
    {
        if (await streams.FindAsync(stream, cancel) is not { } found) return;
        foreach (var partition in await found.PartitionsAsync(cancel))
        {
            var end = (await found.PeekAsync(partition, 0, cancel)).End;
            while (await CheckpointAsync($"{stream}/{partition}") < end) await Task.Delay(Poll, time, cancel);
        }
    }

    private async Task<long> CheckpointAsync(string reader)
    {
        try
        {
            return (await grains.GetGrain<IReaderGrain>(reader).Ledger()).Checkpoint;
        }
        catch (Exception error) when (error is TimeoutException or OrleansException)
        {
            // It is busy, or moves; the next question will tell.
            return -1;
        }
    }
}
