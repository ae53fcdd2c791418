using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>One append to a journal.</summary>
internal sealed class JournalAppend
{
    private readonly AzureAccount account;
    private readonly string journal;
    private readonly string partition;
    private readonly long expectedVersion;
    private readonly IReadOnlyList<JournalEvent> events;
    private readonly bool isPacked;
    private readonly long bytes;
    private TableEntity? pack;

    /// <summary>Checks what is to be appended.</summary>
    public JournalAppend(AzureAccount account, string journal, long expectedVersion, IReadOnlyList<JournalEvent> events)
    {
        (this.account, this.journal, this.expectedVersion, this.events) = (account, journal, expectedVersion, events);
        partition = StoredKey.Of(journal);
        foreach (var one in events)
        {
            _ = StoredText.Key(one.Id);
            account.CheckSize(one.Data.Length);
        }

        Id = account.NextWrite();
        isPacked = !JournalRows.Fit(events);
        bytes = events.Sum(one => (long)one.Data.Length);
    }

    /// <summary>The id of the write, the same for every attempt.</summary>
    public string Id { get; }

    /// <summary>Whether two events of the append have the same id.</summary>
    public bool RepeatsItself => events.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count() < events.Count;

    private long Last => expectedVersion + events.Count;

    private string FirstRow => isPacked ? JournalRows.PackKey(expectedVersion + 1) : JournalRows.EventKey(events[0].Id);

    /// <summary>The path of a journal's blobs.</summary>
    public static string Owner(string partition) => $"journals/{partition}";

    /// <summary>Appends after a head that is at the expected version.</summary>
    /// <returns>The new head; null where somebody else has moved it, or holds an event of the same id.</returns>
    public async Task<JournalHead?> TryAsync(JournalHead head, CancellationToken cancel)
    {
        if (head.Packs(events.Select(one => one.Id))) return null;
        if (isPacked && await HoldsAnyAsync(cancel)) return null;
        var next = head with { Version = Last, Write = Id };
        if (isPacked) next = next.WithPacked(events.Select(one => one.Id), Last);
        var actions = new List<TableTransactionAction> { head.To(next, partition, journal) };
        if (isPacked) actions.Add(Add(pack ??= await PackAsync(cancel)));
        else actions.AddRange(events.Select((one, at) => Add(JournalRows.Event(partition, one, expectedVersion + 1 + at, Id))));
        var work = new TransactionWork(StorageInstruments.Journal, 1, bytes);
        var submitted = await account.Transactions.SubmitAsync(account.Journals, actions, work, cancel);
        return submitted.ETags is { } etags ? next with { Row = etags[0] } : null;
    }

    /// <summary>Whether the append was stored by an attempt whose answer was lost, and others have followed it since.</summary>
    public async Task<bool> IsStoredAsync(JournalHead head, CancellationToken cancel)
    {
        if (head.Version < Last) return false;
        var found = await account.Journals.GetEntityIfExistsAsync<TableEntity>(partition, FirstRow, [RowFormat.Write], cancel);
        return found.HasValue && found.Value!.GetString(RowFormat.Write) == Id;
    }

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    /// <summary>Whether one of the events has a row of its own. The head's etag sees to it that it stays so.</summary>
    private async Task<bool> HoldsAnyAsync(CancellationToken cancel)
    {
        var keys = events.Select(one => JournalRows.EventKey(one.Id)).ToHashSet(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {JournalHead.RowKey}");
        var rows = account.Journals.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancel);
        await foreach (var row in rows)
        {
            if (keys.Contains(row.RowKey)) return true;
        }

        return false;
    }

    private async Task<TableEntity> PackAsync(CancellationToken cancel)
    {
        var packed = JournalRows.Pack(events);
        var blob = packed.Length > RowFormat.InlineBytes
            ? await account.Large.StoreAsync(Owner(partition), Last, Id, packed, cancel)
            : null;
        return JournalRows.Held(
            partition, JournalRows.PackKey(expectedVersion + 1), (expectedVersion + 1, Last), new HeldData(packed, blob), Id);
    }
}
