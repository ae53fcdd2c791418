namespace Correlation.Resources;

/// <summary>Why a symptom ended.</summary>
[GenerateSerializer, Alias("end-reason")]
public enum EndReason : byte
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>A closing signal of the same instance said so.</summary>
    Resolved = 1,

    /// <summary>The counterpart of the opening event came (an operation succeeded again, a later stage).</summary>
    Counterpart = 2,

    /// <summary>The resource's own health returned.</summary>
    HealthReturned = 3,

    /// <summary>Nothing said that it ended; the documented time-out of its kind of condition ended it.</summary>
    TimedOut = 4,

    /// <summary>The resource was deleted, or went to another customer.</summary>
    Withdrawn = 5,
}
