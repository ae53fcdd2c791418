using Correlation.Delivery;
using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>Parking lanes in <c>state.db</c>; a signal's sequence is its row's id, which is never given twice.</summary>
internal sealed class SqliteParkingLane(StateFile file) : IParkingLane
{
    public Task<IReadOnlyList<bool>> ParkAsync(ParkingCall call, CancellationToken cancel)
    {
        var lane = StoredText.Key(call.Lane);
        var positions = call.Signals.Select(signal => StoredText.Key(signal.Position)).ToArray();
        foreach (var signal in call.Signals) file.CheckSize(signal.Data.Length);
        var bytes = call.Signals.Sum(signal => (long)signal.Data.Length);
        return file.Writer.DoAsync(bytes, session => Park(session, call, lane, positions), cancel);
    }

    public Task<bool> HoldsAnyAsync(string lane, IReadOnlyList<string> positions, CancellationToken cancel)
    {
        var key = StoredText.Key(lane);
        var stored = positions.Select(StoredText.Key).ToArray();
        return Task.Run(
            () => file.Readers.ReadTogether(session =>
                LaneRows.Find(session, key) is { } row && stored.Any(position => Holds(session, row, position))),
            cancel);
    }

    public Task<IReadOnlyList<ParkedSignal>> PeekAsync(string lane, int most, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var key = StoredText.Key(lane);
        return Task.Run<IReadOnlyList<ParkedSignal>>(() => file.Readers.Read(session => Peek(session, key, most)), cancel);
    }

    public Task<IReadOnlyList<LaneExit>> RemoveAsync(string lane, IReadOnlyList<LaneExit> exits, CancellationToken cancel)
    {
        foreach (var exit in exits) ParkingLedger.Empty.Left(exit.Fate, 1);
        var key = StoredText.Key(lane);
        return file.Writer.DoAsync(0, session => Remove(session, key, exits), cancel);
    }

    public Task NoteAsync(string lane, LaneNote note, CancellationToken cancel)
    {
        var key = StoredText.Key(lane);
        return file.Writer.DoAsync(0, session => LaneRows.Note(session, key, note), cancel);
    }

    public Task<ParkedLane?> FindAsync(string lane, CancellationToken cancel)
    {
        var key = StoredText.Key(lane);
        return Task.Run(() => file.Readers.Read(session => LaneRows.Read(session, key).SingleOrDefault()), cancel);
    }

    public Task<IReadOnlyList<ParkedLane>> LanesAsync(CancellationToken cancel) =>
        Task.Run<IReadOnlyList<ParkedLane>>(() => file.Readers.Read(session => LaneRows.Read(session, null)), cancel);

    public Task<IReadOnlyDictionary<string, ParkingLedger>> LedgersAsync(CancellationToken cancel) =>
        Task.Run<IReadOnlyDictionary<string, ParkingLedger>>(() => file.Readers.ReadTogether(ParkingBooks.Read), cancel);

    private static IReadOnlyList<bool> Park(SqliteSession session, ParkingCall call, byte[] key, byte[][] positions)
    {
        if (positions.Length == 0) return [];
        var lane = LaneRows.Find(session, key) ?? LaneRows.Create(session, key, call.Customer);
        var waiting = LaneRows.Waiting(session, lane);
        var held = new bool[positions.Length];
        var parked = 0;
        for (var index = 0; index < positions.Length; index++)
        {
            held[index] = Holds(session, lane, positions[index]);
            if (held[index] || waiting + parked >= call.Most) continue;
            Insert(session, lane, positions[index], call.Signals[index], call.Reason);
            held[index] = true;
            parked++;
        }

        LaneRows.Count(session, lane, parked);
        ParkingBooks.Parked(session, lane, parked);
        if (call.Tried) LaneRows.Hold(session, lane);
        LaneRows.DropIfEmpty(session, lane);
        return held;
    }

    private static void Insert(SqliteSession session, long lane, byte[] position, SignalToPark signal, string reason) =>
        session.Prepare(
            "INSERT INTO parked (lane, position, schema, reason, data, at, ordinal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
            .Bind(1, lane).Bind(2, position).Bind(3, StateFormat.RowVersion).Bind(4, StoredText.Shown(reason))
            .Bind(5, signal.Data).Bind(6, signal.LogTime.UtcTicks).Bind(7, signal.Ordinal).Run();

    private static bool Holds(SqliteSession session, long lane, byte[] position) =>
        session.Prepare("SELECT id FROM parked WHERE lane = ?1 AND position = ?2")
            .Bind(1, lane).Bind(2, position).Number() is not null;

    private static List<ParkedSignal> Peek(SqliteSession session, byte[] lane, int most)
    {
        var found = new List<ParkedSignal>();
        var rows = session.Prepare(
            """
            SELECT schema, id, position, reason, at, data, ordinal FROM parked
            WHERE lane = (SELECT id FROM lane WHERE text = ?1) ORDER BY id LIMIT ?2
            """).Bind(1, lane).Bind(2, most);
        while (rows.Step())
        {
            StateFormat.CheckRow(rows.Integer(0));
            var logTime = new DateTimeOffset(rows.Integer(4), TimeSpan.Zero);
            found.Add(new ParkedSignal(rows.Integer(1), rows.Text(2), rows.Text(3), logTime, rows.Bytes(5))
            {
                Ordinal = rows.Integer(6) is >= 0 and var ordinal ? (int)ordinal : null,
            });
        }

        return found;
    }

    private static IReadOnlyList<LaneExit> Remove(SqliteSession session, byte[] key, IReadOnlyList<LaneExit> exits)
    {
        if (LaneRows.Find(session, key) is not { } lane) return [];
        var left = new List<LaneExit>();
        foreach (var exit in exits)
        {
            var removed = session.Prepare("DELETE FROM parked WHERE lane = ?1 AND id = ?2")
                .Bind(1, lane).Bind(2, exit.Sequence).Run();
            if (removed == 1) left.Add(exit);
        }

        foreach (var ofFate in left.CountBy(exit => exit.Fate)) ParkingBooks.Left(session, lane, ofFate.Key, ofFate.Value);
        LaneRows.Count(session, lane, -left.Count);
        if (left.Count > 0) LaneRows.Note(session, key, new LaneNote("", 0, null));
        LaneRows.DropIfEmpty(session, lane);
        return left;
    }
}
