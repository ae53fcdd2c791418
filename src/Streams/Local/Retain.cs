using Correlation.Sqlite;

namespace Correlation.Streams.Local;

/// <summary>Deletes the oldest messages of each partition that are too old or too many, and gives up recordings into which
/// nothing comes any more; the result is the number of messages deleted.</summary>
/// <remarks>The last message of a partition stays, so that a reader can check that its checkpointed message is still there.
/// </remarks>
internal sealed class Retain(LocalStreamOptions options) : LogOperation(0)
{
    /// <summary>How many messages of a partition go in one transaction, so that appends do not wait for long.</summary>
    public const int MessagesAtOnce = 2_000;

    public override long? Apply(LogTransaction transaction)
    {
        var deleted = 0L;
        foreach (var stream in Names(transaction.Session).Select(name => transaction.Find(name)!))
        {
            GiveUp(transaction, stream);
            var olderThan = OlderThan(stream, transaction.Now);
            for (var number = 0; number < stream.Partitions.Count; number++)
            {
                deleted += Delete(transaction.Session, stream, number, olderThan);
            }
        }

        return deleted;
    }

    private static List<string> Names(SqliteSession session)
    {
        var names = new List<string>();
        var rows = session.Prepare("SELECT name FROM stream");
        while (rows.Step()) names.Add(rows.Text(0));
        return names;
    }

    /// <summary>Who records may be gone for good; its stream must not hold the time of all customers back for ever.</summary>
    private void GiveUp(LogTransaction transaction, StreamState stream)
    {
        if (stream.Recordings == 0 || stream.Touched > transaction.Now - options.RecordingIdle.Ticks) return;
        stream.Recordings = 0;
        transaction.Session.Prepare("UPDATE recording SET finished = ?3 WHERE stream = ?1 AND finished = ?2")
            .Bind(1, stream.Id).Bind(2, (long)RecordingStage.Open).Bind(3, (long)RecordingStage.Abandoned).Run();
    }

    /// <summary>Recorded log times may be long past when they are stored, so a recorded stream ages from its last end
    /// on.</summary>
    private long OlderThan(StreamState stream, long now)
    {
        var limit = now - options.RetentionAge.Ticks;
        if (stream.Name == options.Stream) return limit;
        return stream.Recordings == 0 && stream.Touched < limit ? long.MaxValue : long.MinValue;
    }

    private long Delete(SqliteSession session, StreamState stream, int number, long olderThan)
    {
        var partition = stream.Partitions[number];
        var share = options.RetentionBytes / stream.Partitions.Count;
        var table = LogFormat.Messages(stream.Id, number);
        var first = partition.First;
        var rows = session.Prepare($"SELECT log_time, length(body) FROM {table} ORDER BY \"offset\" LIMIT ?1")
            .Bind(1, MessagesAtOnce);
        while (partition.First < partition.End - 1 && rows.Step())
        {
            if (rows.Integer(0) >= olderThan && partition.Bytes <= share) break;
            partition.Bytes -= rows.Integer(1);
            partition.First++;
            partition.Changed = true;
        }

        rows.Reset();
        if (partition.First > first) session.Prepare($"DELETE FROM {table} WHERE \"offset\" < ?1").Bind(1, partition.First).Run();
        return partition.First - first;
    }
}
