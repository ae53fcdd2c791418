using Confluent.Kafka;
using Correlation.Streams.EventHubs;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>Answers questions about hubs as a test says.</summary>
internal sealed class FakeAdmin : IHubAdmin
{
    public Dictionary<string, int> Counts { get; } = [];

    public int Asked { get; private set; }

    /// <summary>Every question for offsets, with what will answer it.</summary>
    public Func<int, Task<(long First, long End)?>> Reach { get; set; } = _ => Task.FromResult<(long, long)?>((0, 0));

    public Task<IReadOnlyDictionary<string, int>> PartitionCountsAsync(IReadOnlyCollection<string> hubs)
    {
        Asked++;
        return Task.FromResult<IReadOnlyDictionary<string, int>>(
            hubs.Where(Counts.ContainsKey).ToDictionary(hub => hub, hub => Counts[hub]));
    }

    public async Task<IReadOnlyDictionary<TopicPartition, (long First, long End)>> ReachAsync(
        IReadOnlyCollection<TopicPartition> partitions)
    {
        var answer = await Reach(++Asked);
        return answer is null ? [] : partitions.ToDictionary(one => one, _ => answer.Value);
    }
}
