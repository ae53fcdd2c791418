using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>Puts messages into a hub, each into any partition, as Azure itself does.</summary>
/// <remarks>The producer is idempotent, so that its own retries store nothing twice. That may end for good (the service has
/// forgotten the sequence); then the next append gets a new producer. Where the service slows the producer down,
/// acknowledgements come later and the sender waits; where it would have to wait too long, it is told that the stream is
/// busy.</remarks>
internal sealed class EventHubsIntake(EventHubsClients clients, EventHubsInstruments instruments) : ISignalIntake, IDisposable
{
    private readonly string _hub = clients.Options.Intake;
    private readonly Lock _gate = new();
    private HubProducer? _producer;
    private bool _isDisposed;

    public int MessageBytes => clients.Options.MessageBytes;

    public async Task AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancel)
    {
        foreach (var body in bodies) CheckSize(body);
        if (bodies.Count == 0) return;
        var begun = instruments.Begin();
        try
        {
            var producer = Producer();
            if (await producer.SendAsync(bodies, cancel) is { } error) throw Refused(producer, error);
        }
        catch (KafkaException error)
        {
            instruments.OnFailed();
            throw Refused(null, error.Error);
        }
        catch (Exception error) when (error is StreamBusyException or StreamUnavailableException)
        {
            instruments.OnFailed();
            throw;
        }

        clients.Health.HubAnswered(_hub, HubHealth.Writing);
        instruments.OnAppended(begun, bodies.Count, bodies.Sum(body => (long)body.Length));
    }

    /// <summary>Waits a moment for what is under way, then closes.</summary>
    public void Dispose()
    {
        HubProducer? last;
        lock (_gate) (last, _producer, _isDisposed) = (_producer, null, true);
        last?.Dispose();
    }

    private HubProducer Producer()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _producer ??= Fresh();
        }
    }

    private HubProducer Fresh()
    {
        HubProducer? made = null;
        return made = new HubProducer(clients.Producer(() => Replace(made)), clients.Options, clients.Time);
    }

    /// <summary>A producer that can write no more is closed, from another thread than its own.</summary>
    private void Replace(HubProducer? dead)
    {
        lock (_gate)
        {
            if (dead is null || !ReferenceEquals(dead, _producer)) return;
            _producer = null;
        }

        _ = Task.Run(dead.Dispose);
    }

    private Exception Refused(HubProducer? producer, Error error)
    {
        if (error.IsFatal) Replace(producer);
        if (error.Code is ErrorCode.PolicyViolation or ErrorCode.ThrottlingQuotaExceeded or ErrorCode.Local_QueueFull)
            return new StreamBusyException($"The event hub '{_hub}' takes no more for a while: its quota is used up.");
        clients.Health.HubFailed(_hub, HubHealth.Writing, error);
        return new StreamUnavailableException(
            $"The event hub '{_hub}' did not take all messages: {clients.Health.Masked(error.Reason)}");
    }

    private void CheckSize(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MessageBytes)
            throw new ArgumentException($"A message of {body.Length} bytes is over the limit of {MessageBytes}.");
    }
}
