using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Correlation.Streams;

namespace Correlation.Gateway.Tests.Fakes;

/// <summary>A stream that keeps what it is given, and a catalog of one stream with two partitions.</summary>
public sealed class FakeStreams : ISignalIntake, IStreamCatalog, ISignalStream
{
    private readonly Channel<ReadOnlyMemory<byte>> givenUp = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();

    public ConcurrentQueue<byte[]> Messages { get; } = [];

    public IReadOnlyList<string> Texts => [.. Messages.Select(Encoding.UTF8.GetString)];

    public FakeRecordings Recordings { get; } = new();

    /// <summary>When set, the live stream takes nothing before it ends.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    /// <summary>The bodies whose senders gave up waiting, as an intake may still read them.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> GivenUp => givenUp.Reader;

    /// <summary>What every append fails with; null for none.</summary>
    public Exception? Failure { get; set; }

    public int MessageBytes { get; set; } = int.MaxValue;

    public string? Trouble { get; set; }

    public string Name => "live";

    public async Task AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancel)
    {
        try
        {
            await Hold.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            foreach (var body in bodies) givenUp.Writer.TryWrite(body);
            throw;
        }

        if (Failure is not null) throw Failure;
        foreach (var body in bodies) Messages.Enqueue(body.ToArray());
    }

    public Task<IReadOnlyList<ISignalStream>> StreamsAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ISignalStream>>([this]);

    public Task<ISignalStream?> FindAsync(string name, CancellationToken cancel) =>
        Task.FromResult<ISignalStream?>(name == Name || Recordings.Streams.Contains(name) ? this : null);

    public Task<IReadOnlyList<int>> PartitionsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<int>>([0, 1]);

    public Task<StreamBatch> ReadAsync(int partition, long offset, int messages, int bytes, CancellationToken cancel) =>
        throw new NotSupportedException("The gateway reads no stream.");

    public Task WaitAsync(int partition, long offset, TimeSpan atMost, CancellationToken cancel) =>
        throw new NotSupportedException("The gateway reads no stream.");
}
