using System.ComponentModel.DataAnnotations;

namespace Correlation.Streams.Local;

/// <summary>The local log: where it is kept, for how long, and its limits.</summary>
public sealed class LocalStreamOptions
{
    /// <summary>The folder that holds <c>stream.db</c>; made where there is none.</summary>
    /// <value>Default <c>./data</c>; the host sets it from <c>CORRELATION_DATA_DIR</c>.</value>
    [Required]
    public string Folder { get; set; } = "./data";

    /// <summary>The name of the live stream: letters, digits, <c>-</c>, <c>_</c> and <c>.</c> only.</summary>
    /// <value>Default <c>live</c>.</value>
    [Required, RegularExpression(@"^[A-Za-z0-9._-]{1,128}\z")]
    public string Stream { get; set; } = "live";

    /// <summary>How many partitions a stream has; a larger number adds partitions to the live stream, a smaller one is
    /// ignored.</summary>
    /// <value>Default 8.</value>
    [Range(1, 1024)]
    public int Partitions { get; set; } = 8;

    /// <summary>The largest message, in bytes; a larger one is refused.</summary>
    /// <value>Default 16 MiB.</value>
    [Range(1, 512 * 1024 * 1024)]
    public int MessageBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many appends wait for the writer before the next caller waits in its turn.</summary>
    /// <value>Default 256.</value>
    [Range(1, 100_000)]
    public int QueuedAppends { get; set; } = 256;

    /// <summary>At how many bytes the writer commits although more appends wait.</summary>
    /// <value>Default 8 MiB.</value>
    [Range(1, 1024 * 1024 * 1024)]
    public int GroupBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How many streams the file holds, the live one included.</summary>
    /// <value>Default 64.</value>
    [Range(1, 10_000)]
    public int Streams { get; set; } = 64;

    /// <summary>How long messages are kept: in the live stream since they were stored, in others since the last recording ended.
    /// </summary>
    /// <value>Default 7 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan RetentionAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many bytes of messages a stream keeps, in equal shares for its partitions; a share holds one
    /// message at least.</summary>
    /// <value>Default 16 GiB.</value>
    [Range(1, long.MaxValue)]
    public long RetentionBytes { get; set; } = 16L * 1024 * 1024 * 1024;

    /// <summary>After how long without a message a recording is given up, and its stream's time goes on with
    /// the wall clock.</summary>
    /// <value>Default 10 minutes: a replay that somebody broke off holds the time of all customers back for that long.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan RecordingIdle { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often old messages are looked for.</summary>
    /// <value>Default 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether other processes of this machine read and write the same file.</summary>
    /// <value>Default false. Then a reader at the end is told a time <see cref="SharedMargin"/> back: what another process is
    /// writing now, and nobody sees yet, must not be behind it.</value>
    public bool IsShared { get; set; }

    /// <summary>The longest that a transaction of a shared log takes from its stamp to its end; one that takes longer stores
    /// nothing and fails.</summary>
    /// <value>Default 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan SharedMargin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a waiting reader looks for what another process has appended.</summary>
    /// <value>Default 100 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.0010000", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(100);
}
