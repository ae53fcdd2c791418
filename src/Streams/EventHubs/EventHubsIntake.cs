using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>Puts messages into a hub, each into any partition, as Azure itself does.</summary>
/// <remarks>The producer is idempotent, so that its own retries store nothing twice. That may end for good (the service has
/// forgotten the sequence); then the next append gets a new producer. Where the service slows the producer down,
/// acknowledgements come later and the sender waits; where it would have to wait too long, it is told that the stream is
/// busy.</remarks>
internal sealed class EventHubsIntake(EventHubsClients clients, EventHubsInstruments instruments) : ISignalIntake, IDisposable
{
    private static readonly TimeSpan QueueRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(5);

    private readonly string _hub = clients.Options.Intake;
    private readonly Lock _gate = new();
    private SharedClient<IProducer<Null, byte[]>>? _producer;
    private bool _isDisposed;

    public int MessageBytes => clients.Options.MessageBytes;

    public async Task AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancel)
    {
        foreach (var body in bodies) CheckSize(body);
        if (bodies.Count == 0) return;
        var begun = instruments.Begin();
        var append = new Append(bodies.Count);
        try
        {
            var producer = Producer();
            foreach (var body in bodies) await ProduceAsync(producer, Bytes(body), append, cancel);
            if (await append.Outcome.WaitAsync(cancel) is { } error) throw Refused(producer, error);
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
        SharedClient<IProducer<Null, byte[]>>? last;
        lock (_gate) (last, _producer, _isDisposed) = (_producer, null, true);
        last?.Use(it => it.Flush(FlushPatience));
        last?.Dispose();
    }

    private SharedClient<IProducer<Null, byte[]>> Producer()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _producer ??= Fresh();
        }
    }

    private SharedClient<IProducer<Null, byte[]>> Fresh()
    {
        SharedClient<IProducer<Null, byte[]>>? made = null;
        return made = new SharedClient<IProducer<Null, byte[]>>(clients.Producer(() => Replace(made)));
    }

    /// <summary>A producer that can write no more is closed, from another thread than its own.</summary>
    private void Replace(SharedClient<IProducer<Null, byte[]>>? dead)
    {
        lock (_gate)
        {
            if (dead is null || !ReferenceEquals(dead, _producer)) return;
            _producer = null;
        }

        _ = Task.Run(dead.Dispose);
    }

    private async Task ProduceAsync(
        SharedClient<IProducer<Null, byte[]>> producer, byte[] body, Append append, CancellationToken cancel)
    {
        var began = clients.Time.GetTimestamp();
        while (true)
        {
            try
            {
                producer.Use(it => it.Produce(_hub, new Message<Null, byte[]> { Value = body }, append.Delivered));
                return;
            }
            catch (ProduceException<Null, byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull
                && clients.Time.GetElapsedTime(began) < clients.Options.DeliveryTimeout)
            {
                await Task.Delay(QueueRest, clients.Time, cancel);
            }
        }
    }

    private Exception Refused(SharedClient<IProducer<Null, byte[]>>? producer, Error error)
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

    /// <summary>The bytes as the client wants them; it copies them before <see cref="AppendAsync"/> waits.</summary>
    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : body.ToArray();

    /// <summary>Some messages under way.</summary>
    private sealed class Append(int messages)
    {
        private readonly TaskCompletionSource<Error?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Error? _error;
        private int _left = messages;

        /// <summary>Completes once the fate of all is known: null where the service has them.</summary>
        public Task<Error?> Outcome => _outcome.Task;

        /// <summary>Called on the client's thread.</summary>
        public void Delivered(DeliveryReport<Null, byte[]> report)
        {
            if (report.Error.IsError) Interlocked.CompareExchange(ref _error, report.Error, null);
            else if (report.Status != PersistenceStatus.Persisted)
                Interlocked.CompareExchange(ref _error, new Error(ErrorCode.Local_Fail, "not acknowledged"), null);
            if (Interlocked.Decrement(ref _left) == 0) _outcome.TrySetResult(_error);
        }
    }
}
