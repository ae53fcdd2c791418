using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>The rows of lanes: one a lane, as long as it holds signals.</summary>
internal static class LaneRows
{
    /// <summary>The number of a lane; null where there is none.</summary>
    public static long? Find(SqliteSession session, byte[] key) =>
        session.Prepare("SELECT id FROM lane WHERE text = ?1").Bind(1, key).Number();

    /// <summary>Makes a lane.</summary>
    public static long Create(SqliteSession session, byte[] key, string customer) =>
        session.Prepare("INSERT INTO lane (text, signals, customer) VALUES (?1, 0, ?2) RETURNING id")
            .Bind(1, key).Bind(2, StoredText.Shown(customer)).Number()!.Value;

    /// <summary>How many signals it holds.</summary>
    public static long Waiting(SqliteSession session, long lane) =>
        session.Prepare("SELECT signals FROM lane WHERE id = ?1").Bind(1, lane).Number() ?? 0;

    /// <summary>Notes that it holds more or fewer signals.</summary>
    public static void Count(SqliteSession session, long lane, int more) =>
        session.Prepare("UPDATE lane SET signals = signals + ?2 WHERE id = ?1").Bind(1, lane).Bind(2, more).Run();

    /// <summary>Makes what it holds now hold back what follows.</summary>
    public static void Hold(SqliteSession session, long lane) => session.Prepare(
        "UPDATE lane SET held = COALESCE((SELECT MAX(id) FROM parked WHERE lane = ?1), 0) WHERE id = ?1").Bind(1, lane).Run();

    /// <summary>Notes how a try ended.</summary>
    /// <returns>How many lanes of this key there are.</returns>
    public static int Note(SqliteSession session, byte[] key, LaneNote note)
    {
        if (Find(session, key) is not { } lane) return 0;
        if (note.Holds) Hold(session, lane);
        if (note.Reason is not null)
        {
            session.Prepare("UPDATE lane SET reason = ?2 WHERE id = ?1")
                .Bind(1, lane).Bind(2, StoredText.Shown(note.Reason)).Run();
        }

        return session.Prepare("UPDATE lane SET tries = ?2, next_try = ?3 WHERE id = ?1")
            .Bind(1, lane).Bind(2, note.Tries).Bind(3, note.NextTry?.UtcTicks ?? 0).Run();
    }

    /// <summary>Forgets a lane that holds nothing.</summary>
    public static void DropIfEmpty(SqliteSession session, long lane) =>
        session.Prepare("DELETE FROM lane WHERE id = ?1 AND signals = 0").Bind(1, lane).Run();

    /// <summary>Lanes by key: one, or all of them.</summary>
    public static List<ParkedLane> Read(SqliteSession session, byte[]? key)
    {
        const string Columns =
            """
            SELECT text, customer, signals, lane.reason, first.reason, held >= first.id, first.at, last.at, tries, next_try
            FROM lane
            JOIN parked first ON first.id = (SELECT MIN(id) FROM parked WHERE parked.lane = lane.id)
            JOIN parked last ON last.id = (SELECT MAX(id) FROM parked WHERE parked.lane = lane.id)
            """;
        var rows = key is null
            ? session.Prepare($"{Columns} ORDER BY text")
            : session.Prepare($"{Columns} WHERE text = ?1").Bind(1, key);
        var found = new List<ParkedLane>();
        while (rows.Step())
        {
            var failed = rows.Text(3);
            found.Add(new ParkedLane(rows.Text(0), rows.Text(1), rows.Integer(2), failed.Length > 0 ? failed : rows.Text(4))
            {
                Held = rows.Integer(5) != 0,
                Oldest = Time(rows.Integer(6)),
                Newest = Time(rows.Integer(7)),
                Tries = (int)rows.Integer(8),
                NextTry = rows.Integer(9) is > 0 and var next ? Time(next) : null,
            });
        }

        return found;
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
