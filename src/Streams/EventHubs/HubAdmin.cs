using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Correlation.Streams.EventHubs;

/// <summary>Asks the service over its Kafka endpoint; what is refused or fails it tells <see cref="HubHealth"/>.</summary>
internal sealed class HubAdmin(SharedClient<IAdminClient> client, EventHubsOptions options, HubHealth health) : IHubAdmin
{
    public Task<IReadOnlyDictionary<string, int>> PartitionCountsAsync(IReadOnlyCollection<string> hubs) => Task.Run(() =>
    {
        var counts = new Dictionary<string, int>();
        foreach (var hub in hubs)
        {
            if (CountOf(hub) is { } count) counts[hub] = count;
        }

        return (IReadOnlyDictionary<string, int>)counts;
    });

    public async Task<IReadOnlyDictionary<TopicPartition, (long First, long End)>> ReachAsync(
        IReadOnlyCollection<TopicPartition> partitions)
    {
        // The end after the first, so that a reader is not told an end before what retention has taken by then.
        var firsts = await OffsetsAsync(partitions, OffsetSpec.Earliest());
        var ends = await OffsetsAsync(partitions, OffsetSpec.Latest());
        return firsts.Where(first => ends.ContainsKey(first.Key))
            .ToDictionary(first => first.Key, first => (first.Value, ends[first.Key]));
    }

    private int? CountOf(string hub)
    {
        try
        {
            var found = client.Use(it => it.GetMetadata(hub, options.RequestTimeout)).Topics.First(topic => topic.Topic == hub);
            if (found.Error.IsError)
            {
                health.HubFailed(hub, HubHealth.Reading, found.Error);
                return null;
            }

            health.HubAnswered(hub, HubHealth.Reading);
            return found.Partitions.Count;
        }
        catch (KafkaException error)
        {
            health.Failed(error);
            return null;
        }
    }

    private async Task<Dictionary<TopicPartition, long>> OffsetsAsync(
        IReadOnlyCollection<TopicPartition> partitions, OffsetSpec which)
    {
        var found = new Dictionary<TopicPartition, long>();
        var failed = new HashSet<string>();
        foreach (var one in await ListAsync(partitions, which))
        {
            if (!one.Error.IsError)
            {
                found[one.TopicPartition] = one.Offset.Value;
                continue;
            }

            failed.Add(one.Topic);
            health.HubFailed(one.Topic, HubHealth.Reading, one.Error);
        }

        foreach (var hub in found.Keys.Select(partition => partition.Topic).Distinct().Where(hub => !failed.Contains(hub)))
            health.HubAnswered(hub, HubHealth.Reading);
        return found;
    }

    private async Task<IEnumerable<TopicPartitionOffsetError>> ListAsync(
        IReadOnlyCollection<TopicPartition> partitions, OffsetSpec which)
    {
        var asked = partitions.Select(one => new TopicPartitionOffsetSpec { TopicPartition = one, OffsetSpec = which });
        var patience = new ListOffsetsOptions { RequestTimeout = options.RequestTimeout };
        try
        {
            var result = await client.Use(it => it.ListOffsetsAsync(asked, patience));
            return result.ResultInfos.Select(info => info.TopicPartitionOffsetError);
        }
        catch (ListOffsetsException some)
        {
            return some.Result.ResultInfos.Select(info => info.TopicPartitionOffsetError);
        }
        catch (KafkaException error)
        {
            health.Failed(error);
            return [];
        }
    }
}
