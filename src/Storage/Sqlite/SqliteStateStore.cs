namespace Correlation.Storage.Sqlite;

/// <summary>Lazily written state in <c>state.db</c>.</summary>
internal sealed class SqliteStateStore(StateFile file) : IStateStore
{
    public ValueTask<StateRow?> ReadAsync(string key, CancellationToken cancel)
    {
        var stored = StoredText.Key(key);
        var row = file.Readers.Read(session =>
        {
            var found = session.Prepare(
                "SELECT k.id, s.schema, s.etag, s.data FROM state_key k JOIN state s ON s.id = k.id WHERE k.text = ?1")
                .Bind(1, stored);
            try
            {
                if (!found.Step()) return null;
                StateFormat.CheckRow(found.Integer(1));
                return new StateRow(found.Integer(2), found.Bytes(3)) { Hint = found.Integer(0) };
            }
            finally
            {
                found.Reset();
            }
        });
        return new ValueTask<StateRow?>(row);
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancel)
    {
        foreach (var write in writes) Check(write);
        var call = new StateCall(writes);
        foreach (var group in call.Groups(file.Options)) await file.Writer.HandOverAsync(group, cancel);
        call.Completed();
        return await call.Done.WaitAsync(cancel);
    }

    private void Check(StateWrite write)
    {
        StoredText.CheckKey(write.Key);
        ArgumentOutOfRangeException.ThrowIfNegative(write.ExpectedETag);
        file.CheckSize(write.Data.Length);
    }
}
