using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>A signal that a resource remembers for whoever looks.</summary>
[GenerateSerializer, SuppressReferenceTracking, Immutable, Alias("kept-signal")]
public sealed record KeptSignal
{
    /// <summary>Its position.</summary>
    [Id(0)] public required Position Position { get; init; }

    /// <summary>What sort it is.</summary>
    [Id(1)] public SignalKind Kind { get; init; }

    /// <summary>What it did.</summary>
    [Id(2)] public SignalRole Role { get; init; }

    /// <summary>How bad it says it is.</summary>
    [Id(3)] public Severity Severity { get; init; }

    /// <summary>When it says it happened.</summary>
    [Id(4)] public DateTimeOffset EventTime { get; init; }

    /// <summary>One line for people; hostile text.</summary>
    [Id(5)] public string Title { get; init; } = "";

    /// <summary>What Azure calls it; null where the record has no id.</summary>
    [Id(6)] public string? ExternalId { get; init; }

    /// <summary>The key of its condition; null where it has none.</summary>
    [Id(7)] public string? Condition { get; init; }

    /// <summary>What became of it.</summary>
    [Id(8)] public Fate Fate { get; init; }
}
