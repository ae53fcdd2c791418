namespace Correlation.Storage;

/// <summary>Rows of lazily written state, one for each key, many written at once.</summary>
public interface IStateStore
{
    /// <summary>Reads a row.</summary>
    /// <returns>Null where there is none.</returns>
    ValueTask<StateRow?> ReadAsync(string key, CancellationToken cancel);

    /// <summary>Writes rows; a conflict is pinned to its row and the others are written without it.</summary>
    /// <param name="writes">The rows; their bytes must not change until the task ends.</param>
    /// <param name="cancel">Gives up waiting; the outcome is then unknown.</param>
    /// <returns>One outcome for each write, in order. After an exception the outcome of every write is unknown.</returns>
    Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancel);
}

/// <summary>A stored row.</summary>
/// <param name="ETag">Changes with every write; starts at 1.</param>
/// <param name="Data">The bytes as written.</param>
public sealed record StateRow(long ETag, byte[] Data)
{
    /// <summary>Where the store keeps the row, for <see cref="StateWrite.Hint"/>; 0 where the store has no use for it.</summary>
    public long Hint { get; init; }
}

/// <summary>A row to write.</summary>
/// <param name="Key">The row's key, at most 2,048 characters, compared by code point.</param>
/// <param name="ExpectedETag">The etag of the row that this replaces; 0 where there must be none.</param>
/// <param name="Data">The bytes.</param>
public readonly record struct StateWrite(string Key, long ExpectedETag, ReadOnlyMemory<byte> Data)
{
    /// <summary>The hint that came with this key's row or with its last write: saves the store a look-up by text. 0 without one.
    /// </summary>
    public long Hint { get; init; }
}

/// <summary>What became of one write.</summary>
/// <param name="Written">False for a conflict: the stored etag was not the expected one; nothing was changed.</param>
/// <param name="ETag">The row's etag now; 0 where there is no row.</param>
public readonly record struct WriteOutcome(bool Written, long ETag)
{
    /// <summary>Where the store keeps the row, for <see cref="StateWrite.Hint"/>; 0 where the store has no use for it.</summary>
    public long Hint { get; init; }
}
