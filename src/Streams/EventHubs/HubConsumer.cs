using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>Fetches the partitions that somebody reads, and no others: assigned by hand from the offset that is asked for, in no
/// consumer group's name.</summary>
/// <remarks>One thread takes what comes and puts it into the partition's <see cref="PartitionCursor"/>; a full one pauses its
/// partition. A partition is moved to another offset by taking it out of the assignment and in again, which discards what was
/// fetched before. Errors of the way are the client's to repeat; meanwhile nothing comes.</remarks>
internal sealed class HubConsumer : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly EventHubsOptions _options;
    private readonly HubHealth _health;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<TopicPartition, PartitionCursor> _cursors = [];
    private readonly Action<TopicPartition> _released;
    private readonly Action<TopicPartition, Error> _told;
    private readonly Thread _thread;
    private volatile bool _stopped;
    private long _swept;

    /// <summary>Begins to fetch.</summary>
    /// <param name="clients">Where the client, its limits and clock come from.</param>
    /// <param name="lookup">Whether single messages are looked at, at the side of the readers.</param>
    /// <param name="released">Told of each partition that is fetched no more.</param>
    public HubConsumer(EventHubsClients clients, bool lookup, Action<TopicPartition> released)
    {
        (_options, _health, _time, _released) = (clients.Options, clients.Health, clients.Time, released);
        _told = clients.FetchFailed;
        Client = new SharedClient<IConsumer<Ignore, byte[]>>(clients.Consumer(lookup));
        _thread = new Thread(Run) { IsBackground = true, Name = lookup ? "eventhubs lookup" : "eventhubs" };
        _thread.Start();
    }

    /// <summary>The client, for committing.</summary>
    public SharedClient<IConsumer<Ignore, byte[]>> Client { get; }

    /// <summary>Whether a read from an offset goes on where the partition's last one was.</summary>
    public bool Covers(TopicPartition partition, long offset)
    {
        if (!_cursors.TryGetValue(partition, out var cursor)) return false;
        lock (cursor.Gate) return !cursor.IsReleased && cursor.Covers(offset);
    }

    /// <summary>Messages from an offset on; waits until as many are here as the partition holds, none has come for a moment, or
    /// <see cref="EventHubsOptions.ReadPatience"/> is over.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The first offset wanted; the partition holds it, or it is its end.</param>
    /// <param name="most">The most messages and bytes.</param>
    /// <param name="end">The partition's end as it is known.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Fetched> TakeAsync(
        TopicPartition partition, long offset, (int Messages, int Bytes) most, long end, CancellationToken cancel)
    {
        var began = _time.GetTimestamp();
        var wanted = Math.Min(offset + most.Messages, end);
        var seen = -1L;
        while (true)
        {
            Task arrived;
            var cursor = At(partition, offset);
            lock (cursor.Gate)
            {
                if (!cursor.Covers(offset)) return Fetched.None(offset);
                cursor.Pass(offset);
                ResumeWhereThereIsRoom(partition, cursor);
                var isQuiet = cursor.Next == seen && cursor.Next > offset;
                seen = cursor.Next;
                if (cursor.Next >= wanted || cursor.IsFull || cursor.GapEnd >= 0 || isQuiet
                    || _time.GetElapsedTime(began) >= _options.ReadPatience)
                {
                    var taken = cursor.Take(most.Messages, most.Bytes);
                    return new Fetched(taken, cursor.Next, cursor.Received, taken.Count == 0 ? cursor.GapEnd : -1);
                }

                arrived = cursor.Until(wanted);
            }

            await Task.WhenAny(arrived, Task.Delay(Quiet, _time, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits until a message at or after an offset is here, or a while has passed.</summary>
    public async Task UntilAsync(TopicPartition partition, long offset, TimeSpan atMost, CancellationToken cancel)
    {
        var cursor = At(partition, offset);
        Task arrived;
        lock (cursor.Gate) arrived = cursor.Until(offset + 1);
        var half = _options.ReleaseAfter / 2;
        await Task.WhenAny(arrived, Task.Delay(atMost < half ? atMost : half, _time, cancel));
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Fetches a partition no more.</summary>
    public void Release(TopicPartition partition)
    {
        if (!_cursors.TryGetValue(partition, out var cursor)) return;
        lock (cursor.Gate)
        {
            if (cursor.IsReleased) return;
            cursor.IsReleased = true;
            try
            {
                Unassign(partition, cursor);
            }
            finally
            {
                // Whatever the client says: who asks for the partition looks on until this one is gone.
                _cursors.TryRemove(partition, out _);
            }
        }

        _released(partition);
    }

    /// <summary>Ends the thread and the client.</summary>
    public void Dispose()
    {
        _stopped = true;
        _thread.Join();
        Client.Dispose();
    }

    private PartitionCursor At(TopicPartition partition, long offset)
    {
        while (true)
        {
            var cursor = _cursors.GetOrAdd(partition, _ => new PartitionCursor(_options));
            lock (cursor.Gate)
            {
                if (cursor.IsReleased) continue;
                cursor.Asked = _time.GetTimestamp();
                if (cursor.Covers(offset) || (cursor.IsOutOfRange && cursor.Next == offset)) return cursor;
                Unassign(partition, cursor);
                cursor.Begin(offset);
                Client.Use(it => it.IncrementalAssign([new TopicPartitionOffset(partition, offset)]));
                return cursor;
            }
        }
    }

    private void Run()
    {
        while (!_stopped)
        {
            try
            {
                if (Client.Use(it => it.Consume(Tick)) is { } result) Accept(result);
                SweepIfDue();
            }
            catch (ConsumeException error)
            {
                Failed(error);
            }
            catch (KafkaException error)
            {
                _health.ClientFailed(error.Error);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Accept(ConsumeResult<Ignore, byte[]> result)
    {
        var partition = result.TopicPartition;
        if (!_cursors.TryGetValue(partition, out var cursor)) return;
        var message = Stored(result);
        lock (cursor.Gate)
        {
            if (cursor.IsReleased) return;
            if (!cursor.Accept(message, _time.GetUtcNow()))
            {
                Resume(partition, cursor);
                Client.Use(it => it.IncrementalUnassign([partition]));
                Client.Use(it => it.IncrementalAssign([new TopicPartitionOffset(partition, cursor.Next)]));
            }

            if (!cursor.IsFull || cursor.IsPaused) return;
            Client.Use(it => it.Pause([partition]));
            cursor.IsPaused = true;
        }
    }

    /// <summary>A partition cannot be fetched as it was: whoever reads it finds out where it is now.</summary>
    private void Failed(ConsumeException error)
    {
        var partition = error.ConsumerRecord?.TopicPartition;
        if (partition?.Topic is not { Length: > 0 })
        {
            _health.ClientFailed(error.Error);
            return;
        }

        _told(partition, error.Error);
        _health.HubFailed(partition.Topic, HubHealth.Reading, error.Error);
        if (!_cursors.TryGetValue(partition, out var cursor)) return;
        lock (cursor.Gate)
        {
            if (cursor.IsReleased) return;
            Unassign(partition, cursor);
            cursor.IsOutOfRange = error.Error.Code == ErrorCode.Local_AutoOffsetReset;
        }
    }

    private void SweepIfDue()
    {
        if (_swept != 0 && _time.GetElapsedTime(_swept) < SweepInterval) return;
        _swept = _time.GetTimestamp();
        foreach (var (partition, cursor) in _cursors)
        {
            bool isOld;
            lock (cursor.Gate) isOld = _time.GetElapsedTime(cursor.Asked) >= _options.ReleaseAfter;
            if (isOld) Release(partition);
        }
    }

    private void Unassign(TopicPartition partition, PartitionCursor cursor)
    {
        Resume(partition, cursor);
        if (cursor.IsAssigned) Client.Use(it => it.IncrementalUnassign([partition]));
        cursor.IsAssigned = false;
        cursor.Wake();
    }

    private void ResumeWhereThereIsRoom(TopicPartition partition, PartitionCursor cursor)
    {
        if (cursor.HasRoom) Resume(partition, cursor);
    }

    /// <summary>The client remembers a pause beyond the assignment: without this a partition that is begun anew elsewhere would
    /// never be fetched.</summary>
    private void Resume(TopicPartition partition, PartitionCursor cursor)
    {
        if (!cursor.IsPaused) return;
        Client.Use(it => it.Resume([partition]));
        cursor.IsPaused = false;
    }

    private static StoredMessage Stored(ConsumeResult<Ignore, byte[]> result)
    {
        var message = new StoredMessage(
            result.Offset.Value, DateTimeOffset.FromUnixTimeMilliseconds(result.Message.Timestamp.UnixTimestampMs),
            result.Message.Value ?? []);
        if (result.Message.Headers is not { Count: > 0 } headers) return message;
        var properties = new Dictionary<string, string>();
        foreach (var header in headers) properties[header.Key] = AmqpValue.Text(header.GetValueBytes());
        return message with { Properties = properties };
    }
}

/// <summary>What has come of a partition.</summary>
/// <param name="Messages">The messages in order.</param>
/// <param name="Next">The offset behind the last one that is here.</param>
/// <param name="Received">When the newest one came.</param>
/// <param name="GapEnd">Where the partition goes on behind a range that it does not hold; -1 where nothing is missing.</param>
internal sealed record Fetched(IReadOnlyList<StoredMessage> Messages, long Next, DateTimeOffset Received, long GapEnd)
{
    /// <summary>Nothing has come.</summary>
    public static Fetched None(long offset) => new([], offset, DateTimeOffset.MinValue, -1);
}
