using System.Text;
using Correlation.Sqlite;

namespace Correlation.Streams.Local;

/// <summary>One writing transaction over the log: rows of streams and partitions are read once and written at the end.</summary>
internal sealed class LogTransaction(SqliteSession session, long now)
{
    private readonly Dictionary<string, StreamState> streams = new(StringComparer.Ordinal);

    /// <summary>The transaction's stamp, UTC ticks.</summary>
    public long Now { get; } = now;

    public SqliteSession Session { get; } = session;

    /// <summary>How many messages it appends.</summary>
    public long AppendedMessages { get; private set; }

    /// <summary>How many bytes they have.</summary>
    public long AppendedBytes { get; private set; }

    /// <summary>The streams that were looked at.</summary>
    public IReadOnlyCollection<StreamState> Streams => streams.Values;

    /// <summary>A stream; null where there is none of that name.</summary>
    public StreamState? Find(string name)
    {
        if (streams.TryGetValue(name, out var state)) return state;
        state = Load(name);
        if (state is not null) streams.Add(name, state);
        return state;
    }

    /// <summary>Makes a stream without partitions.</summary>
    public StreamState Create(string name)
    {
        Session.Prepare(
            "INSERT INTO stream (name, partitions, appended, time, recordings, finished) VALUES (?1, 0, 0, 0, 0, 0)")
            .Bind(1, Encoding.UTF8.GetBytes(name)).Run();
        return Find(name)!;
    }

    /// <summary>Adds partitions until a stream has so many.</summary>
    public void Grow(StreamState stream, int partitions)
    {
        while (stream.Partitions.Count < partitions)
        {
            Session.Execute(LogFormat.CreateMessages(stream.Id, stream.Partitions.Count));
            stream.Partitions.Add(new PartitionState { Changed = true });
        }
    }

    /// <summary>Appends a message to the next partition, at a log time or the stream's time, whichever is later.</summary>
    public void Append(StreamState stream, long logTime, ReadOnlySpan<byte> body)
    {
        var number = (int)(stream.Appended % stream.Partitions.Count);
        var partition = stream.Partitions[number];
        stream.Time = Math.Max(stream.Time, logTime);
        Session.Prepare($"INSERT INTO {LogFormat.Messages(stream.Id, number)} VALUES (?1, ?2, ?3)")
            .Bind(1, partition.End).Bind(2, stream.Time).Bind(3, body).Run();
        stream.Appended++;
        AppendedMessages++;
        AppendedBytes += body.Length;
        partition.End++;
        partition.Bytes += body.Length;
        partition.Changed = true;
    }

    /// <summary>Writes the rows of the streams and of the partitions that changed.</summary>
    public void Save()
    {
        foreach (var stream in streams.Values)
        {
            Session.Prepare(
                "UPDATE stream SET partitions = ?2, appended = ?3, time = ?4, recordings = ?5, finished = ?6 WHERE id = ?1")
                .Bind(1, stream.Id).Bind(2, stream.Partitions.Count).Bind(3, stream.Appended)
                .Bind(4, stream.Time).Bind(5, stream.Recordings).Bind(6, stream.Touched).Run();
            for (var number = 0; number < stream.Partitions.Count; number++) Save(stream, number);
        }
    }

    private void Save(StreamState stream, int number)
    {
        var partition = stream.Partitions[number];
        if (!partition.Changed) return;
        Session.Prepare("INSERT OR REPLACE INTO partition VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(1, stream.Id).Bind(2, number).Bind(3, partition.First).Bind(4, partition.End).Bind(5, partition.Bytes).Run();
    }

    private StreamState? Load(string name)
    {
        var row = Session.Prepare("SELECT id, appended, time, recordings, finished FROM stream WHERE name = ?1")
            .Bind(1, Encoding.UTF8.GetBytes(name));
        if (!row.Step()) return null;
        var state = new StreamState(row.Integer(0), name)
        {
            Appended = row.Integer(1),
            Time = row.Integer(2),
            Recordings = row.Integer(3),
            Touched = row.Integer(4),
        };
        row.Reset();
        LoadPartitions(state);
        return state;
    }

    private void LoadPartitions(StreamState state)
    {
        var rows = Session.Prepare("SELECT first, \"end\", bytes FROM partition WHERE stream = ?1 ORDER BY partition")
            .Bind(1, state.Id);
        while (rows.Step())
        {
            state.Partitions.Add(
                new PartitionState { First = rows.Integer(0), End = rows.Integer(1), Bytes = rows.Integer(2) });
        }
    }
}
