using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>The settings of the Kafka clients, as Microsoft recommends them for Event Hubs (Learn: apache-kafka-configurations;
/// idle connections are cut after 240 s).</summary>
internal static class KafkaSettings
{
    /// <summary>What a request to the service may hold beside a message's body.</summary>
    private const int RequestBytes = 1_046_000;
    private const int BatchBytes = 1_000_000;
    private const int IdleMs = 180_000;
    private const int SocketMs = 60_000;
    private const int StatisticsMs = 10_000;
    private const int BackoffMs = 10;
    private const int LookupFetchMs = 10;
    private const int LookupFetchBytes = 64 * 1024;
    private const int LingerMs = 5;
    private const int ReconnectMs = 2_000;

    /// <summary>What all clients share.</summary>
    public static T Common<T>(EventHubsConnection connection, T client)
        where T : ClientConfig
    {
        client.BootstrapServers = connection.Bootstrap;
        client.ClientId = "correlation";
        client.SecurityProtocol = connection.Protocol;
        client.SaslMechanism = connection.Mechanism;
        if (connection.Secret is not null)
        {
            client.SaslUsername = "$ConnectionString";
            client.SaslPassword = connection.Secret;
        }

        client.SocketKeepaliveEnable = true;
        client.SocketTimeoutMs = SocketMs;
        client.ConnectionsMaxIdleMs = IdleMs;
        client.MetadataMaxAgeMs = IdleMs;
        client.ReconnectBackoffMaxMs = ReconnectMs;
        client.AllowAutoCreateTopics = false;
        client.EnableMetricsPush = false;
        return client;
    }

    /// <summary>For what the partitions' readers read: nothing is committed or skipped by itself.</summary>
    public static ConsumerConfig Consumer(EventHubsOptions options) => new()
    {
        GroupId = options.Group,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,

        // A range that is gone is not to be passed over in silence.
        AutoOffsetReset = AutoOffsetReset.Error,
        SessionTimeoutMs = 30_000,
        HeartbeatIntervalMs = 3_000,
        MaxPollIntervalMs = 300_000,
        FetchMinBytes = 1,
        FetchWaitMaxMs = (int)options.FetchWait.TotalMilliseconds,
        FetchQueueBackoffMs = BackoffMs,
        MaxPartitionFetchBytes = Math.Min(options.BufferBytes, 1024 * 1024),
        QueuedMinMessages = options.BufferMessages,
        QueuedMaxMessagesKbytes = 16 * 1024,
        StatisticsIntervalMs = StatisticsMs,
    };

    /// <summary>For single messages that are looked at: little is fetched, and nothing waited for.</summary>
    public static ConsumerConfig Lookup(EventHubsOptions options)
    {
        var lookup = Consumer(options);
        lookup.FetchWaitMaxMs = LookupFetchMs;
        lookup.MaxPartitionFetchBytes = LookupFetchBytes;
        lookup.QueuedMinMessages = 1;
        lookup.StatisticsIntervalMs = 0;
        return lookup;
    }

    /// <summary>For the intake: acknowledged by the service, in any partition, never twice by a retry of ours.</summary>
    public static ProducerConfig Producer(EventHubsOptions options) => new()
    {
        Acks = Acks.All,
        EnableIdempotence = true,
        CompressionType = CompressionType.None,
        MessageMaxBytes = RequestBytes,
        BatchSize = BatchBytes,
        LingerMs = LingerMs,
        Partitioner = Partitioner.Random,
        StickyPartitioningLingerMs = 0,
        MessageTimeoutMs = (int)options.DeliveryTimeout.TotalMilliseconds,
        RequestTimeoutMs = (int)options.DeliveryTimeout.TotalMilliseconds,
        StatisticsIntervalMs = StatisticsMs,
    };
}
