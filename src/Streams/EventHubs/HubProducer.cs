using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Correlation.Streams.EventHubs;

/// <summary>One producer and the appends that wait for it: none waits on once it has ended.</summary>
/// <remarks>A Kafka producer that is destroyed tells nothing of what was still under way with it; whoever waited for its delivery
/// report would wait for ever.</remarks>
/// <param name="client">The client; it is owned.</param>
/// <param name="options">Whose limits hold.</param>
/// <param name="time">The clock.</param>
internal sealed class HubProducer(IProducer<Null, byte[]> client, EventHubsOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan QueueRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(5);
    private static readonly Error Over = new(ErrorCode.Local_Destroy, "the producer ended before the service answered");

    private readonly SharedClient<IProducer<Null, byte[]>> _client = new(client);
    private readonly TaskCompletionSource<Error?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sends messages.</summary>
    /// <param name="bodies">The messages; they are copied before this waits.</param>
    /// <param name="cancel">Ends the wait, not what is under way.</param>
    /// <returns>Null once the service has all of them; else why it may not have some.</returns>
    /// <exception cref="KafkaException">The client took them not.</exception>
    public async Task<Error?> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancel)
    {
        var append = new Append(bodies.Count);
        try
        {
            foreach (var body in bodies) await ProduceAsync(Bytes(body), append, cancel);
        }
        catch (ObjectDisposedException)
        {
            return Over;
        }

        var first = await Task.WhenAny(append.Outcome, _ended.Task).WaitAsync(cancel);
        return append.Outcome.IsCompleted ? await append.Outcome : await first;
    }

    /// <summary>Waits a moment for what is under way, then ends; whoever still waits is told.</summary>
    public void Dispose()
    {
        try
        {
            _client.Use(it => it.Flush(FlushPatience));
        }
        catch (Exception error) when (error is KafkaException or ObjectDisposedException)
        {
            // It can deliver nothing more.
        }

        _client.Dispose();
        _ended.TrySetResult(Over);
    }

    private async Task ProduceAsync(byte[] body, Append append, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                _client.Use(it => it.Produce(options.Intake, new Message<Null, byte[]> { Value = body }, append.Delivered));
                return;
            }
            catch (ProduceException<Null, byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull
                && time.GetElapsedTime(began) < options.DeliveryTimeout)
            {
                await Task.Delay(QueueRest, time, cancel);
            }
        }
    }

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
