using System.Collections.Concurrent;

namespace Correlation.Streams.Local;

/// <summary>Tells waiting readers of this process that a partition has new messages.</summary>
internal sealed class Arrivals
{
    private readonly ConcurrentDictionary<(string Stream, int Partition), TaskCompletionSource> waiting = new();

    /// <summary>Completes after the next transaction that changes a partition; take it before you look at the file.</summary>
    public Task Next(string stream, int partition) => waiting.GetOrAdd((stream, partition), _ => Fresh()).Task;

    /// <summary>Wakes everyone who waits for a partition that was changed.</summary>
    public void Publish(IReadOnlyCollection<StreamState> touched)
    {
        foreach (var stream in touched)
        {
            for (var number = 0; number < stream.Partitions.Count; number++)
            {
                if (!stream.Partitions[number].Changed) continue;
                if (waiting.TryRemove((stream.Name, number), out var waiters)) waiters.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
