using System.Collections.Immutable;
using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Streams;

namespace Correlation.Grains.Readers;

/// <summary>Tells the directory how far a partition is, and customers that they had input;
/// learns the time of all partitions.</summary>
internal sealed class PartitionClock(
    IGrainFactory grains, PartitionName name, ReaderOptions options, ReaderInstruments instruments, TimeProvider time)
{
    private const int LeapsInLead = 4;

    private readonly IDirectoryGrain _directory = grains.GetGrain<IDirectoryGrain>(0);
    private readonly HashSet<CustomerKey> _registered = [];
    private readonly Dictionary<CustomerKey, (DateTimeOffset Last, long Signals)> _activity = [];
    private readonly Dictionary<CustomerKey, List<string>> _met = [];
    private readonly StreamAlignment _alignment = new(options.LeadMax, options.LeadPatience, time);
    private DateTimeOffset _idle = DateTimeOffset.MinValue;
    private DateTimeOffset _lastInput = DateTimeOffset.MinValue;
    private StreamTime _time = StreamTime.None;
    private DateTimeOffset _toldCheckpointed = DateTimeOffset.MinValue;
    private long _told;
    private long _toldCustomers;

    /// <summary>The event time up to which nothing changes any more.</summary>
    public DateTimeOffset Watermark => _time.Watermark(options.Lateness);

    /// <summary>Takes note of what was read.</summary>
    public void Saw(StreamBatch batch)
    {
        _idle = batch.IdleLogTime;
        if (batch.Messages.Count > 0) _lastInput = batch.Messages[^1].LogTime;
    }

    /// <summary>Takes note of a resource's signals, whose owner is known.</summary>
    public void Saw(ResourceWork resource)
    {
        var before = _activity.GetValueOrDefault(resource.Owner);
        var last = resource.LogTime > before.Last ? resource.LogTime : before.Last;
        _activity[resource.Owner] = (last, before.Signals + resource.Slots.Count);
    }

    /// <summary>Takes note of a resource that its customer may not know yet: a hint, given again with the next
    /// activation.</summary>
    public void Met(ResourceWork resource)
    {
        if (!_met.TryGetValue(resource.Owner, out var met)) _met[resource.Owner] = met = [];
        if (met.Count < CustomerLimits.Resources) met.Add(resource.Resource.Canonical);
    }

    /// <summary>Makes sure that every customer with input is known, durably, before its signals are applied.</summary>
    public async Task RegisterOwnersAsync()
    {
        foreach (var owner in _activity.Keys.Where(_registered.Add).ToList()) await _directory.Register(owner);
    }

    /// <summary>Whether a batch has to wait for the slowest partition of the stream.</summary>
    public bool Holds(BatchWork work) => _alignment.Holds(work.FirstLogTime);

    /// <summary>Tells how far the partition is: a few times a second, and whenever log time leaps.</summary>
    /// <param name="progress">How far it is.</param>
    /// <param name="end">One above the partition's last offset.</param>
    /// <param name="waiting">The batch that comes next, where it is known.</param>
    public async Task TellAsync(ReaderProgress progress, long end, BatchWork? waiting = null)
    {
        var checkpointed = CheckpointedOf(progress, end, waiting);
        var leaps = checkpointed > _toldCheckpointed && checkpointed - _toldCheckpointed > options.LeadMax / LeapsInLead;
        if (_told != 0 && !leaps && waiting is null && time.GetElapsedTime(_told) < options.IdleWait) return;
        (_told, _toldCheckpointed) = (time.GetTimestamp(), checkpointed);
        instruments.OnTold(name.Key, checkpointed, Math.Max(0, end - progress.Durable.Offset));
        var read = progress.Read >= end ? _idle : _lastInput;
        _time = await _directory.Progress(new PartitionProgress(
            name.Key, read, checkpointed, _lastInput, progress.Durable.Loss));
        _alignment.Learn(_time.Slowest);
        if (_toldCustomers != 0 && time.GetElapsedTime(_toldCustomers) < options.SeenInterval) return;
        _toldCustomers = time.GetTimestamp();
        foreach (var (customer, (last, signals)) in _activity)
        {
            ImmutableArray<string> met = [.. _met.GetValueOrDefault(customer) ?? []];
            await grains.GetGrain<ICustomerGrain>(customer.Value).Seen(last, signals, met);
        }

        _activity.Clear();
        _met.Clear();
    }

    private DateTimeOffset CheckpointedOf(ReaderProgress progress, long end, BatchWork? waiting)
    {
        if (progress.Durable.Offset >= end) return _idle;
        return progress.InFlight.Count == 0 && waiting is not null
            ? waiting.FirstLogTime
            : progress.Durable.LogTime ?? DateTimeOffset.MinValue;
    }
}
