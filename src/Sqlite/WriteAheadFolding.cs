using Microsoft.Data.Sqlite;

namespace Correlation.Sqlite;

/// <summary>Folds the write-ahead log of a file back on a thread and a connection of its own, while the writer goes on.</summary>
/// <remarks>A writer that folds its log back itself (SQLite's auto-checkpoint) waits for the disk with all that waits for it, for
/// 50 ms and more where it has written much. What was folded back here is nothing that it has to fold back: it then only does the
/// little that came since, at its limit, and begins its log anew. A passive checkpoint waits for nobody and holds nobody up; see
/// https://www.sqlite.org/wal.html#ckpt.</remarks>
internal sealed class WriteAheadFolding : IDisposable
{
    private const int FlushesPerFold = 8;

    /// <summary>So many times as much as is due waits for the rest to be over: who writes with all his might writes less when the
    /// same pages are folded back once instead of four times.</summary>
    private const int Most = 4;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly SqliteSession _session;
    private readonly string _log;
    private readonly long _every;
    private readonly bool _flushes;
    private readonly AutoResetEvent _due = new(false);
    private readonly Thread _thread;
    private long _written;
    private long _unflushed;
    private long _foldedAt;
    private long _flushedAt;
    private volatile bool _folds;
    private volatile bool _closing;

    /// <summary>Starts the thread.</summary>
    /// <param name="path">The file, which is there.</param>
    /// <param name="every">After how many bytes of what the writer was given, once a second at most; after four times as many in
    /// any case.</param>
    /// <param name="flushes">Whether what the writer has put into its log is brought to the disk meanwhile, bit by bit: for one
    /// that does not do that itself (<c>synchronous = NORMAL</c>). All at once, before the log is folded back or begun anew, it
    /// keeps the disk from all others for tens of milliseconds.</param>
    public WriteAheadFolding(string path, long every, bool flushes)
    {
        (_log, _every, _flushes) = (path + "-wal", every, flushes);
        _session = SqliteSession.OpenWriter(path, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;");
        _thread = new Thread(Run) { IsBackground = true, Name = $"write-ahead folding of {Path.GetFileName(path)}" };
        _thread.Start();
    }

    /// <summary>Takes note of what the writer has stored; called by the writer alone.</summary>
    public void Wrote(long bytes)
    {
        _written += bytes;
        _unflushed += bytes;
        if (IsDue(_written, _every, _foldedAt, Rest))
            (_written, _foldedAt, _folds) = (0, TimeProvider.System.GetTimestamp(), true);
        else if (!_flushes || !IsDue(_unflushed, _every / FlushesPerFold, _flushedAt, Rest / FlushesPerFold)) return;
        (_unflushed, _flushedAt) = (0, TimeProvider.System.GetTimestamp());
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

    private static bool IsDue(long bytes, long every, long last, TimeSpan rest) => bytes >= every
        && (bytes >= Most * every || last == 0 || TimeProvider.System.GetElapsedTime(last) >= rest);

    private void Run()
    {
        while (_due.WaitOne() && !_closing)
        {
            try
            {
                if (_flushes) Flush();
                if (!_folds) continue;
                _folds = false;
                _session.Prepare("PRAGMA wal_checkpoint(PASSIVE)").Run();
            }
            catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
            {
                // The disk is full or fails: the writer meets it too, and whoever waits for it is told.
            }
        }
    }

    /// <summary>SQLite keeps its locks on the other two files, so that this one may be opened and closed beside it.</summary>
    private void Flush()
    {
        using var file = File.OpenHandle(_log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }
}
