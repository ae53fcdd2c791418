using System.Text;
using Correlation.Streams;

namespace Correlation.Grains.Tests.Delivery;

/// <summary>A live stream to which everything happens that happens to streams: it grows, is recreated, and forgets.</summary>
internal sealed class TestStream(int partitions) : IStreamCatalog, ISignalStream
{
    private readonly Lock _gate = new();
    private readonly List<Partition> _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new Partition())];

    public string Name => "live";

    /// <summary>Appends messages to a partition.</summary>
    public void Append(int partition, params string[] bodies)
    {
        lock (_gate) _partitions[partition].Append(bodies);
    }

    /// <summary>Appends a message that the stream stored at a time.</summary>
    public void Append(int partition, DateTimeOffset logTime, string body)
    {
        lock (_gate) _partitions[partition].Append(logTime, body);
    }

    /// <summary>Holds every read of a partition back.</summary>
    public Func<int, Task>? Reads { get; set; }

    /// <summary>Retention takes the messages below an offset.</summary>
    public void Forget(int partition, long below)
    {
        lock (_gate) _partitions[partition].First = below;
    }

    /// <summary>The partition is deleted and made anew with other messages.</summary>
    public void Recreate(int partition, params string[] bodies)
    {
        lock (_gate)
        {
            _partitions[partition] = new Partition();
            _partitions[partition].Append(bodies);
        }
    }

    /// <summary>Another partition is added, which has forgotten the messages below an offset.</summary>
    public void Grow(long first, params string[] bodies)
    {
        lock (_gate)
        {
            _partitions.Add(new Partition { First = first });
            _partitions[^1].Append(bodies);
        }
    }

    /// <summary>The first offset that each partition does not hold yet.</summary>
    public IReadOnlyList<long> Ends()
    {
        lock (_gate) return [.. _partitions.Select(partition => partition.End)];
    }

    public Task<IReadOnlyList<ISignalStream>> StreamsAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ISignalStream>>([this]);

    public Task<ISignalStream?> FindAsync(string name, CancellationToken cancel) =>
        Task.FromResult<ISignalStream?>(name == Name ? this : null);

    public Task<IReadOnlyList<int>> PartitionsAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<int>>([.. Enumerable.Range(0, Ends().Count)]);

    public async Task<StreamBatch> ReadAsync(int partition, long offset, int messages, int bytes, CancellationToken cancel)
    {
        if (Reads is { } reads) await reads(partition);
        lock (_gate)
        {
            var at = _partitions[partition];
            var from = Math.Max(offset, at.First);
            var found = at.Messages.Skip((int)from).Take(messages).ToList();
            return new StreamBatch(found, at.First, at.End, DateTimeOffset.UtcNow);
        }
    }

    public async Task WaitAsync(int partition, long offset, TimeSpan atMost, CancellationToken cancel)
    {
        var until = DateTimeOffset.UtcNow + atMost;
        while (Ends()[partition] <= offset && DateTimeOffset.UtcNow < until) await Task.Delay(10, cancel);
    }

    private sealed class Partition
    {
        public List<StoredMessage> Messages { get; } = [];

        public long First { get; set; }

        public long End => Messages.Count;

        public void Append(string[] bodies)
        {
            foreach (var body in bodies) Append(DateTimeOffset.UtcNow, body);
        }

        public void Append(DateTimeOffset logTime, string body) =>
            Messages.Add(new StoredMessage(Messages.Count, logTime, Encoding.UTF8.GetBytes(body)));
    }
}
