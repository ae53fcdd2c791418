using Azure;
using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>Checkpoints in a table: a partition each, the row and the fates that it passes in one transaction.</summary>
internal sealed class AzureTableCheckpointStore(AzureAccount account) : ICheckpointStore
{
    private const string RowKey = "0";
    private const int RoundsMax = 20;
    private static readonly string[] Looked = [RowFormat.Schema, RowFormat.ETag, RowFormat.Write, RowFormat.Key];

    private readonly Remembered<Known> known = new(account.Options.RememberedHeads);

    public async Task<StateRow?> ReadAsync(string partition, CancellationToken cancel)
    {
        var key = StoredKey.Of(partition);
        await account.ReadyAsync(cancel);
        if (await FindAsync(partition, key, null, cancel) is not { } row) return null;
        return new StateRow(row.GetInt64(RowFormat.ETag)!.Value, RowFormat.Take(row, RowFormat.Data));
    }

    public async Task<WriteOutcome> WriteAsync(
        string partition, long expectedETag, ReadOnlyMemory<byte> row, IReadOnlyList<FateRecord> fates, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedETag);
        if (row.Length > RowFormat.InlineBytes)
            throw new ArgumentException($"{row.Length} bytes are over the limit of {RowFormat.InlineBytes} a checkpoint.");
        var key = StoredKey.Of(partition);
        var rows = FateRows.Of(key, fates, TableTransactions.RowsMax - 1).ToList();
        await account.ReadyAsync(cancel);
        var write = new CheckpointWrite(key, partition, expectedETag, row, account.NextWrite());
        var work = new TransactionWork(StorageInstruments.Journal, 1, row.Length + fates.Sum(fate => (long)fate.Data.Length));
        for (var round = 0; round < RoundsMax; round++)
        {
            if (known.Find(partition) is not { } there || there.ETag != expectedETag || round > 0)
            {
                var stored = await FindAsync(partition, key, Looked, cancel);
                if (stored?.GetString(RowFormat.Write) == write.Id) return new WriteOutcome(true, expectedETag + 1);
                there = new Known(stored?.GetInt64(RowFormat.ETag) ?? 0, stored?.ETag);
                if (there.ETag != expectedETag) return new WriteOutcome(false, there.ETag);
            }

            var submitted = await account.Transactions.SubmitAsync(
                account.Checkpoints, write.Actions(there.Row, rows), work, cancel);
            if (submitted.ETags is not { } etags) continue;
            known.Remember(partition, new Known(expectedETag + 1, etags[0]));
            return new WriteOutcome(true, expectedETag + 1);
        }

        throw new InvalidOperationException("The checkpoint changes faster than it can be written.");
    }

    public async Task<FateRecord?> FatesAsync(string partition, int epoch, long offset, CancellationToken cancel)
    {
        var key = StoredKey.Of(partition);
        await account.ReadyAsync(cancel);
        var rows = account.Checkpoints.QueryAsync<TableEntity>(
            FateRows.From(key, epoch, offset), maxPerPage: 1, cancellationToken: cancel);
        await foreach (var row in rows)
        {
            var found = FateRows.Read(row).Find(fate => fate.Last >= offset);
            return found?.First <= offset ? found : null;
        }

        return null;
    }

    public async Task ForgetFatesAsync(string partition, int epoch, long below, CancellationToken cancel)
    {
        var key = StoredKey.Of(partition);
        await account.ReadyAsync(cancel);
        var actions = new List<TableTransactionAction>();
        var rows = account.Checkpoints.QueryAsync<TableEntity>(FateRows.Below(key, epoch, below), cancellationToken: cancel);
        await foreach (var row in rows)
        {
            if (Without(key, row, below) is { } action) actions.Add(action);
        }

        foreach (var some in actions.Chunk(TableTransactions.RowsMax))
            await account.Checkpoints.SubmitTransactionAsync(some, cancel);
    }

    /// <summary>Deletes a row of fates, or keeps of it what is not below an offset.</summary>
    private static TableTransactionAction? Without(string key, TableEntity row, long below)
    {
        var fates = FateRows.Read(row);
        if (fates.RemoveAll(fate => fate.Last < below) == 0) return null;
        return fates.Count == 0
            ? new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, FateRows.Row(key, fates), ETag.All);
    }

    private async Task<TableEntity?> FindAsync(string partition, string key, string[]? properties, CancellationToken cancel)
    {
        var found = await account.Checkpoints.GetEntityIfExistsAsync<TableEntity>(key, RowKey, properties, cancel);
        var row = found.HasValue ? RowFormat.Check(found.Value!, partition) : null;
        known.Remember(partition, new Known(row?.GetInt64(RowFormat.ETag) ?? 0, row?.ETag));
        return row;
    }

    /// <summary>The stored etag, and the one that Azure gave the row.</summary>
    private sealed record Known(long ETag, ETag? Row);

    private sealed record CheckpointWrite(string Key, string Partition, long ExpectedETag, ReadOnlyMemory<byte> Data, string Id)
    {
        public List<TableTransactionAction> Actions(ETag? replaces, IEnumerable<TableEntity> fates)
        {
            var row = new TableEntity(Key, RowKey)
            {
                [RowFormat.Schema] = RowFormat.RowVersion, [RowFormat.ETag] = ExpectedETag + 1, [RowFormat.Write] = Id,
            };
            if (StoredKey.IsCut(Key)) row[RowFormat.Key] = RowFormat.Written(Partition);
            RowFormat.Put(row, RowFormat.Data, Data.Span);
            var head = replaces is { } etag
                ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, etag)
                : new TableTransactionAction(TableTransactionActionType.Add, row);
            return [head, .. fates.Select(fate => new TableTransactionAction(TableTransactionActionType.UpsertReplace, fate))];
        }
    }
}
