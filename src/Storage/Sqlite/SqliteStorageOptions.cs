using System.ComponentModel.DataAnnotations;

namespace Correlation.Storage.Sqlite;

/// <summary>The embedded storage: where it is kept, and its limits.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>The folder that holds <c>state.db</c>; made where there is none.</summary>
    /// <value>Default <c>./data</c>; the host sets it from <c>CORRELATION_DATA_DIR</c>.</value>
    [Required]
    public string Folder { get; set; } = "./data";

    /// <summary>How many state rows go into one transaction; journals and checkpoints get their turn between two.</summary>
    /// <value>Default 5,000.</value>
    [Range(1, 1_000_000)]
    public int GroupRows { get; set; } = 5_000;

    /// <summary>How many bytes go into one transaction; one row or event may be larger.</summary>
    /// <value>Default 8 MiB.</value>
    [Range(1, 1024 * 1024 * 1024)]
    public int GroupBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How many journal, checkpoint and parking writes wait for the writer before the next caller waits in its turn.
    /// </summary>
    /// <value>Default 4,096.</value>
    [Range(1, 1_000_000)]
    public int QueuedWrites { get; set; } = 4_096;

    /// <summary>How many groups of state rows wait for the writer before the next caller waits in its turn.</summary>
    /// <value>Default 64.</value>
    [Range(1, 100_000)]
    public int QueuedGroups { get; set; } = 64;

    /// <summary>For how many keys of state rows the row's number is remembered, for writes that come without a hint.</summary>
    /// <value>Default 100,000.</value>
    [Range(2, 100_000_000)]
    public int RememberedKeys { get; set; } = 100_000;

    /// <summary>The largest row, event, snapshot or parked signal, in bytes.</summary>
    /// <value>Default 64 MiB.</value>
    [Range(1, 512 * 1024 * 1024)]
    public int RowBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The page cache of the writer, in KiB.</summary>
    /// <value>Default 65,536 (64 MiB).</value>
    [Range(1_024, 16 * 1024 * 1024)]
    public int CacheKibibytes { get; set; } = 64 * 1024;
}
