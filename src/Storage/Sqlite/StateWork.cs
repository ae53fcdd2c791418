using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>Something for the writer to do in a transaction that it may share with others.</summary>
/// <remarks>It looks before it writes, so that running it again after a rollback has the same outcome.</remarks>
internal abstract class StateWork(long bytes)
{
    /// <summary>Its weight in a transaction.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Does it within the open transaction.</summary>
    public abstract void Apply(SqliteSession session);

    /// <summary>It is stored.</summary>
    public abstract void Complete();

    /// <summary>It is not stored, or nobody knows.</summary>
    public abstract void Fail(Exception error);
}

/// <summary>Work with a result.</summary>
internal sealed class StateWork<T>(long bytes, Func<SqliteSession, T> apply) : StateWork(bytes)
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    /// <summary>The result, once it is stored.</summary>
    public Task<T> Done => done.Task;

    public override void Apply(SqliteSession session) => result = apply(session);

    public override void Complete() => done.TrySetResult(result);

    public override void Fail(Exception error) => done.TrySetException(error);
}
