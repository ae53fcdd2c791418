using Azure.Data.Tables;

namespace Correlation.Storage.Azure;

/// <summary>Reads journals.</summary>
/// <remarks>A partition is read in pages, between which it changes: the head comes first, what was appended after it is left out,
/// and where a snapshot has taken events away meanwhile, all is read again.</remarks>
internal sealed class JournalReader(AzureAccount account)
{
    private const int ReadsMax = 20;

    /// <summary>Reads a journal's head.</summary>
    public async Task<JournalHead> HeadAsync(string journal, CancellationToken cancel)
    {
        var found = await account.Journals.GetEntityIfExistsAsync<TableEntity>(
            StoredKey.Of(journal), JournalHead.RowKey, cancellationToken: cancel);
        return found.HasValue ? JournalHead.Of(found.Value!, journal) : JournalHead.None;
    }

    /// <summary>Reads a journal.</summary>
    public async Task<(JournalHead Head, JournalContent Content)> ReadAsync(string journal, CancellationToken cancel)
    {
        var partition = StoredKey.Of(journal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        for (var read = 0; read < ReadsMax; read++)
        {
            var rows = new List<TableEntity>();
            await foreach (var row in account.Journals.QueryAsync<TableEntity>(filter, cancellationToken: cancel)) rows.Add(row);
            var head = rows.Find(row => row.RowKey == JournalHead.RowKey);
            if (head is null) return (JournalHead.None, new JournalContent(0, 0, null, []));
            var known = JournalHead.Of(head, journal);
            if (await ContentAsync(known, rows, cancel) is { } content) return (known, content);
        }

        throw new InvalidDataException("A journal does not hold all of its events.");
    }

    private async Task<JournalContent?> ContentAsync(JournalHead head, List<TableEntity> rows, CancellationToken cancel)
    {
        byte[]? snapshot = null;
        if (head.SnapshotVersion > 0)
        {
            var key = JournalRows.SnapshotKey(head.SnapshotVersion);
            if (rows.Find(row => row.RowKey == key) is not { } row) return null;
            snapshot = row.GetString(RowFormat.Blob) is { } blob
                ? await account.Large.ReadAsync(blob, cancel)
                : RowFormat.Take(row, RowFormat.Data);
            if (snapshot is null) return null;
        }

        var events = await EventsAsync(head, rows, cancel);
        return events is null ? null : new JournalContent(head.Version, head.SnapshotVersion, snapshot, events);
    }

    private async Task<List<JournalEvent>?> EventsAsync(JournalHead head, List<TableEntity> rows, CancellationToken cancel)
    {
        var events = new JournalEvent?[head.Version - head.SnapshotVersion];
        foreach (var row in rows.Where(row => JournalRows.HoldsEvents(row, head.SnapshotVersion, head.Version)))
        {
            RowFormat.Check(row);
            var name = row.GetString(RowFormat.Blob);
            var blob = name is null ? null : await account.Large.ReadAsync(name, cancel);
            if (name is not null && blob is null) return null;
            foreach (var (version, one) in JournalRows.Events(row, blob))
            {
                if (version > head.SnapshotVersion && version <= head.Version) events[version - head.SnapshotVersion - 1] = one;
            }
        }

        return events.Contains(null) ? null : [.. events.OfType<JournalEvent>()];
    }
}
