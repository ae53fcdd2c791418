using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Decoding;
using Correlation.Delivery;
using Correlation.Signals;
using Correlation.Streams;

namespace Correlation.Grains.Readers;

/// <summary>One batch of a partition, decoded and grouped by resource.</summary>
internal sealed class BatchWork
{
    private readonly Dictionary<ResourceId, ResourceWork> _resources = [];
    private readonly List<(long Offset, Fate[] Fates)> _fates = [];
    private readonly List<RejectedSlot> _refused = [];
    private readonly List<KeptMessage> _kept = [];
    private SignalLedger _rejected = SignalLedger.Empty;

    private readonly TimeSpan _late;
    private readonly long _read;

    private BatchWork(StreamBatch batch, CustomerMap owners, long read)
    {
        _late = batch.IdleLogTime - batch.Messages[0].LogTime;
        _read = read;
        Messages = batch.Messages.Count;
        Bytes = batch.Messages.Sum(message => (long)message.Body.Length);
        First = batch.Messages[0].Offset;
        Next = batch.Messages[^1].Offset + 1;
        FirstLogTime = batch.Messages[0].LogTime;
        LogTime = batch.Messages[^1].LogTime;
        Owners = owners;
    }

    /// <summary>How many messages it has.</summary>
    public int Messages { get; }

    /// <summary>How many bytes they have.</summary>
    public long Bytes { get; }

    /// <summary>The first offset.</summary>
    public long First { get; }

    /// <summary>One above the last offset.</summary>
    public long Next { get; }

    /// <summary>The log time of the first message.</summary>
    public DateTimeOffset FirstLogTime { get; }

    /// <summary>The log time of the last message.</summary>
    public DateTimeOffset LogTime { get; }

    /// <summary>Whose the resources are: the version in force at the log times of all messages.</summary>
    public CustomerMap Owners { get; }

    /// <summary>The signals by resource.</summary>
    public IReadOnlyCollection<ResourceWork> Resources => _resources.Values;

    /// <summary>Copies of its messages for the archive; empty where nothing is archived.</summary>
    public IReadOnlyList<KeptMessage> Kept => _kept;

    /// <summary>Whether its messages come as they happen.</summary>
    public bool IsLive => _read != 0;

    /// <summary>How long the oldest message of a live batch has been in the stream.</summary>
    public TimeSpan LateAt(TimeProvider time) => _late + time.GetElapsedTime(_read);

    /// <summary>The messages before the one from which on another version of the customers file is in force, and the version of
    /// these; what is behind them is read as the next batch.</summary>
    public static (StreamBatch Batch, CustomerMap Owners) OfOneVersion(StreamBatch batch, CustomerMaps maps)
    {
        if (batch.Messages.Count == 0) return (batch, maps.Newest);
        var owners = maps.At(batch.Messages[0].LogTime);
        if (batch.Messages.All(message => ReferenceEquals(owners, maps.At(message.LogTime)))) return (batch, owners);
        var same = batch.Messages.TakeWhile(message => ReferenceEquals(owners, maps.At(message.LogTime)));
        return (batch with { Messages = [.. same] }, owners);
    }

    /// <summary>The messages within a span of log time from the first one on; what is behind them is read as the next
    /// batch.</summary>
    public static StreamBatch Within(StreamBatch batch, TimeSpan span)
    {
        if (batch.Messages.Count == 0 || batch.Messages[^1].LogTime - batch.Messages[0].LogTime <= span) return batch;
        return batch with
        {
            Messages = [.. batch.Messages.TakeWhile(message => message.LogTime - batch.Messages[0].LogTime <= span)],
        };
    }

    /// <summary>Decodes a batch.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="name">The partition.</param>
    /// <param name="epoch">The stream's epoch.</param>
    /// <param name="batch">The messages, of one version of the owners.</param>
    /// <param name="owners">Whose the resources are.</param>
    /// <param name="read">When a live stream's batch was read, as a timestamp; 0 for a recorded one.</param>
    /// <param name="keep">Whether to copy the messages for the archive: the batch's bytes are lent.</param>
    public static BatchWork Decode(
        MessageDecoder decoder, PartitionName name, int epoch, StreamBatch batch, CustomerMap owners, long read = 0,
        bool keep = false)
    {
        var work = new BatchWork(batch, owners, read);
        foreach (var stored in batch.Messages)
        {
            var message = new Message(name.Stream, epoch, name.Partition, stored.Offset, stored.LogTime);
            var decoded = decoder.Decode(stored.Body, message);
            work.Add(decoded);
            if (keep) work._kept.Add(new KeptMessage(stored.Offset, stored.LogTime, stored.Body.ToArray(), decoded.Records));
        }

        return work;
    }

