using Azure.Core;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Correlation.Streams.EventHubs;

/// <summary>Makes the Kafka clients. Their own log goes to ours at level debug, without secrets.</summary>
internal sealed partial class EventHubsClients
{
    private readonly EventHubsConnection _connection;
    private readonly EventHubsInstruments _instruments;
    private readonly EntraTokens? _tokens;
    private readonly ILogger _log;
    private readonly Action<ClientConfig>? _adjust;

    /// <summary>Makes nothing yet.</summary>
    /// <param name="options">The options; they are valid.</param>
    /// <param name="services">What all parts share.</param>
    /// <param name="credential">Who this process is to Microsoft Entra ID; asked only where that is how it signs in.</param>
    /// <param name="adjust">Changes every client's settings, for tests.</param>
    public EventHubsClients(
        EventHubsOptions options, EventHubsServices services, TokenCredential credential, Action<ClientConfig>? adjust = null)
    {
        Options = options;
        Time = services.Time;
        Health = new HubHealth(options, services.Logs.CreateLogger<HubHealth>());
        _instruments = services.Instruments;
        _log = services.Logs.CreateLogger<EventHubsClients>();
        _adjust = adjust;
        _connection = EventHubsConnection.Of(options);
        if (_connection.Scope is { } scope) _tokens = new EntraTokens(credential, scope, Health);
    }

    /// <summary>The options.</summary>
    public EventHubsOptions Options { get; }

    /// <summary>What stands against reading and writing.</summary>
    public HubHealth Health { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>A client that reads.</summary>
    /// <param name="lookup">Whether for single messages.</param>
    public IConsumer<Ignore, byte[]> Consumer(bool lookup)
    {
        var settings = lookup ? KafkaSettings.Lookup(Options) : KafkaSettings.Consumer(Options);
        var builder = new ConsumerBuilder<Ignore, byte[]>(Adjusted(settings))
            .SetLogHandler((_, message) => Log(message))
            .SetErrorHandler((_, error) => Health.ClientFailed(error))
            .SetStatisticsHandler((_, json) => _instruments.OnStatistics(HubHealth.Reading, json));
        if (_tokens is not null) builder.SetOAuthBearerTokenRefreshHandler(_tokens.Refresh);
        return builder.Build();
    }

    /// <summary>A client that asks.</summary>
    public IAdminClient Admin()
    {
        var builder = new AdminClientBuilder(Adjusted(new AdminClientConfig()))
            .SetLogHandler((_, message) => Log(message))
            .SetErrorHandler((_, error) => Health.AskingFailed(error));
        if (_tokens is not null) builder.SetOAuthBearerTokenRefreshHandler(_tokens.Refresh);
        return builder.Build();
    }

    /// <summary>A client that writes.</summary>
    /// <param name="died">Told when it can write no more.</param>
    public IProducer<Null, byte[]> Producer(Action died)
    {
        var builder = new ProducerBuilder<Null, byte[]>(Adjusted(KafkaSettings.Producer(Options)))
            .SetLogHandler((_, message) => Log(message))
            .SetErrorHandler((_, error) =>
            {
                Health.ClientFailed(error);
                if (error.IsFatal) died();
            })
            .SetStatisticsHandler((_, json) => _instruments.OnStatistics(HubHealth.Writing, json));
        if (_tokens is not null) builder.SetOAuthBearerTokenRefreshHandler(_tokens.Refresh);
        return builder.Build();
    }

    /// <summary>Tells the log, at level debug, that a partition cannot be fetched as it was.</summary>
    public void FetchFailed(TopicPartition partition, Error error)
    {
        if (_log.IsEnabled(LogLevel.Debug))
            LogFetch(_log, partition.Topic, partition.Partition.Value, $"{error.Code} {Health.Masked(error.Reason)}");
    }

    private T Adjusted<T>(T settings)
        where T : ClientConfig
    {
        KafkaSettings.Common(_connection, settings);
        _adjust?.Invoke(settings);
        return settings;
    }

    private void Log(LogMessage message)
    {
        if (_log.IsEnabled(LogLevel.Debug)) LogClient(_log, message.Name, message.Facility, Health.Masked(message.Message));
    }

    [LoggerMessage(LogLevel.Debug, "Fetching partition {Partition} of {Hub} failed: {Why}")]
    private static partial void LogFetch(ILogger log, string hub, int partition, string why);

    [LoggerMessage(LogLevel.Debug, "{Client} {Facility}: {Text}")]
    private static partial void LogClient(ILogger log, string client, string facility, string text);
}

/// <summary>What the parts of the provider share.</summary>
internal sealed record EventHubsServices(TimeProvider Time, EventHubsInstruments Instruments, ILoggerFactory Logs);
