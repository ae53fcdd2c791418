using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Correlation.Storage.Azure;

/// <summary>Journals in a table: one partition each, a head row and event rows, changed in one transaction under the head's etag.
/// </summary>
internal sealed partial class AzureTableJournalStore(AzureAccount account, ILogger<AzureTableJournalStore>? log = null)
    : IJournalStore
{
    private const int AttemptsMax = 20;

    private readonly ILogger logger = log ?? NullLogger<AzureTableJournalStore>.Instance;
    private readonly Remembered<JournalHead> heads = new(account.Options.RememberedHeads);
    private readonly JournalReader reader = new(account);

    public async Task<JournalContent> ReadAsync(string journal, CancellationToken cancel)
    {
        _ = StoredKey.Of(journal);
        await account.ReadyAsync(cancel);
        var (head, content) = await reader.ReadAsync(journal, cancel);
        heads.Remember(journal, head);
        return content;
    }

    public async Task<bool> AppendAsync(
        string journal, long expectedVersion, IReadOnlyList<JournalEvent> events, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        var append = new JournalAppend(account, journal, expectedVersion, events);
        if (append.RepeatsItself) return false;
        await account.ReadyAsync(cancel);
        var head = heads.Find(journal);
        if (head?.Version != expectedVersion || events.Count == 0) head = await ReadHeadAsync(journal, cancel);
        if (events.Count == 0) return head.Version == expectedVersion;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (head.Version != expectedVersion) return attempt > 0 && await append.IsStoredAsync(head, cancel);
            if (await append.TryAsync(head, cancel) is { } next)
            {
                heads.Remember(journal, next);
                return true;
            }

            var there = await ReadHeadAsync(journal, cancel);
            if (there.Write == append.Id) return true;

            // The head is as it was: it is one of the events that is there already.
            if (there.Row == head.Row) return false;
            head = there;
        }

        throw new InvalidOperationException("The journal changes faster than it can be written.");
    }

    public async Task SnapshotAsync(string journal, long version, ReadOnlyMemory<byte> snapshot, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        account.CheckSize(snapshot.Length);
        var partition = StoredKey.Of(journal);
        await account.ReadyAsync(cancel);
        var (id, blob) = (account.NextWrite(), (string?)null);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var head = await ReadHeadAsync(journal, cancel);
            if (head.Version < version)
                throw new InvalidOperationException($"The journal is at version {head.Version}, not yet at {version}.");
            if (version <= head.SnapshotVersion) return;
            if (snapshot.Length > RowFormat.InlineBytes)
                blob ??= await account.Large.StoreAsync(JournalAppend.Owner(partition), version, id, snapshot, cancel);
            var row = JournalRows.Held(
                partition, JournalRows.SnapshotKey(version), (version, version), new HeldData(snapshot, blob), id);
            var next = head.WithSnapshot(version) with { Write = id };
            if (!await TrySwitchAsync((journal, partition), (head, next), row, cancel)) continue;
            await CleanAsync(partition, version, blob, cancel);
            return;
        }

        throw new InvalidOperationException("The journal changes faster than its snapshot can be stored.");
    }

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancel)
    {
        var from = StoredKey.Prefix(prefix);
        await account.ReadyAsync(cancel);
        var filter = from.Length == 0
            ? TableClient.CreateQueryFilter($"RowKey eq {JournalHead.RowKey}")
            : TableClient.CreateQueryFilter(
                $"PartitionKey ge {from} and PartitionKey lt {StoredKey.After(from)} and RowKey eq {JournalHead.RowKey}");
        var found = new List<string>();
        var rows = account.Journals.QueryAsync<TableEntity>(filter, select: [RowFormat.Key], cancellationToken: cancel);
        await foreach (var row in rows) found.Add(JournalHead.KeyOf(row));
        found.RemoveAll(key => !key.StartsWith(prefix, StringComparison.Ordinal));
        found.Sort(StoredText.Compare);
        return found;
    }

    private async Task<JournalHead> ReadHeadAsync(string journal, CancellationToken cancel)
    {
        var head = await reader.HeadAsync(journal, cancel);
        heads.Remember(journal, head);
        return head;
    }

    /// <summary>Makes a stored snapshot the journal's, in one transaction: from then on the events up to it are gone.</summary>
    private async Task<bool> TrySwitchAsync(
        (string Key, string Partition) journal,
        (JournalHead From, JournalHead To) move,
        TableEntity row,
        CancellationToken cancel)
    {
        var work = new TransactionWork(StorageInstruments.Journal, 1, 0);
        var add = new TableTransactionAction(TableTransactionActionType.Add, row);
        var submitted = await account.Transactions.SubmitAsync(
            account.Journals, [move.From.To(move.To, journal.Partition, journal.Key), add], work, cancel);
        if (submitted.ETags is not { } etags) return false;
        heads.Remember(journal.Key, move.To with { Row = etags[0] });
        return true;
    }

    /// <summary>Deletes what a snapshot has made needless. What a crash or failure leaves, the next one deletes.</summary>
    private async Task CleanAsync(string partition, long snapshot, string? blob, CancellationToken cancel)
    {
        try
        {
            var past = new List<TableEntity>();
            var rows = account.Journals.QueryAsync<TableEntity>(
                JournalRows.Past(partition, snapshot), select: JournalRows.Described, cancellationToken: cancel);
            await foreach (var row in rows) past.Add(row);
            past.RemoveAll(row => !JournalRows.IsPast(row, snapshot));
            foreach (var some in past.Chunk(TableTransactions.RowsMax))
            {
                await account.Journals.SubmitTransactionAsync(
                    some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancel);
            }

            await account.Large.CleanAsync(JournalAppend.Owner(partition), snapshot, blob, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogNotCleaned(logger, error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What a journal's snapshot made needless could not be deleted; the next one tries again")]
    private static partial void LogNotCleaned(ILogger log, Exception error);
}
