using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>Parking lanes in <c>state.db</c>.</summary>
internal sealed class SqliteParkingLane(StateFile file) : IParkingLane
{
    public Task ParkAsync(IReadOnlyList<ParkedSignal> signals, CancellationToken cancel)
    {
        var keys = signals.Select(signal => (StoredText.Key(signal.Lane), StoredText.Key(signal.Position))).ToArray();
        foreach (var signal in signals) file.CheckSize(signal.Data.Length);
        var bytes = signals.Sum(signal => (long)signal.Data.Length);
        return file.Writer.DoAsync(bytes, session => Park(session, signals, keys), cancel);
    }

    public Task<IReadOnlyList<ParkedSignal>> PeekAsync(string lane, int most, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var key = StoredText.Key(lane);
        return Task.Run<IReadOnlyList<ParkedSignal>>(
            () => file.Readers.Read(session => Peek(session, (lane, key), most)), cancel);
    }

    public Task RemoveAsync(string lane, IReadOnlyList<string> positions, CancellationToken cancel)
    {
        var key = StoredText.Key(lane);
        var stored = positions.Select(StoredText.Key).ToArray();
        return file.Writer.DoAsync(0, session => Remove(session, key, stored), cancel);
    }

    public Task<IReadOnlyList<ParkedLane>> LanesAsync(CancellationToken cancel) =>
        Task.Run<IReadOnlyList<ParkedLane>>(() => file.Readers.Read(Lanes), cancel);

    private static int Park(SqliteSession session, IReadOnlyList<ParkedSignal> signals, (byte[] Lane, byte[] Position)[] keys)
    {
        var parked = 0;
        for (var index = 0; index < keys.Length; index++)
        {
            var lane = Lane(session, keys[index].Lane) ?? Create(session, keys[index].Lane);
            var written = session.Prepare(
                "INSERT INTO parked (lane, position, schema, reason, data) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
                .Bind(1, lane).Bind(2, keys[index].Position).Bind(3, StateFormat.RowVersion)
                .Bind(4, StoredText.Shown(signals[index].Reason)).Bind(5, signals[index].Data).Run();
            if (written == 1) Count(session, lane, 1);
            parked += written;
        }

        return parked;
    }

    private static List<ParkedSignal> Peek(SqliteSession session, (string Name, byte[] Key) lane, int most)
    {
        var found = new List<ParkedSignal>();
        var rows = session.Prepare(
            """
            SELECT schema, position, reason, data FROM parked
            WHERE lane = (SELECT id FROM lane WHERE text = ?1) ORDER BY id LIMIT ?2
            """).Bind(1, lane.Key).Bind(2, most);
        while (rows.Step())
        {
            StateFormat.CheckRow(rows.Integer(0));
            found.Add(new ParkedSignal(lane.Name, rows.Text(1), rows.Text(2), rows.Bytes(3)));
        }

        return found;
    }

    private static int Remove(SqliteSession session, byte[] key, byte[][] positions)
    {
        if (Lane(session, key) is not { } lane) return 0;
        var removed = 0;
        foreach (var position in positions)
        {
            removed += session.Prepare("DELETE FROM parked WHERE lane = ?1 AND position = ?2")
                .Bind(1, lane).Bind(2, position).Run();
        }

        Count(session, lane, -removed);
        session.Prepare("DELETE FROM lane WHERE id = ?1 AND signals = 0").Bind(1, lane).Run();
        return removed;
    }

    private static List<ParkedLane> Lanes(SqliteSession session)
    {
        var found = new List<ParkedLane>();
        var rows = session.Prepare(
            """
            SELECT text, signals, (SELECT reason FROM parked WHERE parked.lane = lane.id ORDER BY parked.id LIMIT 1)
            FROM lane ORDER BY text
            """);
        while (rows.Step()) found.Add(new ParkedLane(rows.Text(0), rows.Integer(1), rows.Text(2)));
        return found;
    }

    private static long? Lane(SqliteSession session, byte[] key) =>
        session.Prepare("SELECT id FROM lane WHERE text = ?1").Bind(1, key).Number();

    private static long Create(SqliteSession session, byte[] key) =>
        session.Prepare("INSERT INTO lane (text, signals) VALUES (?1, 0) RETURNING id").Bind(1, key).Number()!.Value;

    private static void Count(SqliteSession session, long lane, int more) =>
        session.Prepare("UPDATE lane SET signals = signals + ?2 WHERE id = ?1").Bind(1, lane).Bind(2, more).Run();
}
