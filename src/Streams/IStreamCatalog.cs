namespace Correlation.Streams;

/// <summary>The streams that this process reads, and where new signals go.</summary>
public interface IStreamCatalog
{
    /// <summary>The streams there are now; a recorded replay adds one.</summary>
    Task<IReadOnlyList<ISignalStream>> StreamsAsync(CancellationToken cancel);

    /// <summary>One stream; null where there is none of that name.</summary>
    Task<ISignalStream?> FindAsync(string name, CancellationToken cancel);
}

/// <summary>A partitioned, replayable log of messages with positions.</summary>
public interface ISignalStream
{
    /// <summary>The stream's name: letters, digits, <c>-</c>, <c>_</c> and <c>.</c> only.</summary>
    string Name { get; }

    /// <summary>Whether messages come as they happen, so that somebody waits for them; a recorded stream is read as fast as may
    /// be.</summary>
    bool IsLive => true;

    /// <summary>How many partitions it has now; may grow, never shrinks.</summary>
    Task<int> PartitionsAsync(CancellationToken cancel);

    /// <summary>Reads messages of a partition from an offset on, in order; returns at once, with none where there are
    /// none.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The first offset wanted.</param>
    /// <param name="messages">At most so many.</param>
    /// <param name="bytes">No more are added once so many bytes are reached; at least one is returned where there is one.</param>
    /// <param name="cancel">Ends the read.</param>
    Task<StreamBatch> ReadAsync(int partition, long offset, int messages, int bytes, CancellationToken cancel);

    /// <summary>Waits until a partition holds a message at or after an offset, or a while has passed.</summary>
    Task WaitAsync(int partition, long offset, TimeSpan atMost, CancellationToken cancel);
}

/// <summary>Some messages of a partition.</summary>
/// <param name="Messages">The messages in order.</param>
/// <param name="First">The first offset that the partition still holds (retention).</param>
/// <param name="End">The first offset that it does not hold yet.</param>
/// <param name="IdleLogTime">To where time has come for a reader that has read up to <paramref name="End"/>: no message that
/// it has not seen will have an earlier log time. The wall clock for a live stream; for one that is being recorded the newest
/// log time in the whole stream (<see cref="DateTimeOffset.MinValue"/> before its first message), for what is recorded comes
/// in that order.</param>
public sealed record StreamBatch(
    IReadOnlyList<StoredMessage> Messages, long First, long End, DateTimeOffset IdleLogTime) : IDisposable
{
    /// <summary>What the bodies lie in; null where they are nobody else's to use again.</summary>
    public IDisposable? Buffers { get; init; }

    /// <summary>Says that nobody reads the bodies any more: their memory is used again. A batch that is not disposed of, or a
    /// copy of it, is collected like anything else.</summary>
    public void Dispose() => Buffers?.Dispose();
}

/// <summary>A message as the stream holds it.</summary>
/// <param name="Offset">Its offset, without gaps in a partition.</param>
/// <param name="LogTime">When the stream stored it; never falls within a partition.</param>
/// <param name="Body">Its bytes, unchanged.</param>
public sealed record StoredMessage(long Offset, DateTimeOffset LogTime, ReadOnlyMemory<byte> Body);

/// <summary>Where the gateway puts what it is given.</summary>
public interface ISignalIntake
{
    /// <summary>Appends messages to the live stream, spread over its partitions.</summary>
    /// <param name="bodies">The messages. Their bytes must not change before the task ends well; after an error or a cancellation
    /// they may still be read.</param>
    /// <param name="cancel">Gives up waiting; what was handed over may still be appended.</param>
    /// <returns>Completes once they are durable: what is acknowledged after that survives a power cut.</returns>
    Task AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancel);
}

/// <summary>Takes a recorded day into a stream of its own, with its recorded log times.</summary>
public interface IRecordedIntake
{
    /// <summary>Begins or continues a recording. A stream being recorded does not let time pass by itself.</summary>
    /// <param name="stream">The stream; made where there is none.</param>
    /// <param name="recording">Names what is recorded; the same one continues where it stopped.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many messages of this recording are durable already; null where it was finished before.</returns>
    Task<long?> BeginAsync(string stream, string recording, CancellationToken cancel);

    /// <summary>Appends messages; their log times are kept unless that would go back in the stream or behind what readers of
    /// the finished stream have been told, in which case they are stored at that time.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="first">The ordinal of the first message in the recording, from 0. What is durable already is skipped, so that
    /// a producer that died and its late request cannot store a message twice.</param>
    /// <param name="messages">The messages in the order of their log times.</param>
    /// <param name="cancel">Gives up waiting; begin again to see what is durable.</param>
    /// <exception cref="InvalidOperationException">The recording was not begun, is finished, or holds fewer messages than
    /// <paramref name="first"/>.</exception>
    Task AppendAsync(
        string stream, string recording, long first, IReadOnlyList<RecordedMessage> messages, CancellationToken cancel);

    /// <summary>Ends the recording: from now on a reader at the end goes with the wall clock.</summary>
    Task FinishAsync(string stream, string recording, CancellationToken cancel);
}

/// <summary>A message with the log time it had when it was recorded.</summary>
public sealed record RecordedMessage(DateTimeOffset LogTime, ReadOnlyMemory<byte> Body);
