using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>Journals in <c>state.db</c>.</summary>
internal sealed class SqliteJournalStore(StateFile file) : IJournalStore
{
    public Task<JournalContent> ReadAsync(string journal, CancellationToken cancel)
    {
        var key = StoredText.Key(journal);

        // Off the caller's thread: a journal is read once in an activation and may be large.
        return Task.Run(() => file.Readers.ReadTogether(session => Read(session, key)), cancel);
    }

    public Task<bool> AppendAsync(
        string journal, long expectedVersion, IReadOnlyList<JournalEvent> events, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        var key = StoredText.Key(journal);
        var ids = events.Select(one => StoredText.Key(one.Id)).ToArray();
        foreach (var one in events) file.CheckSize(one.Data.Length);
        if (events.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count() < ids.Length) return Task.FromResult(false);
        var bytes = events.Sum(one => (long)one.Data.Length);
        return file.Writer.DoAsync(bytes, session => Append(session, (key, expectedVersion), ids, events), cancel);
    }

    public Task SnapshotAsync(string journal, long version, ReadOnlyMemory<byte> snapshot, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        file.CheckSize(snapshot.Length);
        var key = StoredText.Key(journal);
        return file.Writer.DoAsync(snapshot.Length, session => Snapshot(session, key, version, snapshot), cancel);
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancel)
    {
        var from = StoredText.Key(prefix);
        return Task.Run<IReadOnlyList<string>>(() => file.Readers.Read(session => List(session, from)), cancel);
    }

    private static JournalContent Read(SqliteSession session, byte[] key)
    {
        if (Head(session, key) is not { } head) return new JournalContent(0, 0, null, []);
        byte[]? snapshot = null;
        var stored = session.Prepare("SELECT schema, data FROM snapshot WHERE journal = ?1").Bind(1, head.Id);
        if (stored.Step())
        {
            StateFormat.CheckRow(stored.Integer(0));
            snapshot = stored.Bytes(1);
        }

        stored.Reset();
        return new JournalContent(head.Version, head.SnapshotVersion, snapshot, Events(session, head.Id));
    }

    private static List<JournalEvent> Events(SqliteSession session, long journal)
    {
        var events = new List<JournalEvent>();
        var rows = session.Prepare("SELECT schema, id, data FROM event WHERE journal = ?1 ORDER BY version").Bind(1, journal);
        while (rows.Step())
        {
            StateFormat.CheckRow(rows.Integer(0));
            events.Add(new JournalEvent(rows.Text(1), rows.Bytes(2)));
        }

        return events;
    }

    private static (long Id, long Version, long SnapshotVersion)? Head(SqliteSession session, byte[] key)
    {
        var row = session.Prepare("SELECT id, schema, version, snapshot_version FROM journal WHERE text = ?1").Bind(1, key);
        try
        {
            if (!row.Step()) return null;
            StateFormat.CheckRow(row.Integer(1));
            return (row.Integer(0), row.Integer(2), row.Integer(3));
        }
        finally
        {
            row.Reset();
        }
    }

    private static bool Append(
        SqliteSession session, (byte[] Key, long Version) expected, byte[][] ids, IReadOnlyList<JournalEvent> events)
    {
        var head = Head(session, expected.Key);
        if ((head?.Version ?? 0) != expected.Version) return false;
        if (head is { } there && ids.Any(id => Holds(session, there.Id, id))) return false;
        if (ids.Length == 0) return true;
        var journal = head?.Id ?? Create(session, expected.Key);
        for (var index = 0; index < ids.Length; index++)
        {
            session.Prepare("INSERT INTO event (journal, version, id, schema, data) VALUES (?1, ?2, ?3, ?4, ?5)")
                .Bind(1, journal).Bind(2, expected.Version + index + 1).Bind(3, ids[index])
                .Bind(4, StateFormat.RowVersion).Bind(5, events[index].Data).Run();
        }

        session.Prepare("UPDATE journal SET version = ?2 WHERE id = ?1")
            .Bind(1, journal).Bind(2, expected.Version + ids.Length).Run();
        return true;
    }

    private static bool Holds(SqliteSession session, long journal, byte[] id) =>
        session.Prepare("SELECT 1 FROM event WHERE journal = ?1 AND id = ?2").Bind(1, journal).Bind(2, id).Number() is not null;

    private static long Create(SqliteSession session, byte[] key) =>
        session.Prepare("INSERT INTO journal (text, schema, version, snapshot_version) VALUES (?1, ?2, 0, 0) RETURNING id")
            .Bind(1, key).Bind(2, StateFormat.RowVersion).Number()!.Value;

    private static bool Snapshot(SqliteSession session, byte[] key, long version, ReadOnlyMemory<byte> snapshot)
    {
        var head = Head(session, key);
        if (head is null || head.Value.Version < version)
        {
            throw new InvalidOperationException($"The journal is at version {head?.Version ?? 0}, not yet at {version}.");
        }

        if (version < head.Value.SnapshotVersion) return false;
        var journal = head.Value.Id;
        session.Prepare("INSERT OR REPLACE INTO snapshot (journal, schema, data) VALUES (?1, ?2, ?3)")
            .Bind(1, journal).Bind(2, StateFormat.RowVersion).Bind(3, snapshot.Span).Run();
        session.Prepare("DELETE FROM event WHERE journal = ?1 AND version <= ?2").Bind(1, journal).Bind(2, version).Run();
        session.Prepare("UPDATE journal SET snapshot_version = ?2 WHERE id = ?1").Bind(1, journal).Bind(2, version).Run();
        return true;
    }

    private static List<string> List(SqliteSession session, byte[] from)
    {
        var found = new List<string>();
        var rows = from.Length == 0
            ? session.Prepare("SELECT text FROM journal ORDER BY text")
            : session.Prepare("SELECT text FROM journal WHERE text >= ?1 AND text < ?2 ORDER BY text")
                .Bind(1, from).Bind(2, StoredText.After(from));
        while (rows.Step()) found.Add(rows.Text(0));
        return found;
    }
}
