using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>Which partition of which hub a partition of the stream is: neither growth nor a further hub ever moves one.</summary>
/// <param name="hubs">The hubs; they are valid.</param>
internal sealed class HubNumbers(IEnumerable<EventHubOptions> hubs)
{
    /// <summary>How many numbers a hub has: the most partitions that the service gives one (Dedicated: 1,024).</summary>
    public const int Span = 1024;

    private readonly Dictionary<int, string> _names = hubs.ToDictionary(hub => hub.Number!.Value, hub => hub.Name);

    /// <summary>The names of the hubs.</summary>
    public IReadOnlyCollection<string> Names => _names.Values;

    /// <summary>The hub's partition behind a partition of the stream.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No hub has that number.</exception>
    public TopicPartition At(int partition) => _names.TryGetValue(partition / Span, out var name)
        ? new TopicPartition(name, partition % Span)
        : throw new ArgumentOutOfRangeException(nameof(partition), partition, "No configured hub has this partition.");

    /// <summary>The numbers of all partitions, ascending.</summary>
    /// <param name="counts">How many partitions each hub has.</param>
    public IReadOnlyList<int> All(IReadOnlyDictionary<string, int> counts) =>
    [
        .. _names.OrderBy(hub => hub.Key).SelectMany(hub => Enumerable.Range(hub.Key * Span, Math.Min(Span, counts[hub.Value]))),
    ];
}
