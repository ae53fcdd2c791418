using System.Threading.Channels;
using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>
/// The one thread that writes <c>state.db</c>. It takes all journal, checkpoint and parking writes that wait into one
/// transaction, then one group of state rows into the next, and so on in turn, so that neither waits for all of the other.
/// </summary>
internal sealed class StateWriter : IDisposable
{
    private readonly SqliteSession session;
    private readonly WriteAheadFolding folding;
    private readonly SqliteStorageOptions options;
    private readonly StateRows rows;
    private readonly StorageInstruments instruments;
    private readonly Channel<StateWork> first;
    private readonly Channel<StateRowGroup> lazy;
    private readonly AutoResetEvent wake = new(false);
    private readonly Thread thread;
    private StateRowGroup? held;
    private volatile bool closing;

    /// <summary>Starts the thread; it owns the connection, and what folds its log back, from now on.</summary>
    public StateWriter(
        SqliteSession session, WriteAheadFolding folding, SqliteStorageOptions options, StateRows rows,
        StorageInstruments instruments)
    {
        this.folding = folding;
        this.instruments = instruments;
        this.session = session;
        this.options = options;
        this.rows = rows;
        first = Channel.CreateBounded<StateWork>(new BoundedChannelOptions(options.QueuedWrites) { SingleReader = true });
        lazy = Channel.CreateBounded<StateRowGroup>(new BoundedChannelOptions(options.QueuedGroups) { SingleReader = true });
        thread = new Thread(Run) { IsBackground = true, Name = "state writer" };
        thread.Start();
    }

    /// <summary>Hands work over, waiting for room, and waits until it is stored.</summary>
    /// <exception cref="ObjectDisposedException">The storage is closed.</exception>
    public async Task<T> DoAsync<T>(long bytes, Func<SqliteSession, T> apply, CancellationToken cancel)
    {
        var work = new StateWork<T>(bytes, apply);
        await HandOverAsync(first, work, cancel);
        return await work.Done.WaitAsync(cancel);
    }

    /// <summary>Hands a group of state rows over, waiting for room.</summary>
    /// <exception cref="ObjectDisposedException">The storage is closed.</exception>
    public Task HandOverAsync(StateRowGroup group, CancellationToken cancel) => HandOverAsync(lazy, group, cancel);

    /// <summary>Does what waits, folds the write-ahead log back, and closes the connection.</summary>
    public void Dispose()
    {
        if (!first.Writer.TryComplete()) return;
        lazy.Writer.TryComplete();
        closing = true;
        wake.Set();
        thread.Join();
        folding.Dispose();
        session.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").Run();
        session.Dispose();
    }

    private async Task HandOverAsync<T>(Channel<T> queue, T work, CancellationToken cancel)
    {
        try
        {
            await queue.Writer.WriteAsync(work, cancel);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(StateFile), "The storage is closed.");
        }

        wake.Set();
    }

    private void Run()
    {
        while (!closing)
        {
            wake.WaitOne();
            while (TakeTurn())
            {
            }
        }

        // What was handed over before the queues closed may have arrived after the last turn.
        while (TakeTurn())
        {
        }
    }

    private bool TakeTurn()
    {
        var urgent = Urgent();
        if (urgent.Count > 0) Commit(urgent, ApplyEach);
        var groups = Lazy();
        if (groups.Count > 0) Commit(groups, rows.Apply);
        return urgent.Count + groups.Count > 0;
    }

    private List<StateWork> Urgent()
    {
        var taken = new List<StateWork>();
        for (var bytes = 0L; bytes < options.GroupBytes && first.Reader.TryRead(out var work); bytes += work.Bytes)
            taken.Add(work);
        return taken;
    }

    private List<StateRowGroup> Lazy()
    {
        var taken = new List<StateRowGroup>();
        var (count, bytes) = (0, 0L);
        while (held is not null || lazy.Reader.TryRead(out held))
        {
            count += held.Count;
            bytes += held.Bytes;
            if (taken.Count > 0 && (count > options.GroupRows || bytes > options.GroupBytes)) break;
            taken.Add(held);
            held = null;
        }

        return taken;
    }

    private static void ApplyEach(SqliteSession session, IReadOnlyList<StateWork> group)
    {
        foreach (var work in group) work.Apply(session);
    }

    /// <summary>Work that fails takes nothing else with it: the others are done again, each in a transaction of its
    /// own.</summary>
    private void Commit<T>(List<T> group, Action<SqliteSession, IReadOnlyList<T>> apply)
        where T : StateWork
    {
        using var span = instruments.Source.StartActivity("storage.transaction");
        try
        {
            session.BeginWrite();
            apply(session, group);
        }
        catch (Exception error)
        {
            session.Rollback();
            rows.Forget();
            instruments.OnFailed(Kind<T>());
            if (group.Count == 1) group[0].Fail(error);
            else foreach (var work in group) Commit([work], apply);
            return;
        }

        Finish(group);
    }

    private void Finish<T>(List<T> group)
        where T : StateWork
    {
        try
        {
            session.Commit();
        }
        catch (Exception error)
        {
            session.Rollback();
            rows.Forget();
            instruments.OnFailed(Kind<T>());
            foreach (var work in group) work.Fail(error);
            return;
        }

        rows.Remember();
        var count = group.Sum(work => (long)((work as StateRowGroup)?.Count ?? 1));
        var bytes = group.Sum(work => work.Bytes);
        instruments.OnStored(Kind<T>(), count, bytes);
        folding.Wrote(bytes);
        foreach (var work in group) work.Complete();
    }

    private static string Kind<T>() => typeof(T) == typeof(StateRowGroup) ? StorageInstruments.State : StorageInstruments.Journal;
}
