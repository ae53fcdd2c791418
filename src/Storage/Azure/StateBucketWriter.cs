using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Correlation.Storage.Azure;

/// <summary>Writes the rows of one call that lie in one bucket, each key once.</summary>
/// <param name="account">The account.</param>
/// <param name="partition">The bucket.</param>
/// <param name="outcomes">Where each row's outcome goes.</param>
/// <param name="log">Where a clean-up that failed is told.</param>
internal sealed partial class StateBucketWriter(AzureAccount account, string partition, WriteOutcome[] outcomes, ILogger log)
{
    private static readonly string[] Looked = [RowFormat.Schema, RowFormat.ETag, RowFormat.Write, RowFormat.Blob, RowFormat.Key];

    private readonly string id = account.NextWrite();

    /// <summary>The path of a key's blobs.</summary>
    public static string Owner(string partition, string rowKey) => $"state/{partition}/k{rowKey}";

    /// <summary>Writes the rows; ends when each has its outcome.</summary>
    public async Task WriteAsync(List<StateRowWrite> rows, CancellationToken cancel)
    {
        rows = await WithoutConflictsAsync(rows, row => row.IsUnknown, cancel);
        foreach (var row in rows.Where(row => row.IsLarge))
        {
            row.Blob = await account.Large.StoreAsync(Owner(partition, row.RowKey), row.ExpectedETag + 1, id, row.Data, cancel);
        }

        foreach (var group in Groups(rows)) await SubmitAsync(group, cancel);
        foreach (var row in rows.Where(row => row.Blob is not null || row.ReplacesBlob)) await CleanAsync(row, cancel);
    }

    /// <summary>Writes a group in a transaction; a row in conflict is left out and the others are written without it.</summary>
    private async Task SubmitAsync(List<StateRowWrite> group, CancellationToken cancel)
    {
        // Each round settles a row or learns its newest etag; somebody who writes as fast as that ends it.
        for (var round = 0; group.Count > 0; round++)
        {
            if (round > group.Count + 10)
                throw new InvalidOperationException("State rows change faster than they can be written.");
            var actions = group.ConvertAll(row => row.Action(partition, id));
            var work = new TransactionWork(StorageInstruments.State, group.Count, group.Sum(row => (long)row.Data.Length));
            var submitted = await account.Transactions.SubmitAsync(account.State, actions, work, cancel);
            if (submitted.ETags is { } etags)
            {
                foreach (var (row, etag) in group.Zip(etags)) Written(row, etag);
                return;
            }

            // The first time only the row that failed is looked at; conflicts seldom come alone, so then all are.
            var suspect = round == 0 ? submitted.FailedAt : null;
            var failed = suspect is { } at && at < group.Count ? group[at] : null;
            group = await WithoutConflictsAsync(group, row => failed is null || row == failed, cancel);
        }
    }

    /// <summary>Looks at stored rows: notes the outcome of those in conflict and learns the etag of the others.</summary>
    /// <returns>The rows still to be written.</returns>
    private async Task<List<StateRowWrite>> WithoutConflictsAsync(
        List<StateRowWrite> rows, Func<StateRowWrite, bool> isSuspect, CancellationToken cancel)
    {
        var left = rows.ToHashSet();
        foreach (var some in rows.Where(isSuspect).Chunk(account.Options.Parallel))
        {
            var found = await Task.WhenAll(some.Select(row => FindAsync(row, cancel)));
            foreach (var (row, stored) in some.Zip(found))
            {
                if (stored?.GetString(RowFormat.Write) == id)
                {
                    // The transaction was applied and only its answer was lost: so were all its rows.
                    foreach (var written in left) Written(written, written == row ? stored.ETag : null);
                    return [];
                }

                if (!Take(row, stored)) left.Remove(row);
            }
        }

        return [.. rows.Where(left.Contains)];
    }

    private async Task<TableEntity?> FindAsync(StateRowWrite row, CancellationToken cancel)
    {
        var found = await account.State.GetEntityIfExistsAsync<TableEntity>(partition, row.RowKey, Looked, cancel);
        return found.HasValue ? RowFormat.Check(found.Value!, row.Key) : null;
    }

    private bool Take(StateRowWrite row, TableEntity? stored)
    {
        var etag = stored?.GetInt64(RowFormat.ETag) ?? 0;
        var hasBlob = stored?.GetString(RowFormat.Blob) is not null;
        if (etag == row.ExpectedETag)
        {
            (row.Replaces, row.ReplacesBlob) = (stored?.ETag, hasBlob);
            return true;
        }

        var hint = stored is null ? 0 : StateHint.Pack(stored.ETag, etag, hasBlob);
        outcomes[row.Index] = new WriteOutcome(false, etag) { Hint = hint };
        return false;
    }

    private void Written(StateRowWrite row, ETag? etag)
    {
        var now = row.ExpectedETag + 1;
        var hint = etag is { } azure ? StateHint.Pack(azure, now, row.Blob is not null) : 0;
        outcomes[row.Index] = new WriteOutcome(true, now) { Hint = hint };
    }

    /// <summary>Deletes the blobs that the row named before, or this write's own where the row was in conflict.</summary>
    private async Task CleanAsync(StateRowWrite row, CancellationToken cancel)
    {
        var outcome = outcomes[row.Index];
        try
        {
            if (outcome.Written)
                await account.Large.CleanAsync(Owner(partition, row.RowKey), outcome.ETag, row.Blob, cancel);
            else if (row.Blob is not null)
                await account.LargeContainer.DeleteBlobIfExistsAsync(row.Blob, cancellationToken: cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogNotCleaned(log, error);
        }
    }

    private static IEnumerable<List<StateRowWrite>> Groups(List<StateRowWrite> rows)
    {
        var group = new List<StateRowWrite>();
        var bytes = 0;
        foreach (var row in rows)
        {
            if (group.Count > 0 && (group.Count == TableTransactions.RowsMax || bytes + row.Weight > TableTransactions.BytesMax))
            {
                yield return group;
                (group, bytes) = ([], 0);
            }

            group.Add(row);
            bytes += row.Weight;
        }

        if (group.Count > 0) yield return group;
    }

    [LoggerMessage(LogLevel.Warning, "Blobs of a state row that moved on could not be deleted; its next large write tries again")]
    private static partial void LogNotCleaned(ILogger log, Exception error);
}
