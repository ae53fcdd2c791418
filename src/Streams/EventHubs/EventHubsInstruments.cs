using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>What the provider tells of itself; recorded once a call or a round of questions, never once a message.</summary>
internal sealed class EventHubsInstruments
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Correlation.EventHubs";

    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly ConcurrentDictionary<TopicPartition, (long Checkpoint, long End)> _places = [];
    private readonly ConcurrentDictionary<string, double> _throttles = [];
    private readonly TimeProvider _time;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _append;

    /// <summary>Makes the instruments; without a factory they have a meter of their own.</summary>
    public EventHubsInstruments(IMeterFactory? meters, TimeProvider time)
    {
        _time = time;
        var meter = meters?.Create(Name) ?? new Meter(Name);
        _messages = meter.CreateCounter<long>("correlation.eventhubs.messages", "{message}", "Messages that the service took");
        _bytes = meter.CreateCounter<long>("correlation.eventhubs.bytes", "By", "Bytes of the messages that the service took");
        _failures = meter.CreateCounter<long>("correlation.eventhubs.failures", "{append}",
            "Appends that the service did not take whole");
        _append = meter.CreateHistogram(
            "correlation.eventhubs.append.duration", "s", "How long an append took until the service had acknowledged all of it",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        meter.CreateObservableGauge("correlation.eventhubs.lag", Lags, "{message}",
            "Messages of a partition read here that are not checkpointed yet");
        meter.CreateObservableGauge("correlation.eventhubs.throttle", Throttles, "ms",
            "The longest that the service held an answer back in the last ten seconds because a quota was used up");
    }

    /// <summary>An append begins.</summary>
    public long Begin() => _time.GetTimestamp();

    /// <summary>An append is acknowledged.</summary>
    public void OnAppended(long begun, int messages, long bytes)
    {
        _append.Record(_time.GetElapsedTime(begun).TotalSeconds);
        _messages.Add(messages);
        _bytes.Add(bytes);
    }

    /// <summary>An append failed.</summary>
    public void OnFailed() => _failures.Add(1);

    /// <summary>A partition's end is known.</summary>
    public void OnReach(TopicPartition partition, long end)
    {
        if (_places.TryGetValue(partition, out var place)) _places.TryUpdate(partition, (place.Checkpoint, end), place);
    }

    /// <summary>A partition is checkpointed up to an offset.</summary>
    public void OnCheckpointed(TopicPartition partition, long offset) =>
        _places.AddOrUpdate(partition, (offset, offset), (_, place) => (offset, Math.Max(place.End, offset)));

    /// <summary>A partition is read here no more.</summary>
    public void OnReleased(TopicPartition partition) => _places.TryRemove(partition, out _);

    /// <summary>A client's statistics have come.</summary>
    /// <param name="client">Which client: <c>read</c> or <c>write</c>.</param>
    /// <param name="json">The statistics, as librdkafka writes them (STATISTICS.md: brokers, throttle, in ms).</param>
    public void OnStatistics(string client, string json)
    {
        using var document = JsonDocument.Parse(json);
        var longest = 0d;
        if (document.RootElement.TryGetProperty("brokers", out var brokers))
        {
            foreach (var broker in brokers.EnumerateObject())
            {
                if (broker.Value.TryGetProperty("throttle", out var throttle) && throttle.TryGetProperty("max", out var max))
                    longest = Math.Max(longest, max.GetDouble());
            }
        }

        _throttles[client] = longest;
    }

    private IEnumerable<Measurement<long>> Lags() => _places.Select(place => new Measurement<long>(
        Math.Max(0, place.Value.End - place.Value.Checkpoint),
        new("hub", place.Key.Topic), new("partition", place.Key.Partition.Value)));

    private IEnumerable<Measurement<double>> Throttles() => _throttles.Select(throttle =>
        new Measurement<double>(throttle.Value, new KeyValuePair<string, object?>("client", throttle.Key)));
}
