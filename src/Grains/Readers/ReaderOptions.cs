using System.ComponentModel.DataAnnotations;

namespace Correlation.Grains.Readers;

/// <summary>How a partition is read.</summary>
public sealed class ReaderOptions
{
    /// <summary>The most messages in one batch.</summary>
    /// <value>256. More signals of one resource then go in one call; more is read again after a crash.</value>
    [Range(1, 10_000)] public int BatchMessages { get; set; } = 256;

    /// <summary>No message is added to a batch that holds so many bytes.</summary>
    /// <value>2 MiB.</value>
    [Range(1024, 64 * 1024 * 1024)] public int BatchBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>The most batches that are sent and not answered at a time: one that holds a hundred signals of one customer, or a
    /// resource that does not answer, then holds up nobody behind it. A resource gets one call at a time all the same.</summary>
    /// <value>4. Each holds a decoded batch in memory.</value>
    [Range(1, 64)] public int BatchesOutstanding { get; set; } = 4;

    /// <summary>The most that is answered but not checkpointed, in full batches, of which a small one counts as its part but at
    /// least as 1/32; then the reader waits.</summary>
    /// <value>32. Where messages trickle in, as many small batches are made within a second, and one customer that acknowledges
    /// slowly would hold all up.</value>
    [Range(1, 1000)] public int BatchesInFlight { get; set; } = 32;

    /// <summary>How often a resource fails to handle its signals before they are parked. What is no fault of the resource
    /// (a silo is gone, the storage does not answer) does not count.</summary>
    /// <value>5.</value>
    [Range(1, 100)] public int Attempts { get; set; } = 5;

    /// <summary>The delay before the second attempt; it doubles with each further one.</summary>
    /// <value>50 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a reader at the end of its partition waits for a message before it looks at the time again.</summary>
    /// <value>500 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan IdleWait { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a reader tells customers that they had input.</summary>
    /// <value>2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan SeenInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a reader that was not running may rely on the checkpoint that it remembers.</summary>
    /// <value>5 seconds; after a longer pause it reads its checkpoint row again before it sends.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")] public TimeSpan PauseMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a reader relies on its stream being the one that it has read; after that it looks again at the message
    /// before its checkpoint, before it sends more.</summary>
    /// <value>30 seconds. A stream that was recreated is nearly always noticed at once, because it ends too early.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan VerifyInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a reader that ends, because its silo does, waits until what it has read is checkpointed.</summary>
    /// <value>5 seconds; what is not checkpointed then is read again elsewhere.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")] public TimeSpan DrainMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How far, in log time, a message of a backlog may lie ahead of the slowest partition of its stream; it waits
    /// where it does. What is younger never waits.</summary>
    /// <value>1 hour. More lets a replay run faster, but resources then keep more than they have room for: signals are taken
    /// for new that came before, and symptoms are folded.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan LeadMax { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a backlog waits for a partition that does not move.</summary>
    /// <value>30 seconds; longer than it takes to find a lost silo's readers another place.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan LeadPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How far a customer's watermark lies behind the checkpointed log time.</summary>
    /// <value>30 minutes; also the lateness by which a single signal is late.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")] public TimeSpan Lateness { get; set; } = TimeSpan.FromMinutes(30);
}
