using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>Commits checkpoints to the service too, for tools that show lag: now and then, the newest of each partition, and as
/// well as it goes. Nothing is ever read from there.</summary>
internal sealed class OffsetCommits : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<SharedClient<IConsumer<Ignore, byte[]>>> _client;
    private readonly ITimer _timer;
    private Dictionary<TopicPartition, long> _waiting = [];
    private Task _committing = Task.CompletedTask;

    /// <summary>Begins.</summary>
    /// <param name="client">The client to commit with; made when there is something.</param>
    /// <param name="interval">How often.</param>
    /// <param name="time">The clock.</param>
    public OffsetCommits(Func<SharedClient<IConsumer<Ignore, byte[]>>> client, TimeSpan interval, TimeProvider time)
    {
        _client = client;
        _timer = time.CreateTimer(_ => Commit(), null, interval, interval);
    }

    /// <summary>A partition is durable up to an offset.</summary>
    public void Add(TopicPartition partition, long offset)
    {
        lock (_gate) _waiting[partition] = offset;
    }

    /// <summary>Commits no more.</summary>
    public void Dispose() => _timer.Dispose();

    private void Commit()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || !_committing.IsCompleted) return;
            var offsets = _waiting.Select(one => new TopicPartitionOffset(one.Key, one.Value)).ToList();
            _waiting = [];
            _committing = Task.Run(() => Commit(offsets));
        }
    }

    private void Commit(List<TopicPartitionOffset> offsets)
    {
        try
        {
            _client().Use(it => it.Commit(offsets));
        }
        catch (Exception error) when (error is KafkaException or ObjectDisposedException)
        {
            // The next checkpoint is committed again, and what is wrong with the service others say.
        }
    }
}
