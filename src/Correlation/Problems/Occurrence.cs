using Correlation.Signals;

namespace Correlation.Problems;

/// <summary>One incident as far as recurrence goes.</summary>
[GenerateSerializer, Immutable, Alias("problem-occurrence")]
public sealed record Occurrence
{
    /// <summary>The incident.</summary>
    [Id(0)] public required string Incident { get; init; }

    /// <summary>The incident's version that this was made from; 0 where only a merged part of it is known.</summary>
    [Id(1)] public long Version { get; init; }

    /// <summary>What it looks like.</summary>
    [Id(2)] public required Fingerprint Fingerprint { get; init; }

    /// <summary>Its title; hostile text.</summary>
    [Id(3)] public string Title { get; init; } = "";

    /// <summary>Its severity.</summary>
    [Id(4)] public Severity Severity { get; init; }

    /// <summary>When it began, event time.</summary>
    [Id(5)] public DateTimeOffset Started { get; init; }

    /// <summary>When it ended; null while open.</summary>
    [Id(6)] public DateTimeOffset? Ended { get; init; }

    /// <summary>The problem that it is an occurrence of; null where it is none.</summary>
    [Id(7)] public string? Problem { get; init; }

    /// <summary>The incident that answers for it since a merge; null where it answers for itself. A merged one counts
    /// nowhere.</summary>
    [Id(8)] public string? MergedInto { get; init; }

    /// <summary>How long it lasted, or has lasted; never negative.</summary>
    public TimeSpan DurationAt(DateTimeOffset now)
    {
        var duration = (Ended ?? now) - Started;
        return duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
    }
}
