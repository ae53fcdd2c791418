using System.ComponentModel.DataAnnotations;

namespace Correlation.Silo.Collections;

/// <summary>When generation 0 is collected before the runtime would.</summary>
public sealed class EarlyCollectionOptions
{
    /// <summary>How many bytes are allocated after one collection before the next is made.</summary>
    /// <value>16 MiB; 0 leaves it to the runtime. Less makes pauses shorter and as much more frequent.</value>
    [Range(0, long.MaxValue)] public long AfterBytes { get; set; } = 16 << 20;

    /// <summary>From how many allocated bytes a second on it is left to the runtime, which then collects often enough.</summary>
    /// <value>100,000,000.</value>
    [Range(1, long.MaxValue)] public long UpToBytesPerSecond { get; set; } = 100_000_000;
}
