using Correlation.Sqlite;

namespace Correlation.Streams.Local;

/// <summary>The tables of <c>stream.db</c>.</summary>
/// <remarks>
/// Each partition has a table of its own, keyed by the offset alone: an append then always lands at the right end of its
/// B-tree, where SQLite fills pages completely without splitting them, and retention takes pages off the left end. Times are
/// UTC ticks (100 ns), names are UTF-8 bytes. The version of the file is the version of its rows; bodies are as received.
/// </remarks>
internal static class LogFormat
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "stream.db";

    /// <summary>After how many bytes of messages the write-ahead log is folded back beside the writer.</summary>
    public const long FoldedEvery = 4 * 1024 * 1024;

    /// <summary>Durable at commit; the writer folds the write-ahead log back itself at 8,000 pages (64 MB).</summary>
    public const string WriterSetup =
        """
        PRAGMA page_size = 8192;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 10000;
        PRAGMA wal_autocheckpoint = 8000;
        PRAGMA journal_size_limit = 134217728;
        """;

    public static readonly SqliteFormat File = new(ApplicationId: 0x436F7253, Version: 1, Tables:
        """
        CREATE TABLE stream (
            id INTEGER PRIMARY KEY,
            name BLOB NOT NULL UNIQUE,
            partitions INTEGER NOT NULL,
            appended INTEGER NOT NULL,
            time INTEGER NOT NULL,
            recordings INTEGER NOT NULL,
            finished INTEGER NOT NULL);
        CREATE TABLE partition (
            stream INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            first INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            PRIMARY KEY (stream, partition)) WITHOUT ROWID;
        CREATE TABLE recording (
            stream INTEGER NOT NULL,
            name BLOB NOT NULL,
            progress INTEGER NOT NULL,
            finished INTEGER NOT NULL,
            PRIMARY KEY (stream, name)) WITHOUT ROWID;
        """);

    /// <summary>The table of a partition's messages.</summary>
    public static string Messages(long stream, int partition) => $"messages_{stream}_{partition}";

    /// <summary>Makes the table of a partition's messages.</summary>
    public static string CreateMessages(long stream, int partition) =>
        $"CREATE TABLE {Messages(stream, partition)} " +
        "(\"offset\" INTEGER PRIMARY KEY, log_time INTEGER NOT NULL, body BLOB NOT NULL)";
}
