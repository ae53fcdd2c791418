using System.ComponentModel.DataAnnotations;

namespace Correlation.Grains.Archive;

/// <summary>Whether the raw messages are archived, and how long they stay.</summary>
public sealed class ArchiveOptions
{
    /// <summary>For how many days messages are kept, by customer and day of their log time.</summary>
    /// <value>0: nothing is archived. The streams themselves keep messages for days; each archived batch is one more write for
    /// each customer in it, and checkpoints wait for it.</value>
    [Range(0, 3660)] public int Days { get; set; }
}
