using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>Checkpoints and fates in <c>state.db</c>.</summary>
internal sealed class SqliteCheckpointStore(StateFile file) : ICheckpointStore
{
    public Task<StateRow?> ReadAsync(string partition, CancellationToken cancel)
    {
        var key = StoredText.Key(partition);
        return Task.FromResult(file.Readers.Read(session =>
        {
            var row = session.Prepare("SELECT schema, etag, data FROM checkpoint WHERE text = ?1").Bind(1, key);
            try
            {
                if (!row.Step()) return null;
                StateFormat.CheckRow(row.Integer(0));
                return new StateRow(row.Integer(1), row.Bytes(2));
            }
            finally
            {
                row.Reset();
            }
        }));
    }

    public Task<WriteOutcome> WriteAsync(
        string partition, long expectedETag, ReadOnlyMemory<byte> row, IReadOnlyList<FateRecord> fates, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedETag);
        var key = StoredText.Key(partition);
        file.CheckSize(row.Length);
        foreach (var fate in fates) file.CheckSize(fate.Data.Length);
        var bytes = row.Length + fates.Sum(fate => (long)fate.Data.Length);
        return file.Writer.DoAsync(bytes, session => Write(session, key, (expectedETag, row), fates), cancel);
    }

    public Task<FateRecord?> FatesAsync(string partition, int epoch, long offset, CancellationToken cancel)
    {
        var key = StoredText.Key(partition);
        return Task.FromResult(file.Readers.Read(session => Fates(session, key, epoch, offset)));
    }

    public Task ForgetFatesAsync(string partition, int epoch, long below, CancellationToken cancel)
    {
        const string Forget =
            "DELETE FROM fate WHERE checkpoint = (SELECT id FROM checkpoint WHERE text = ?1) AND epoch = ?2 AND last < ?3";
        var key = StoredText.Key(partition);
        return file.Writer.DoAsync(
            0, session => session.Prepare(Forget).Bind(1, key).Bind(2, epoch).Bind(3, below).Run(), cancel);
    }

    private static WriteOutcome Write(
        SqliteSession session, byte[] key, (long ETag, ReadOnlyMemory<byte> Data) row, IReadOnlyList<FateRecord> fates)
    {
        var etag = row.ETag + 1;
        var statement = row.ETag == 0
            ? session.Prepare("INSERT INTO checkpoint (text, schema, etag, data) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
            : session.Prepare("UPDATE checkpoint SET schema = ?2, etag = ?3, data = ?4 WHERE text = ?1 AND etag = ?3 - 1");
        var written = statement.Bind(1, key).Bind(2, StateFormat.RowVersion).Bind(3, etag).Bind(4, row.Data.Span).Run();
        if (written == 0)
        {
            var there = session.Prepare("SELECT etag FROM checkpoint WHERE text = ?1").Bind(1, key).Number();
            return new WriteOutcome(false, there ?? 0);
        }

        if (fates.Count > 0) WriteFates(session, key, fates);
        return new WriteOutcome(true, etag);
    }

    private static void WriteFates(SqliteSession session, byte[] key, IReadOnlyList<FateRecord> fates)
    {
        var checkpoint = session.Prepare("SELECT id FROM checkpoint WHERE text = ?1").Bind(1, key).Number()!.Value;
        foreach (var fate in fates)
        {
            session.Prepare(
                "INSERT OR REPLACE INTO fate (checkpoint, epoch, last, first, schema, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                .Bind(1, checkpoint).Bind(2, fate.Epoch).Bind(3, fate.Last).Bind(4, fate.First)
                .Bind(5, StateFormat.RowVersion).Bind(6, fate.Data).Run();
        }
    }

    private static FateRecord? Fates(SqliteSession session, byte[] key, int epoch, long offset)
    {
        var row = session.Prepare(
            """
            SELECT schema, first, last, data FROM fate
            WHERE checkpoint = (SELECT id FROM checkpoint WHERE text = ?1) AND epoch = ?2 AND last >= ?3
            ORDER BY last LIMIT 1
            """).Bind(1, key).Bind(2, epoch).Bind(3, offset);
        try
        {
            if (!row.Step() || row.Integer(1) > offset) return null;
            StateFormat.CheckRow(row.Integer(0));
            return new FateRecord(epoch, row.Integer(1), row.Integer(2), row.Bytes(3));
        }
        finally
        {
            row.Reset();
        }
    }
}
