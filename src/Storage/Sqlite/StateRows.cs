using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>Writes groups of state rows: finds each key's number, sorts by it, and goes through the table once.</summary>
internal sealed class StateRows(Remembered<long> numbers)
{
    private readonly Dictionary<string, long> fresh = new(StringComparer.Ordinal);
    private readonly List<(long Number, int Order, StateRowGroup Group, int Index)> sorted = [];

    /// <summary>Writes the rows of several groups; rows of one key keep their order.</summary>
    public void Apply(SqliteSession session, IReadOnlyList<StateRowGroup> groups)
    {
        sorted.Clear();
        foreach (var group in groups)
        {
            for (var index = 0; index < group.Count; index++) Number(session, group, index);
        }

        sorted.Sort(static (one, other) =>
            one.Number != other.Number ? one.Number.CompareTo(other.Number) : one.Order.CompareTo(other.Order));
        foreach (var (number, _, group, index) in sorted) group.Note(index, Write(session, number, group[index]));
        sorted.Clear();
    }

    /// <summary>The transaction is stored: its new keys may be remembered.</summary>
    public void Remember()
    {
        foreach (var (key, number) in fresh) numbers.Remember(key, number);
        fresh.Clear();
    }

    /// <summary>The transaction is not stored: its new keys have no numbers.</summary>
    public void Forget() => fresh.Clear();

    private void Number(SqliteSession session, StateRowGroup group, int index)
    {
        var write = group[index];
        var number = write.Hint != 0 ? write.Hint : numbers.Find(write.Key);
        if (number == 0 && !fresh.TryGetValue(write.Key, out number)) number = Stored(session, write, group.Key(index));
        if (number == 0) group.Note(index, new WriteOutcome(false, 0));
        else sorted.Add((number, sorted.Count, group, index));
    }

    private long Stored(SqliteSession session, StateWrite write, byte[] key)
    {
        var number = session.Prepare("SELECT id FROM state_key WHERE text = ?1").Bind(1, key).Number();
        if (number is null && write.ExpectedETag == 0)
        {
            number = session.Prepare("INSERT INTO state_key (text) VALUES (?1) RETURNING id").Bind(1, key).Number();
        }

        if (number is not null) fresh[write.Key] = number.Value;
        return number ?? 0;
    }

    private static WriteOutcome Write(SqliteSession session, long number, StateWrite write)
    {
        var etag = write.ExpectedETag + 1;
        var statement = write.ExpectedETag == 0
            ? session.Prepare("INSERT INTO state (id, schema, etag, data) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
            : session.Prepare("UPDATE state SET schema = ?2, etag = ?3, data = ?4 WHERE id = ?1 AND etag = ?3 - 1");
        var written = statement.Bind(1, number).Bind(2, StateFormat.RowVersion).Bind(3, etag).Bind(4, write.Data.Span).Run();
        if (written == 1) return new WriteOutcome(true, etag) { Hint = number };
        var there = session.Prepare("SELECT etag FROM state WHERE id = ?1").Bind(1, number).Number() ?? 0;
        return new WriteOutcome(false, there) { Hint = number };
    }
}