    /// <summary>A resource's signals; null where there are none of it.</summary>
    public ResourceWork? Find(ResourceId resource) => _resources.GetValueOrDefault(resource);

    /// <summary>Books what became of a resource's signals.</summary>
    /// <exception cref="DeliveryInvariantException">There is not one fate for each signal; or one has none any more, because the
    /// checkpoint has passed it: this reader has been replaced.</exception>
    public void Book(ResourceWork resource, IReadOnlyList<Fate> fates)
    {
        if (fates.Count != resource.Slots.Count || fates.Contains(Fate.None))
        {
            throw new DeliveryInvariantException(
                $"{resource.Slots.Count} signals were answered with {fates.Count} fates: {string.Join(", ", fates.Distinct())}.");
        }

        for (var i = 0; i < resource.Slots.Count; i++)
        {
            var (message, signal) = resource.Slots[i];
            _fates[message].Fates[signal] = fates[i];
        }
    }

    /// <summary>The batch as the reader's progress takes it, once every signal is booked.</summary>
    public ReaderBatch Answered(IReadOnlyCollection<FlushId> flushes)
    {
        var counts = new long[(int)Fate.Failed + 1];
        foreach (var (_, fates) in _fates)
        {
            foreach (var fate in fates) counts[(int)fate]++;
        }

        var ledger = _rejected;
        for (var fate = 0; fate < counts.Length; fate++)
        {
            if (counts[fate] > 0) ledger = ledger.With((Fate)fate, counts[fate]);
        }

        return new ReaderBatch(First, Next, LogTime, ledger, flushes, FateCodec.Encode(_fates, _refused));
    }

    private void Add(DecodedMessage decoded)
    {
        _rejected = _rejected.With(Fate.Rejected, decoded.Rejections.Count) with
        {
            Messages = _rejected.Messages + 1,
            Records = _rejected.Records + decoded.Records,
        };
        foreach (var refused in decoded.Rejections)
            _refused.Add(new RejectedSlot(_fates.Count, refused.Record, refused.Target, refused.Reason));
        for (var i = 0; i < decoded.Signals.Count; i++)
        {
            var signal = decoded.Signals[i];
            if (!_resources.TryGetValue(signal.Resource, out var resource))
                _resources[signal.Resource] = resource = new ResourceWork(signal);
            resource.Add(signal, _fates.Count, i);
        }

        _fates.Add((decoded.Message.Offset, new Fate[decoded.Signals.Count]));
    }
}

/// <summary>A message that is kept for the archive.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="LogTime">When it was stored.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Records">How many records it holds by its decoder.</param>
internal sealed record KeptMessage(long Offset, DateTimeOffset LogTime, byte[] Body, int Records);

/// <summary>The signals of one resource in a batch.</summary>
internal sealed class ResourceWork(Signal first)
{
    private readonly ImmutableArray<Signal>.Builder _signals = ImmutableArray.CreateBuilder<Signal>();

    /// <summary>The resource.</summary>
    public ResourceId Resource { get; } = first.Resource;

    /// <summary>The tenant that the signals name, where one does.</summary>
    public string? Tenant { get; private set; }

    /// <summary>The log time of the newest of them.</summary>
    public DateTimeOffset LogTime { get; private set; }

    /// <summary>Whose the resource is; set before it is sent.</summary>
    public CustomerKey Owner { get; set; }

    /// <summary>Whether its activation had not answered before; set with its answer.</summary>
    public bool IsFirst { get; set; }

    /// <summary>Why its signals are parked although nothing is wrong with it; set before it is sent.</summary>
    public CreditReason OverCredit { get; set; }

    /// <summary>How many signals of its owner the batch holds; set before it is sent.</summary>
    public int OwnersSignals { get; set; }

    /// <summary>The call of an earlier batch that this one's waits for; set before it is sent.</summary>
    public Task? After { get; set; }

    /// <summary>The call that sends its signals; completes when they have their fates.</summary>
    public Task Call { get; set; } = Task.CompletedTask;

    /// <summary>Where each signal stands: the message's ordinal in the batch and the signal's in the message.</summary>
    public List<(int Message, int Signal)> Slots { get; } = [];

    /// <summary>The signals in stream order.</summary>
    public ImmutableArray<Signal> Signals => _signals.ToImmutable();

    /// <summary>Adds a signal.</summary>
    public void Add(Signal signal, int message, int ordinal)
    {
        _signals.Add(signal);
        Slots.Add((message, ordinal));
        Tenant ??= signal.Detail?.Tenant;
        LogTime = signal.LogTime;
    }
}
