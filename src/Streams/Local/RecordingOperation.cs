using System.Text;
using Correlation.Sqlite;

namespace Correlation.Streams.Local;

/// <summary>A step of a recording, with the recording's row.</summary>
internal abstract class RecordingOperation(string stream, string recording, long bytes) : LogOperation(bytes)
{
    protected string Stream { get; } = stream;

    /// <summary>How many messages are stored, and where it stands; null where it never began.</summary>
    protected (long Progress, RecordingStage Stage)? Load(LogTransaction transaction, StreamState? state)
    {
        if (state is null) return null;
        var row = Row(transaction.Session, "SELECT progress, finished FROM recording WHERE stream = ?1 AND name = ?2", state);
        try
        {
            return row.Step() ? (row.Integer(0), (RecordingStage)row.Integer(1)) : null;
        }
        finally
        {
            row.Reset();
        }
    }

    protected void Save(LogTransaction transaction, StreamState state, long progress, RecordingStage stage)
    {
        state.Touched = transaction.Now;
        Row(transaction.Session, "INSERT OR REPLACE INTO recording VALUES (?1, ?2, ?3, ?4)", state)
            .Bind(3, progress).Bind(4, (long)stage).Run();
    }

    protected InvalidOperationException NotBegun() => new($"Recording '{recording}' into '{Stream}' was not begun.");

    private SqliteStatement Row(SqliteSession session, string sql, StreamState state) =>
        session.Prepare(sql).Bind(1, state.Id).Bind(2, Encoding.UTF8.GetBytes(recording));
}

/// <summary>Where a recording stands; the numbers are stored.</summary>
internal enum RecordingStage
{
    /// <summary>Messages may come: the stream's time stands still meanwhile.</summary>
    Open = 0,

    /// <summary>It was ended by who recorded it.</summary>
    Finished = 1,

    /// <summary>Nothing came for so long that it no longer holds time back; it may be begun again.</summary>
    Abandoned = 2,
}

/// <summary>Begins a recording; the result is its progress, null where it was finished before.</summary>
internal sealed class BeginRecording(string stream, string recording, LocalStreamOptions options)
    : RecordingOperation(stream, recording, 0)
{
    public override long? Apply(LogTransaction transaction)
    {
        var state = transaction.Find(Stream);
        var known = Load(transaction, state);
        if (known is { Stage: RecordingStage.Finished }) return null;
        if (known is not { Stage: RecordingStage.Open }) state = Open(transaction, state);
        Save(transaction, state!, known?.Progress ?? 0, RecordingStage.Open);
        return known?.Progress ?? 0;
    }

    private StreamState Open(LogTransaction transaction, StreamState? state)
    {
        if (state is null) state = Create(transaction);
        else if (state.Recordings == 0) state.Time = Math.Max(state.Time, transaction.Now);
        state.Recordings++;
        return state;
    }

    private StreamState Create(LogTransaction transaction)
    {
        var count = transaction.Session.Prepare("SELECT COUNT(*) FROM stream").Number();
        if (count >= options.Streams) throw new InvalidOperationException($"The log holds {count} streams; no more are made.");
        var state = transaction.Create(Stream);
        transaction.Grow(state, options.Partitions);
        return state;
    }
}

/// <summary>Appends to a recording what it does not hold yet.</summary>
internal sealed class AppendRecorded(
    string stream, string recording, long first, IReadOnlyList<RecordedMessage> messages)
    : RecordingOperation(stream, recording, messages.Sum(message => (long)message.Body.Length))
{
    public override long? Apply(LogTransaction transaction)
    {
        var state = transaction.Find(Stream);
        if (state is null || Load(transaction, state) is not { } known) throw NotBegun();
        if (known.Stage != RecordingStage.Open) throw Over(known.Stage);
        if (first > known.Progress)
        {
            throw new InvalidOperationException($"Message {first} does not follow: the recording holds {known.Progress}.");
        }

        for (var index = (int)Math.Min(known.Progress - first, messages.Count); index < messages.Count; index++)
        {
            transaction.Append(state, messages[index].LogTime.UtcTicks, messages[index].Body.Span);
        }

        var progress = Math.Max(known.Progress, first + messages.Count);
        Save(transaction, state, progress, RecordingStage.Open);
        return progress;
    }

    private InvalidOperationException Over(RecordingStage stage) => new(stage == RecordingStage.Abandoned
        ? $"The recording into '{Stream}' was given up because nothing came for too long; begin it again."
        : $"The recording into '{Stream}' is finished.");
}

/// <summary>Ends a recording.</summary>
internal sealed class FinishRecording(string stream, string recording) : RecordingOperation(stream, recording, 0)
{
    public override long? Apply(LogTransaction transaction)
    {
        var state = transaction.Find(Stream);
        if (state is null || Load(transaction, state) is not { } known) throw NotBegun();
        if (known.Stage == RecordingStage.Finished) return known.Progress;
        if (known.Stage == RecordingStage.Open) state.Recordings--;
        Save(transaction, state, known.Progress, RecordingStage.Finished);
        return known.Progress;
    }
}
