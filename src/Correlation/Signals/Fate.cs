namespace Correlation.Signals;

/// <summary>What became of a signal. Every signal has exactly one fate at its partition's checkpoint.</summary>
[GenerateSerializer, Alias("fate")]
public enum Fate : byte
{
    /// <summary>Not decided yet.</summary>
    None = 0,

    /// <summary>The record was not understood; its reason says why.</summary>
    Rejected = 1,

    /// <summary>A repetition of a signal that was applied before.</summary>
    Duplicate = 2,

    /// <summary>Its event time is further behind its own log time than the allowed lateness.</summary>
    Late = 3,

    /// <summary>Counted into a state that it did not change: a metric value, the repetition of an open condition.</summary>
    Aggregated = 4,

    /// <summary>Kept as context of its resource.</summary>
    Context = 5,

    /// <summary>Opened, closed or changed a symptom, or recorded a change.</summary>
    Transition = 6,

    /// <summary>Left out on purpose under overload.</summary>
    Shed = 7,

    /// <summary>Kept in order in the parking lane instead of being applied now.</summary>
    Parked = 8,

    /// <summary>Its handling failed for good; the signal is kept for a re-drive.</summary>
    Failed = 9,
}
