using Correlation.Delivery;
using Correlation.Signals;
using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>The books of parking: for each customer how many signals were parked, and with which fate they left.</summary>
internal static class ParkingBooks
{
    /// <summary>Books signals that came into a lane.</summary>
    public static void Parked(SqliteSession session, long lane, long signals) => Add(session, lane, Fate.None, signals);

    /// <summary>Books signals that left a lane.</summary>
    public static void Left(SqliteSession session, long lane, Fate fate, long signals) =>
        Add(session, lane, fate, fate == Fate.None ? -signals : signals);

    /// <summary>The books of each customer; what waits is counted, not remembered.</summary>
    public static Dictionary<string, ParkingLedger> Read(SqliteSession session)
    {
        var books = new Dictionary<string, ParkingLedger>();
        var counts = session.Prepare("SELECT customer, fate, signals FROM parking");
        while (counts.Step())
        {
            var book = books.GetValueOrDefault(counts.Text(0)) ?? ParkingLedger.Empty;
            var (fate, signals) = ((Fate)counts.Integer(1), counts.Integer(2));
            books[counts.Text(0)] = fate == Fate.None ? book with { Parked = signals } : book.Left(fate, signals);
        }

        var waiting = session.Prepare(
            "SELECT customer, COUNT(*) FROM parked JOIN lane ON lane.id = parked.lane GROUP BY customer");
        while (waiting.Step())
        {
            var book = books.GetValueOrDefault(waiting.Text(0)) ?? ParkingLedger.Empty;
            books[waiting.Text(0)] = book with { Waiting = waiting.Integer(1) };
        }

        return books;
    }

    private static void Add(SqliteSession session, long lane, Fate fate, long signals)
    {
        if (signals == 0) return;
        session.Prepare(
            """
            INSERT INTO parking (customer, fate, signals) SELECT customer, ?2, ?3 FROM lane WHERE id = ?1
            ON CONFLICT (customer, fate) DO UPDATE SET signals = signals + excluded.signals
            """).Bind(1, lane).Bind(2, (long)fate).Bind(3, signals).Run();
    }
}
