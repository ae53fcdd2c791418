using System.Buffers.Binary;
using System.Diagnostics;
using Correlation.Streams;
using Correlation.Tests.Shared.Kafka;

namespace Correlation.LoadTests.EventHubs;

/// <summary>Sends numbered messages through a hub in slices, because the mock cluster keeps little, and reads them as the
/// readers
/// do while brokers go, leaders move and requests fail. A reader also goes back now and then and must read the same
/// again.</summary>
/// <param name="cluster">The cluster that is broken.</param>
/// <param name="topic">The hub.</param>
/// <param name="streams">Where it is read.</param>
/// <param name="intake">Where it is written.</param>
internal sealed class SliceRun(MockCluster cluster, string topic, IStreamCatalog streams, ISignalIntake intake)
{
    private const int AppendMessages = 250;
    private const int Senders = 4;
    private const int BatchMessages = 256;
    private const int BatchBytes = 2 * 1024 * 1024;
    private const int BodyBytes = 220;
    private const int RewindOneIn = 40;
    private const int PeekOneIn = 25;
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(100);

    /// <summary>After how long without any message what is missing counts as lost.</summary>
    private static readonly TimeSpan StallMax = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(20261126);
    private readonly Dictionary<int, List<int>> _numbers = [];
    private int[] _times = [];
    private long _wrong;
    private long _rewinds;
    private long _peeks;
    private long _refused;
    private int _all;
    private long _moved;

    /// <summary>Runs; ends with the first slice of which something is lost.</summary>
    /// <param name="messages">How many messages.</param>
    /// <param name="slice">How many before all of them have to be read.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<SliceFigures> RunAsync(int messages, int slice, CancellationToken cancel)
    {
        _times = new int[messages];
        var stream = (await streams.StreamsAsync(cancel))[0];
        var partitions = await PartitionsAsync(stream, cancel);
        foreach (var partition in partitions) _numbers[partition] = [];
        var faults = new SliceFaults(cluster, topic, partitions.Count);
        var clock = Stopwatch.StartNew();
        var sent = 0;
        for (var first = 0; first < messages && Read() == first; first += slice)
        {
            var until = Math.Min(messages, first + slice);
            _moved = Stopwatch.GetTimestamp();
            var breaking = faults.BreakAsync(cancel);
            await Task.WhenAll(
                SendAsync(first, until, cancel),
                Task.WhenAll(partitions.Select(partition => ReadAsync(stream, partition, until, cancel))));
            await breaking;
            sent = until;
        }

        return new SliceFigures(
            sent, _times.Take(sent).Count(times => times == 0), _times.Count(times => times > 1), Interlocked.Read(ref _wrong),
            Interlocked.Read(ref _refused), faults.Count, Interlocked.Read(ref _rewinds), Interlocked.Read(ref _peeks),
            Math.Round(sent / clock.Elapsed.TotalSeconds));
    }

