using System.Collections.ObjectModel;

namespace Correlation.Streams;

/// <summary>The streams that this process reads, and where new signals go.</summary>
public interface IStreamCatalog
{
    /// <summary>The streams there are now; a recorded replay adds one.</summary>
    Task<IReadOnlyList<ISignalStream>> StreamsAsync(CancellationToken cancel);

    /// <summary>One stream; null where there is none of that name.</summary>
    Task<ISignalStream?> FindAsync(string name, CancellationToken cancel);

    /// <summary>Why a stream cannot be read or written now, in one sentence for people; null where nothing stands against
    /// it.</summary>
    string? Trouble => null;
}

/// <summary>A partitioned, replayable log of messages with positions.</summary>
public interface ISignalStream
{
    /// <summary>The stream's name: letters, digits, <c>-</c>, <c>_</c> and <c>.</c> only.</summary>
    string Name { get; }

    /// <summary>Whether messages come as they happen, so that somebody waits for them; a recorded stream is read as fast as may
    /// be.</summary>
    bool IsLive => true;

    /// <summary>The numbers of the partitions it has now, ascending; more may come, none goes. They need not be
    /// contiguous.</summary>
    /// <exception cref="StreamUnavailableException">Nobody can say now, so that no time may pass.</exception>
    Task<IReadOnlyList<int>> PartitionsAsync(CancellationToken cancel);

    /// <summary>Reads messages of a partition from an offset on, in order; returns soon, with none where there are
    /// none. For the one reader of the partition, which goes forward; others peek.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The first offset wanted.</param>
    /// <param name="messages">At most so many.</param>
    /// <param name="bytes">No more are added once so many bytes are reached; at least one is returned where there is one.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <exception cref="StreamUnavailableException">How far the partition reaches cannot be found out now.</exception>
    Task<StreamBatch> ReadAsync(int partition, long offset, int messages, int bytes, CancellationToken cancel);

    /// <summary>Reads one message afresh from where it is stored, at the side of the partition's reader.</summary>
    /// <returns>The message at the offset, or none where the partition does not hold it; and how far it reaches now.</returns>
    /// <exception cref="StreamUnavailableException">The partition may hold it, but it cannot be read now.</exception>
    Task<StreamBatch> PeekAsync(int partition, long offset, CancellationToken cancel) =>
        PeekAsync(partition, offset, 1, 1, cancel);

    /// <summary>Reads messages as <see cref="ReadAsync"/> does, at the side of the partition's reader.</summary>
    /// <exception cref="StreamUnavailableException">The partition may hold them, but they cannot be read now.</exception>
    Task<StreamBatch> PeekAsync(int partition, long offset, int messages, int bytes, CancellationToken cancel) =>
        ReadAsync(partition, offset, messages, bytes, cancel);

    /// <summary>Says that everything below an offset is durable, for tools that show how far a reader is behind. Nothing is read
    /// from it, and it may be forgotten.</summary>
    void Checkpointed(int partition, long offset)
    {
    }

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
/// <param name="LogTime">When the stream stored it, the same at every read. Our own log lets it never fall within a partition; a
/// broker's falls where its clock was set back.</param>
/// <param name="Body">Its bytes, unchanged.</param>
public sealed record StoredMessage(long Offset, DateTimeOffset LogTime, ReadOnlyMemory<byte> Body)
{
    /// <summary>What its sender said of it beside the body, as text; none by default.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>Where the gateway puts what it is given.</summary>
public interface ISignalIntake
{
    /// <summary>The largest message that it takes, in bytes.</summary>
    int MessageBytes => int.MaxValue;

    /// <summary>Appends messages to the live stream, spread over its partitions.</summary>
    /// <param name="bodies">The messages. Their bytes must not change before the task ends well; after an error or a cancellation
    /// they may still be read.</param>
    /// <param name="cancel">Gives up waiting; what was handed over may still be appended.</param>
    /// <returns>Completes once they are durable: what is acknowledged after that survives a power cut.</returns>
    /// <exception cref="StreamBusyException">The stream takes no more for a while.</exception>
    /// <exception cref="StreamUnavailableException">The stream cannot be written now; some of them may be appended.</exception>
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
