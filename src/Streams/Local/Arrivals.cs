using System.Collections.Concurrent;

namespace Correlation.Streams.Local;

/// <summary>Tells waiting readers of this process that a stream has new messages.</summary>
internal sealed class Arrivals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> streams = new(StringComparer.Ordinal);

    /// <summary>Completes after the next transaction that touches a stream; take it before you look at the file.</summary>
    public Task Next(string stream) => streams.GetOrAdd(stream, _ => Fresh()).Task;

    /// <summary>Wakes everyone who waits for these streams.</summary>
    public void Publish(IReadOnlyCollection<StreamState> touched)
    {
        foreach (var stream in touched)
        {
            if (streams.TryRemove(stream.Name, out var waiting)) waiting.TrySetResult();
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
