using System.ComponentModel.DataAnnotations;

namespace Correlation.Decoding;

/// <summary>What one message may cost; a message or record beyond a limit is rejected with that limit as its reason.</summary>
public sealed class DecodingLimits
{
    /// <summary>The largest message, in bytes.</summary>
    /// <value>1,048,576 (Event Hubs' own limit for an event). Smaller rejects what Azure may send.</value>
    [Range(1024, 16 * 1024 * 1024)] public int MessageBytes { get; set; } = 1024 * 1024;

    /// <summary>The deepest nesting of JSON.</summary>
    /// <value>64, counted from the record's own brace. A deeper record is rejected, its siblings are not; a message
    /// that wraps its records in more arrays than that is rejected whole.</value>
    [Range(8, 512)] public int Depth { get; set; } = 64;

    /// <summary>The most records in one message; those beyond are rejected one by one.</summary>
    /// <value>10,000.</value>
    [Range(1, 1_000_000)] public int Records { get; set; } = 10_000;

    /// <summary>The most targets of one record that become signals; those beyond are rejected.</summary>
    /// <value>100.</value>
    [Range(1, 10_000)] public int Targets { get; set; } = 100;

    /// <summary>How far an event time may lie ahead of the log time before it is replaced by it.</summary>
    /// <value>5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")] public TimeSpan ClockAhead { get; set; } = TimeSpan.FromMinutes(5);
}
