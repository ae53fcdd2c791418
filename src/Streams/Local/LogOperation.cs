namespace Correlation.Streams.Local;

/// <summary>Something for the writer to do; several share a transaction, and each has its own outcome.</summary>
/// <param name="bytes">Its weight in a transaction.</param>
internal abstract class LogOperation(long bytes)
{
    private readonly TaskCompletionSource<long?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Bytes { get; } = bytes;

    /// <summary>The result, once it is durable.</summary>
    public Task<long?> Done => done.Task;

    /// <summary>Does it. Refuses with an <see cref="InvalidOperationException"/> before it has changed anything.</summary>
    public abstract long? Apply(LogTransaction transaction);

    public void Complete(long? result) => done.TrySetResult(result);

    public void Fail(Exception error) => done.TrySetException(error);
}

/// <summary>Makes the live stream, or gives it more partitions.</summary>
internal sealed class OpenLive(string stream, int partitions) : LogOperation(0)
{
    public override long? Apply(LogTransaction transaction)
    {
        transaction.Grow(transaction.Find(stream) ?? transaction.Create(stream), partitions);
        return null;
    }
}

/// <summary>Appends to the live stream.</summary>
internal sealed class AppendLive(string stream, IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    : LogOperation(bodies.Sum(body => (long)body.Length))
{
    public override long? Apply(LogTransaction transaction)
    {
        var state = transaction.Find(stream)!;
        foreach (var body in bodies) transaction.Append(state, transaction.Now, body.Span);
        return null;
    }
}
