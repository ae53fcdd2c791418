using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>A condition on a resource over an interval of event time, computed from the set of its facts.</summary>
[GenerateSerializer, Immutable, Alias("symptom")]
public sealed record Symptom
{
    /// <summary>32 hexadecimal digits made from resource, incarnation, condition and start: equal in every replay.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The resource.</summary>
    [Id(1)] public required ResourceId Resource { get; init; }

    /// <summary>What is complained about.</summary>
    [Id(2)] public required Condition Condition { get; init; }

    /// <summary>When it began, event time.</summary>
    [Id(3)] public DateTimeOffset Start { get; init; }

    /// <summary>When it ended, event time; null while it is open.</summary>
    [Id(4)] public DateTimeOffset? End { get; init; }

    /// <summary>Why it ended.</summary>
    [Id(5)] public EndReason EndReason { get; init; }

    /// <summary>The worst severity any of its signals carried.</summary>
    [Id(6)] public Severity Severity { get; init; }

    /// <summary>One line for people, from its first signal; hostile text.</summary>
    [Id(7)] public string Title { get; init; } = "";

    /// <summary>More for people; hostile text.</summary>
    [Id(8)] public string? Text { get; init; }

    /// <summary>How many signals it was computed from.</summary>
    [Id(9)] public int SignalCount { get; init; }

    /// <summary>How often it closed and opened again within the damping time.</summary>
    [Id(10)] public int Flaps { get; init; }

    /// <summary>Keys that it shares with other signals of its cause.</summary>
    [Id(11)] public ImmutableArray<string> CauseKeys { get; init; } = [];

    /// <summary>The Azure region it is about, where its signals say so.</summary>
    [Id(12)] public string? Region { get; init; }

    /// <summary>Its first and last signals, at most 20.</summary>
    [Id(13)] public ImmutableArray<SignalReference> Signals { get; init; } = [];

    /// <summary>Other resources that its signals name, at most 16.</summary>
    [Id(14)] public ImmutableArray<ResourceId> Linked { get; init; } = [];

    /// <summary>What sort of signal it was computed from.</summary>
    [Id(15)] public SignalKind Kind { get; init; }

    /// <summary>Whether shed or evicted signals may be missing from it.</summary>
    [Id(16)] public bool Degraded { get; init; }

    /// <summary>When a time-out will end it if nothing more is said of it, event time; null once it has ended.
    /// A repetition moves it without being reported, so that it may lag behind.</summary>
    [Id(17)] public DateTimeOffset? ExpectedEnd { get; init; }

    /// <summary>Whether it is one symptom made of a condition that came and went.</summary>
    public bool Flapping => Flaps >= FlappingFrom;

    /// <summary>From how many flaps on a symptom says that it flaps.</summary>
    public const int FlappingFrom = 2;

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => End is null;
}
