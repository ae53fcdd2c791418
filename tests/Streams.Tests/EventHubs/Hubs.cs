using System.Text;
using Azure.Core;
using Confluent.Kafka;
using Correlation.Streams.EventHubs;
using Correlation.Tests.Shared;
using Correlation.Tests.Shared.Kafka;

namespace Correlation.Streams.Tests.EventHubs;

/// <summary>The provider over a cluster of its own with one hub, in a hurry.</summary>
internal sealed class Hubs : IDisposable
{
    public const string Hub = "signals";
    public const int Partitions = 4;

    private readonly Meters meters = new();
    private EventHubsServices services;
    private EventHubsClients clients;

    public Hubs(Action<EventHubsOptions>? configure = null, Action<MockCluster>? prepare = null)
    {
        Cluster = new MockCluster();
        if (prepare is null) Cluster.CreateTopic(Hub, Partitions);
        else prepare(Cluster);
        Options = InAHurry(Cluster.Bootstrap);
        Options.Hubs.Add(new EventHubOptions { Name = Hub, Number = 0 });
        configure?.Invoke(Options);
        (services, clients) = Open();
        Catalog = new EventHubsCatalog(clients, services);
        Intake = new EventHubsIntake(clients, services.Instruments);
    }

    public MockCluster Cluster { get; }

    public EventHubsOptions Options { get; }

    public Logs Logs { get; } = new();

    public Meters Meters => meters;

    public EventHubsCatalog Catalog { get; private set; }

    public EventHubsIntake Intake { get; private set; }

    public HubHealth Health => clients.Health;

    public async Task<ISignalStream> LiveAsync() =>
        (await Catalog.FindAsync("eventhubs", TestContext.Current.CancellationToken))!;

    public Task AppendAsync(params string[] bodies) => Intake.AppendAsync(
        [.. bodies.Select(body => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(body))], TestContext.Current.CancellationToken);

    /// <summary>Appends past the intake, to one partition.</summary>
    public async Task AppendToAsync(string hub, int partition, params Message<Null, byte[]>[] messages)
    {
        using var producer = new ProducerBuilder<Null, byte[]>(
            new ProducerConfig { BootstrapServers = Cluster.Bootstrap, LingerMs = 0 }).Build();
        foreach (var message in messages) await producer.ProduceAsync(new TopicPartition(hub, partition), message);
    }

    public static Message<Null, byte[]> Message(string body) => new() { Value = Encoding.UTF8.GetBytes(body) };

    public void Restart()
    {
        Close();
        (services, clients) = Open();
        Catalog = new EventHubsCatalog(clients, services);
        Intake = new EventHubsIntake(clients, services.Instruments);
    }

    public void Dispose()
    {
        Close();
        Cluster.Dispose();
        meters.Dispose();
    }

    /// <summary>Options of a provider that waits for nothing long.</summary>
    public static EventHubsOptions InAHurry(string bootstrap) => new()
    {
        Authentication = EventHubsAuthentication.None,
        Bootstrap = bootstrap,
        ReachInterval = TimeSpan.FromMilliseconds(100),
        DiscoveryInterval = TimeSpan.FromMilliseconds(200),
        FetchWait = TimeSpan.FromMilliseconds(20),
        RequestTimeout = TimeSpan.FromSeconds(5),
        DeliveryTimeout = TimeSpan.FromSeconds(20),
        ClockMargin = TimeSpan.FromSeconds(1),
    };

    /// <summary>Waits for something to become true, as long as the test may run.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        while (!await isTrue()) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private (EventHubsServices Services, EventHubsClients Clients) Open()
    {
        var shared = new EventHubsServices(TimeProvider.System, new EventHubsInstruments(meters, TimeProvider.System), Logs);
        return (shared, new EventHubsClients(Options, shared, new NoCredential()));
    }

    private void Close()
    {
        Intake.Dispose();
        Catalog.Dispose();
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
