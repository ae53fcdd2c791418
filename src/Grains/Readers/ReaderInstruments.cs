using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Correlation.Delivery;

namespace Correlation.Grains.Readers;

/// <summary>What readers tell of themselves; recorded once a batch, never once a signal.</summary>
internal sealed class ReaderInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Correlation.Readers";

    /// <summary>How far the partitions are that are read on this silo.</summary>
    private readonly ConcurrentDictionary<string, (DateTimeOffset Checkpointed, long Unread)> _partitions = [];
    private readonly TimeProvider _time;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _signals;
    private readonly Counter<long> _rewinds;
    private readonly Counter<long> _lost;
    private readonly Histogram<int> _batch;

    /// <summary>Makes the instruments.</summary>
    public ReaderInstruments(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Name);
        _messages = meter.CreateCounter<long>("correlation.reader.messages", "{message}", "Messages read and answered");
        _signals = meter.CreateCounter<long>("correlation.reader.signals", "{signal}", "Signals with a fate, by fate");
        _rewinds = meter.CreateCounter<long>("correlation.reader.rewinds", "{rewind}",
            "Returns to the checkpoint after a lost flush");
        _lost = meter.CreateCounter<long>("correlation.reader.lost", "{message}",
            "Messages that a stream lost before they were read");
        _batch = meter.CreateHistogram<int>("correlation.reader.batch.resources", "{resource}", "Resources in a batch");
        meter.CreateObservableGauge("correlation.reader.unread", Unread, "{message}",
            "Messages behind a partition's checkpoint, as its reader last told, by partition");
        meter.CreateObservableGauge("correlation.reader.behind", Behind, "s",
            "How far the log time of a partition's checkpoint is behind the wall clock, by partition");
    }

    /// <summary>The source of a batch's spans.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <summary>A batch was answered.</summary>
    public void OnBatchAnswered(SignalLedger counts, int resources)
    {
        _messages.Add(counts.Messages);
        _batch.Record(resources);
        Add("rejected", counts.Rejected);
        Add("duplicate", counts.Duplicate);
        Add("late", counts.Late);
        Add("aggregated", counts.Aggregated);
        Add("context", counts.Context);
        Add("transition", counts.Transition);
        Add("shed", counts.Shed);
        Add("parked", counts.Parked);
        Add("failed", counts.Failed);
    }

    /// <summary>A reader has told how far its partition is.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="checkpointed">Up to which log time its effects are durable; the least where that is not known.</param>
    /// <param name="unread">How many messages are behind that.</param>
    public void OnTold(string partition, DateTimeOffset checkpointed, long unread) =>
        _partitions[partition] = (checkpointed, unread);

    /// <summary>A partition is no longer read on this silo.</summary>
    public void OnEnded(string partition) => _partitions.TryRemove(partition, out _);

    /// <summary>It was booked that a stream lost messages before they were read.</summary>
    public void OnLost(long messages) => _lost.Add(messages);

    /// <summary>A reader went back to its checkpoint.</summary>
    public void OnRewound() => _rewinds.Add(1);

    private IEnumerable<Measurement<long>> Unread() =>
        _partitions.Select(told => new Measurement<long>(told.Value.Unread, Tag(told.Key)));

    private IEnumerable<Measurement<double>> Behind()
    {
        var now = _time.GetUtcNow();
        return _partitions.Where(told => told.Value.Checkpointed > DateTimeOffset.MinValue).Select(told =>
            new Measurement<double>(Math.Max(0, (now - told.Value.Checkpointed).TotalSeconds), Tag(told.Key)));
    }

    private static KeyValuePair<string, object?> Tag(string partition) => new("partition", partition);

    private void Add(string fate, long count)
    {
        if (count > 0) _signals.Add(count, new KeyValuePair<string, object?>("fate", fate));
    }
}
