namespace Correlation.Storage;

/// <summary>The checkpoint row of every partition: position, log time and ledger in one row under one etag.</summary>
public interface ICheckpointStore
{
    /// <summary>Reads a partition's row; null where there is none.</summary>
    Task<StateRow?> ReadAsync(string partition, CancellationToken cancel);

    /// <summary>Writes a partition's row, and in the same transaction the fates of the messages it passes.</summary>
    /// <param name="partition">The partition as <c>stream/partition</c>.</param>
    /// <param name="expectedETag">The etag of the row that this replaces; 0 where there must be none.</param>
    /// <param name="row">The row's bytes.</param>
    /// <param name="fates">The fates of the messages between the old checkpoint and the new one.</param>
    /// <param name="cancel">Gives up waiting; the outcome is then unknown.</param>
    Task<WriteOutcome> WriteAsync(
        string partition, long expectedETag, ReadOnlyMemory<byte> row, IReadOnlyList<FateRecord> fates, CancellationToken cancel);

    /// <summary>The fates of the batch that holds a message; null where none is stored.</summary>
    Task<FateRecord?> FatesAsync(string partition, int epoch, long offset, CancellationToken cancel);

    /// <summary>Removes the fate records of an epoch whose messages are all below an offset (retention).</summary>
    Task ForgetFatesAsync(string partition, int epoch, long below, CancellationToken cancel);
}

/// <summary>The fates of the signals of one message batch, compressed.</summary>
/// <param name="Epoch">The stream's epoch.</param>
/// <param name="First">The first offset.</param>
/// <param name="Last">The last offset.</param>
/// <param name="Data">The compressed fates.</param>
public sealed record FateRecord(int Epoch, long First, long Last, byte[] Data);
