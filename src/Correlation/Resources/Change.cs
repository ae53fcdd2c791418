using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>A write or action on a resource: a possible cause, not a symptom.</summary>
[GenerateSerializer, Immutable, Alias("change")]
public sealed record Change
{
    /// <summary>32 hexadecimal digits from its dedup key: equal in every replay.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The resource it was made on.</summary>
    [Id(1)] public required ResourceId Resource { get; init; }

    /// <summary>When it happened, event time.</summary>
    [Id(2)] public DateTimeOffset At { get; init; }

    /// <summary><c>write</c>, <c>delete</c>, <c>action</c>, <c>deploy</c> or <c>scale</c>.</summary>
    [Id(3)] public string Verb { get; init; } = "write";

    /// <summary>One line for people; hostile text.</summary>
    [Id(4)] public string Title { get; init; } = "";

    /// <summary>The operation's name as Azure writes it.</summary>
    [Id(5)] public string? Operation { get; init; }

    /// <summary>Who made it, where the record says so.</summary>
    [Id(6)] public string? Actor { get; init; }

    /// <summary>Keys that it shares with signals of one cause.</summary>
    [Id(7)] public ImmutableArray<string> CauseKeys { get; init; } = [];

    /// <summary>The signal that told of it.</summary>
    [Id(8)] public required SignalReference Signal { get; init; }
}
