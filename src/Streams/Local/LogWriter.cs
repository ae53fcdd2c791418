using System.Threading.Channels;
using Correlation.Sqlite;

namespace Correlation.Streams.Local;

/// <summary>The one thread that writes the log: it takes all operations that wait, up to a weight, into one
/// transaction.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly SqliteSession session;
    private readonly WriteAheadFolding folding;
    private readonly LogClock clock;
    private readonly int groupBytes;
    private readonly Action<IReadOnlyCollection<StreamState>> written;
    private readonly StreamInstruments instruments;
    private readonly Channel<LogOperation> queue;
    private readonly Thread thread;

    /// <summary>Starts the thread; it owns the connection, and what folds its log back, from now on.</summary>
    /// <param name="session">The writing connection.</param>
    /// <param name="folding">Folds its write-ahead log back.</param>
    /// <param name="clock">The log's time.</param>
    /// <param name="options">The limits.</param>
    /// <param name="written">Told the streams of each transaction once it is durable.</param>
    /// <param name="instruments">Told of each transaction.</param>
    public LogWriter(
        SqliteSession session, WriteAheadFolding folding, LogClock clock, LocalStreamOptions options,
        Action<IReadOnlyCollection<StreamState>> written, StreamInstruments instruments)
    {
        this.folding = folding;
        this.instruments = instruments;
        this.session = session;
        this.clock = clock;
        this.written = written;
        groupBytes = options.GroupBytes;
        queue = Channel.CreateBounded<LogOperation>(
            new BoundedChannelOptions(options.QueuedAppends) { SingleReader = true });
        thread = new Thread(Run) { IsBackground = true, Name = "stream log writer" };
        thread.Start();
    }

    /// <summary>Hands an operation over, waiting for room, and waits until it is durable.</summary>
    /// <exception cref="ObjectDisposedException">The log is closed.</exception>
    public async Task<long?> DoAsync(LogOperation operation, CancellationToken cancel)
    {
        try
        {
            await queue.Writer.WriteAsync(operation, cancel);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(LocalLog), "The stream log is closed.");
        }

        return await operation.Done.WaitAsync(cancel);
    }

    /// <summary>Hands an operation over if there is room.</summary>
    public void TryDo(LogOperation operation) => queue.Writer.TryWrite(operation);

    /// <summary>Does what waits, folds the write-ahead log back, and closes the connection.</summary>
    public void Dispose()
    {
        if (!queue.Writer.TryComplete()) return;
        thread.Join();
        folding.Dispose();
        session.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").Run();
        session.Dispose();
    }

    private void Run()
    {
        // A thread of its own: the wait for the disk must not take one from the pool.
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) Commit(Take());
    }

    private List<LogOperation> Take()
    {
        var group = new List<LogOperation>();
        for (var bytes = 0L; bytes < groupBytes && queue.Reader.TryRead(out var operation); bytes += operation.Bytes)
        {
            group.Add(operation);
        }

        return group;
    }

    private void Commit(List<LogOperation> group)
    {
        var applied = new List<(LogOperation Operation, long? Result)>(group.Count);
        using var span = instruments.Source.StartActivity("stream.commit");
        var begun = instruments.Begin();
        try
        {
            session.BeginWrite();
            var transaction = new LogTransaction(session, clock.BeginStamp());
            foreach (var operation in group) Apply(operation, transaction, applied);
            transaction.Save();
            if (clock.IsStampStale()) throw new TimeoutException("The log was too slow; nothing of this was stored.");
            session.Commit();
            instruments.OnCommitted(begun, transaction);
            folding.Wrote(transaction.AppendedBytes);
            written(transaction.Streams);
            foreach (var (operation, result) in applied) operation.Complete(result);
        }
        catch (Exception error)
        {
            session.Rollback();
            foreach (var operation in group) operation.Fail(error);
        }
        finally
        {
            clock.EndStamp();
        }
    }

    private static void Apply(
        LogOperation operation, LogTransaction transaction, List<(LogOperation Operation, long? Result)> applied)
    {
        try
        {
            applied.Add((operation, operation.Apply(transaction)));
        }
        catch (InvalidOperationException refused)
        {
            operation.Fail(refused);
        }
    }
}
