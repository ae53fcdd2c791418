using Correlation.Sqlite;

namespace Correlation.Storage.Sqlite;

/// <summary>The tables of <c>state.db</c>.</summary>
/// <remarks>
/// Keys are UTF-8 bytes, so that they compare by code point and any text is a key. State rows are keyed by an integer that a
/// key gets at first sight and no other key ever gets: sorted by it, a flush goes through the tree once from left to right.
/// Everything is in one file, so that after a power cut it is as it was at one moment.
/// </remarks>
internal static class StateFormat
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "state.db";

    /// <summary>The version of the rows that this program writes.</summary>
    public const long RowVersion = 1;

    public static readonly SqliteFormat File = new(ApplicationId: 0x436F7274, Version: 2, Tables:
        """
        CREATE TABLE state_key (id INTEGER PRIMARY KEY AUTOINCREMENT, text BLOB NOT NULL UNIQUE);
        CREATE TABLE state (id INTEGER PRIMARY KEY, schema INTEGER NOT NULL, etag INTEGER NOT NULL, data BLOB NOT NULL);

        CREATE TABLE journal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            text BLOB NOT NULL UNIQUE,
            schema INTEGER NOT NULL,
            version INTEGER NOT NULL,
            snapshot_version INTEGER NOT NULL);
        CREATE TABLE snapshot (journal INTEGER PRIMARY KEY, schema INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE event (
            journal INTEGER NOT NULL,
            version INTEGER NOT NULL,
            id BLOB NOT NULL,
            schema INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (journal, version)) WITHOUT ROWID;
        CREATE UNIQUE INDEX event_id ON event (journal, id);

        CREATE TABLE checkpoint (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            text BLOB NOT NULL UNIQUE,
            schema INTEGER NOT NULL,
            etag INTEGER NOT NULL,
            data BLOB NOT NULL);
        CREATE TABLE fate (
            checkpoint INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            last INTEGER NOT NULL,
            first INTEGER NOT NULL,
            schema INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (checkpoint, epoch, last)) WITHOUT ROWID;

        CREATE TABLE lane (id INTEGER PRIMARY KEY AUTOINCREMENT, text BLOB NOT NULL UNIQUE, signals INTEGER NOT NULL);
        CREATE TABLE parked (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            lane INTEGER NOT NULL,
            position BLOB NOT NULL,
            schema INTEGER NOT NULL,
            reason BLOB NOT NULL,
            data BLOB NOT NULL);
        CREATE UNIQUE INDEX parked_position ON parked (lane, position);
        CREATE INDEX parked_order ON parked (lane, id);
        """)
    {
        Upgrades = [Parking],
    };

    /// <summary>Version 2: lanes know whose they are, what holds them and when they are tried again; parking has books.</summary>
    private const string Parking =
        """
        ALTER TABLE lane ADD COLUMN customer BLOB NOT NULL DEFAULT x'';
        ALTER TABLE lane ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE lane ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE lane ADD COLUMN next_try INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE lane ADD COLUMN reason BLOB NOT NULL DEFAULT x'';
        ALTER TABLE parked ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE parked ADD COLUMN ordinal INTEGER NOT NULL DEFAULT -1;
        UPDATE lane SET held = COALESCE((SELECT MAX(id) FROM parked WHERE parked.lane = lane.id), 0);
        CREATE TABLE parking (
            customer BLOB NOT NULL,
            fate INTEGER NOT NULL,
            signals INTEGER NOT NULL,
            PRIMARY KEY (customer, fate)) WITHOUT ROWID;
        INSERT INTO parking (customer, fate, signals) SELECT x'', 0, n FROM (SELECT COUNT(*) AS n FROM parked) WHERE n > 0;
        """;

    /// <summary>After how many bytes of rows the write-ahead log is folded back beside the writer; they are about 4,000 pages:
    /// whoever waits for the disk meanwhile waits for these to be written.</summary>
    public const long FoldedEvery = 4 * 1024 * 1024;

    /// <summary>The settings of the writing connection; it folds the write-ahead log back itself at 40,000 pages
    /// (160 MB).</summary>
    public static string WriterSetup(SqliteStorageOptions options) =>
        $"""
        PRAGMA page_size = 4096;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA busy_timeout = 10000;
        PRAGMA wal_autocheckpoint = 40000;
        PRAGMA journal_size_limit = 134217728;
        PRAGMA cache_size = -{options.CacheKibibytes};
        """;

    /// <summary>Refuses a row that a newer program wrote.</summary>
    public static void CheckRow(long version)
    {
        if (version is < 1 or > RowVersion)
        {
            throw new InvalidDataException(
                $"A stored row is of version {version}; this program knows versions up to {RowVersion}.");
        }
    }
}