    private static async Task<IReadOnlyList<int>> PartitionsAsync(ISignalStream stream, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await stream.PartitionsAsync(cancel);
            }
            catch (StreamUnavailableException)
            {
                await Task.Delay(IdleWait, cancel);
            }
        }
    }

    private async Task SendAsync(int first, int until, CancellationToken cancel)
    {
        var next = first - AppendMessages;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            for (int from; (from = Interlocked.Add(ref next, AppendMessages)) < until;)
                await AppendAsync(from, Math.Min(until, from + AppendMessages), cancel);
        }));
    }

    /// <summary>Appends until it is acknowledged, as whoever sends to the gateway has to. What was refused may have been stored
    /// in part, and is counted, so that a double that comes from it can be told.</summary>
    private async Task AppendAsync(int from, int until, CancellationToken cancel)
    {
        List<ReadOnlyMemory<byte>> bodies = [.. Enumerable.Range(from, until - from).Select(Body)];
        while (true)
        {
            try
            {
                await intake.AppendAsync(bodies, cancel);
                return;
            }
            catch (Exception error) when (error is StreamUnavailableException or StreamBusyException)
            {
                Interlocked.Add(ref _refused, bodies.Count);
            }
        }
    }

    private async Task ReadAsync(ISignalStream stream, int partition, int until, CancellationToken cancel)
    {
        var numbers = _numbers[partition];
        long next = numbers.Count;
        while (Read() < until && Stopwatch.GetElapsedTime(Volatile.Read(ref _moved)) < StallMax)
        {
            using var batch = await ReadAsync(stream, partition, next, cancel);
            foreach (var message in batch.Messages)
            {
                if (message.Offset != next) Interlocked.Increment(ref _wrong);
                Book(numbers, next++, Number(message));
            }

            if (batch.Messages.Count == 0) await stream.WaitAsync(partition, next, IdleWait, cancel);
            else if (One(PeekOneIn)) await PeekAsync(stream, partition, next - 1, numbers, cancel);
            if (batch.Messages.Count > 0 && One(RewindOneIn))
            {
                Interlocked.Increment(ref _rewinds);
                next = Math.Max(0, next - BatchMessages - 7);
            }
        }
    }

    /// <summary>Reads, again and again where the cluster cannot say how far the partition reaches, as a reader that is begun
    /// anew.</summary>
    private static async Task<StreamBatch> ReadAsync(ISignalStream stream, int partition, long next, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await stream.ReadAsync(partition, next, BatchMessages, BatchBytes, cancel);
            }
            catch (StreamUnavailableException)
            {
                await Task.Delay(IdleWait, cancel);
            }
        }
    }

    /// <summary>A message that is read again must be the one that was there before.</summary>
    private void Book(List<int> numbers, long offset, int number)
    {
        if (offset < numbers.Count)
        {
            if (numbers[(int)offset] != number) Interlocked.Increment(ref _wrong);
            return;
        }

        numbers.Add(number);
        Volatile.Write(ref _moved, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref _times[number]);
    }

    private async Task PeekAsync(ISignalStream stream, int partition, long offset, List<int> numbers, CancellationToken cancel)
    {
        try
        {
            using var peeked = await stream.PeekAsync(partition, offset, cancel);
            Interlocked.Increment(ref _peeks);
            if (peeked.Messages.Count != 1 || Number(peeked.Messages[0]) != numbers[(int)offset])
                Interlocked.Increment(ref _wrong);
        }
        catch (StreamUnavailableException)
        {
            // A broker is down; a reader begins anew then.
        }
    }

    /// <summary>How many different messages have been read, of those that were sent first on.</summary>
    private int Read()
    {
        lock (_random)
        {
            while (_all < _times.Length && Volatile.Read(ref _times[_all]) > 0) _all++;
            return _all;
        }
    }

    private bool One(int of)
    {
        lock (_random) return _random.Next(of) == 0;
    }

    private static ReadOnlyMemory<byte> Body(int number)
    {
        var body = new byte[BodyBytes];
        BinaryPrimitives.WriteInt32LittleEndian(body, number);
        return body;
    }

    private static int Number(StoredMessage message) => BinaryPrimitives.ReadInt32LittleEndian(message.Body.Span);
}

/// <summary>What came of a run.</summary>
/// <param name="Messages">How many messages were sent and acknowledged.</param>
/// <param name="Lost">Acknowledged, and never read.</param>
/// <param name="Doubled">Read at more than one position.</param>
/// <param name="Wrong">Reads that were out of order, or told another message than before.</param>
/// <param name="Refused">Messages whose append failed and was made again.</param>
/// <param name="Faults">How often something was broken.</param>
/// <param name="Rewinds">How often a reader went back.</param>
/// <param name="Peeks">How many messages were looked at beside.</param>
/// <param name="MessagesPerSecond">Sent and read.</param>
internal sealed record SliceFigures(
    int Messages, int Lost, int Doubled, long Wrong, long Refused, int Faults, long Rewinds, long Peeks,
    double MessagesPerSecond);
