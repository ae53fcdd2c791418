using Microsoft.Data.Sqlite;

namespace Correlation.Sqlite;

/// <summary>Folds the write-ahead log of a file back on a thread and a connection of its own, while the writer goes on.</summary>
/// <remarks>A writer that folds its log back itself (SQLite's auto-checkpoint) waits for the disk with all that waits for it, for
/// 50 ms and more where it has written much. What was folded back here is nothing that it has to fold back: it then only does the
/// little that came since, at its limit, and begins its log anew. A passive checkpoint waits for nobody and holds nobody up; see
/// https://www.sqlite.org/wal.html#ckpt.</remarks>
internal sealed class WriteAheadFolding : IDisposable
{
    private readonly SqliteSession _session;
    private readonly long _every;
    private readonly AutoResetEvent _due = new(false);
    private readonly Thread _thread;
    private long _written;
    private volatile bool _closing;

    /// <summary>Starts the thread.</summary>
    /// <param name="path">The file, which is there.</param>
    /// <param name="every">After how many bytes of what the writer was given.</param>
    public WriteAheadFolding(string path, long every)
    {
        _every = every;
        _session = SqliteSession.OpenWriter(path, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;");
        _thread = new Thread(Run) { IsBackground = true, Name = $"write-ahead folding of {Path.GetFileName(path)}" };
        _thread.Start();
    }

    /// <summary>Takes note of what the writer has stored; called by the writer alone.</summary>
    public void Wrote(long bytes)
    {
        _written += bytes;
        if (_written < _every) return;
        _written = 0;
        _due.Set();
    }

    public void Dispose()
    {
        _closing = true;
        _due.Set();
        _thread.Join();
        _session.Dispose();
        _due.Dispose();
    }

    private void Run()
    {
        while (_due.WaitOne() && !_closing)
        {
            try
            {
                _session.Prepare("PRAGMA wal_checkpoint(PASSIVE)").Run();
            }
            catch (SqliteException)
            {
                // The disk is full or fails: the writer meets it too, and whoever waits for it is told.
            }
        }
    }
}
