using System.Collections.Concurrent;

namespace Correlation.Sqlite;

/// <summary>The reading connections of a file: as many as are used at once, and a few kept for the next reads.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private readonly int kept = Math.Max(4, 2 * Environment.ProcessorCount);
    private volatile bool disposed;

    /// <summary>Runs a read of one statement.</summary>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!idle.TryTake(out var session)) session = SqliteSession.OpenReader(path);
        try
        {
            var result = read(session);
            Return(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a read of several statements that see one state of the file.</summary>
    public T ReadTogether<T>(Func<SqliteSession, T> read) => Read(session =>
    {
        session.BeginRead();
        var result = read(session);
        session.Commit();
        return result;
    });

    public void Dispose()
    {
        disposed = true;
        while (idle.TryTake(out var session)) session.Dispose();
    }

    private void Return(SqliteSession session)
    {
        if (disposed || idle.Count >= kept) session.Dispose();
        else idle.Add(session);
        if (disposed) Dispose();
    }
}
