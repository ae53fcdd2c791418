using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>Several event hubs as one stream, for reading.</summary>
/// <remarks>
/// <para>Log time is the service's stamp, unchanged: it tells a message from another one at the same offset, so it has to be the
/// same at every read. It may fall where the service's clock was set back.</para>
/// <para>An end is told with a time that was taken before it was asked for, less <see cref="EventHubsOptions.ClockMargin"/>. An
/// offset beyond what is known is never taken for a recreated hub before the service was asked anew: the reader may know
/// more than the last answer.</para>
/// </remarks>
internal sealed class EventHubsStream : ISignalStream, IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly EventHubsOptions _options;
    private readonly HubHealth _health;
    private readonly HubNumbers _numbers;
    private readonly HubPartitions _partitions;
    private readonly ReachLog _reach;
    private readonly EventHubsInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly Lazy<HubConsumer> _reading;
    private readonly Lazy<HubConsumer> _looking;
    private readonly OffsetCommits _commits;
    private readonly ConcurrentDictionary<TopicPartition, SemaphoreSlim> _lookups = [];
    private readonly ConcurrentDictionary<TopicPartition, (long Start, long End)> _gaps = [];

    /// <summary>Reads nothing yet.</summary>
    public EventHubsStream(EventHubsClients clients, IHubAdmin admin, EventHubsServices services)
    {
        (_options, _health, _time, _instruments) = (clients.Options, clients.Health, clients.Time, services.Instruments);
        _numbers = new HubNumbers(_options.Hubs);
        _partitions = new HubPartitions(admin, _numbers, _options, _health, _time);
        _reach = new ReachLog(admin, _options, _instruments, _time, services.Logs);
        _reading = new Lazy<HubConsumer>(() => new HubConsumer(clients, lookup: false, Released));
        _looking = new Lazy<HubConsumer>(() => new HubConsumer(clients, lookup: true, _ => { }));
        _commits = new OffsetCommits(() => _reading.Value.Client, _options.CommitInterval, _time);
    }

    public string Name => _options.Stream;

    public Task<IReadOnlyList<int>> PartitionsAsync(CancellationToken cancel) => _partitions.AllAsync(cancel);

    // Off the caller's thread: the client's calls wait for its own threads.
    public Task<StreamBatch> ReadAsync(int partition, long offset, int messages, int bytes, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        return Task.Run(() => ReadAsync(_numbers.At(partition), offset, (messages, bytes), cancel), cancel);
    }

    public Task<StreamBatch> PeekAsync(int partition, long offset, int messages, int bytes, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        return Task.Run(() => PeekAsync(_numbers.At(partition), offset, (messages, bytes), cancel), cancel);
    }

    public Task WaitAsync(int partition, long offset, TimeSpan atMost, CancellationToken cancel) => Task.Run(async () =>
    {
        var at = _numbers.At(partition);
        if (!_reading.Value.Covers(at, offset))
        {
            // Where the offset is not the partition's, whoever reads it next finds out.
            var reach = await _reach.FreshAsync(at, cancel);
            if (reach is null || offset < reach.Value.First || offset > reach.Value.End)
            {
                await Task.Delay(atMost, _time, cancel);
                return;
            }
        }

        await _reading.Value.UntilAsync(at, offset, atMost, cancel);
    }, cancel);

    public void Checkpointed(int partition, long offset)
    {
        var at = _numbers.At(partition);
        _instruments.OnCheckpointed(at, offset);
        _commits.Add(at, offset);
    }

    public void Dispose()
    {
        _commits.Dispose();
        if (_reading.IsValueCreated) _reading.Value.Dispose();
        if (_looking.IsValueCreated) _looking.Value.Dispose();
        _reach.Dispose();
    }

    private async Task<StreamBatch> ReadAsync(
        TopicPartition at, long offset, (int Messages, int Bytes) most, CancellationToken cancel)
    {
        var covered = _reading.Value.Covers(at, offset);
        var reach = covered && _reach.Known(at) is { } known ? known : await FreshAsync(at, cancel);
        if (!covered && (offset < reach.First || offset > reach.End)) return Batch([], reach, reach.First);
        _reach.Watch(at, reach);
        var fetched = await _reading.Value.TakeAsync(at, offset, most, reach.End, cancel);
        if (fetched.Next > reach.End && reach.Asked > fetched.Received)
        {
            // It ends before what had come when that was asked: it is another hub of the name.
            _reading.Value.Release(at);
            return Batch([], reach, reach.First);
        }

        if (fetched.GapEnd >= 0)
        {
            _gaps[at] = (offset, fetched.GapEnd);
            return Batch([], reach, fetched.GapEnd);
        }

        if (fetched.Messages.Count == 0 && offset < reach.End)
        {
            // They do not come: because retention has taken them, or because nothing does.
            var now = await _reach.FreshAsync(at, cancel) ?? reach;
            if (offset < now.First) _reading.Value.Release(at);
            return Batch([], now, now.First);
        }

        var first = fetched.Messages.Count > 0 ? Math.Min(reach.First, offset) : reach.First;
        return Batch(fetched.Messages, reach with { End = Math.Max(reach.End, fetched.Next) }, first);
    }

    private async Task<StreamBatch> PeekAsync(
        TopicPartition at, long offset, (int Messages, int Bytes) most, CancellationToken cancel)
    {
        var reach = await FreshAsync(at, cancel);
        var isGap = _gaps.TryGetValue(at, out var gap) && (gap.Start == offset || gap.Start == offset + 1);
        var first = isGap ? gap.End : reach.First;
        if (offset < reach.First || offset >= reach.End) return Batch([], reach, first);
        var gate = _lookups.GetOrAdd(at, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        try
        {
            var began = _time.GetTimestamp();
            Fetched found;
            do
            {
                found = await _looking.Value.TakeAsync(at, offset, most, reach.End, cancel);
            }
            while (found.Messages.Count == 0 && found.GapEnd < 0 && _time.GetElapsedTime(began) < _options.RequestTimeout);
            if (found.Messages.Count == 0 && found.GapEnd < 0) throw Unavailable(at);
            return Batch(found.Messages, reach, first);
        }
        finally
        {
            _looking.Value.Release(at);
            gate.Release();
        }
    }

    /// <summary>An answer to a question sent now; what fails in passing is asked again.</summary>
    private async Task<Reach> FreshAsync(TopicPartition at, CancellationToken cancel)
    {
        var began = _time.GetTimestamp();
        while (true)
        {
            if (await _reach.FreshAsync(at, cancel) is { } reach) return reach;
            if (_time.GetElapsedTime(began) >= _options.ReadPatience) throw Unavailable(at);
            await Task.Delay(Rest, _time, cancel);
        }
    }

    private StreamBatch Batch(IReadOnlyList<StoredMessage> messages, Reach reach, long first) =>
        new(messages, first, reach.End, reach.Asked - _options.ClockMargin);

    private StreamUnavailableException Unavailable(TopicPartition at) => new(
        _health.Trouble ?? $"Event Hubs has not said in time how far partition {at.Partition.Value} of '{at.Topic}' reaches.");

    private void Released(TopicPartition partition)
    {
        _reach.Forget(partition);
        _instruments.OnReleased(partition);
    }
}
