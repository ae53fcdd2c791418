using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>The questions about hubs that are asked of the service.</summary>
internal interface IHubAdmin
{
    /// <summary>How many partitions each hub has; those of which the service does not say so are missing.</summary>
    Task<IReadOnlyDictionary<string, int>> PartitionCountsAsync(IReadOnlyCollection<string> hubs);

    /// <summary>The first offset that each partition holds, and the first that it does not hold yet; those of which the service
    /// does not say so are missing.</summary>
    Task<IReadOnlyDictionary<TopicPartition, (long First, long End)>> ReachAsync(IReadOnlyCollection<TopicPartition> partitions);
}
