using System.Collections.Immutable;
using Correlation.Problems;
using Correlation.Signals;

namespace Correlation.Contracts;

/// <summary>What recurs: incidents of one fingerprint.</summary>
[GenerateSerializer, Immutable, Alias("problem-view")]
public sealed record ProblemView
{
    /// <summary>Its id; starts with the customer's key and a dot.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The customer's key.</summary>
    [Id(1)] public required string Customer { get; init; }

    /// <summary>Rises with every change.</summary>
    [Id(2)] public long Version { get; init; }

    /// <summary>What its incidents have in common, readable.</summary>
    [Id(3)] public string Fingerprint { get; init; } = "";

    /// <summary>One line for people; hostile text.</summary>
    [Id(4)] public string Title { get; init; } = "";

    /// <summary>Where it is in its life.</summary>
    [Id(5)] public ProblemState State { get; init; }

    /// <summary>How often it has occurred.</summary>
    [Id(6)] public int Occurrences { get; init; }

    /// <summary>The first occurrence's start.</summary>
    [Id(7)] public DateTimeOffset First { get; init; }

    /// <summary>The newest occurrence's start.</summary>
    [Id(8)] public DateTimeOffset Last { get; init; }

    /// <summary>Its rhythm in the customer's local time, for example <c>daily about 02:10 (Europe/Berlin)</c>;
    /// empty for none.</summary>
    [Id(9)] public string Cadence { get; init; } = "";

    /// <summary>The sum of its occurrences' durations.</summary>
    [Id(10)] public TimeSpan TimeSpent { get; init; }

    /// <summary>What it has cost so far, for ranking; see ARCHITECTURE.md, "Cost of a problem".</summary>
    [Id(11)] public double Cost { get; init; }

    /// <summary>The worst severity of its occurrences.</summary>
    [Id(12)] public Severity Severity { get; init; }

    /// <summary>The resource that its occurrences have in common; null where there is none.</summary>
    [Id(13)] public ResourceId? Resource { get; init; }

    /// <summary>Its newest incidents, newest first; at most 20.</summary>
    [Id(14)] public ImmutableArray<string> Incidents { get; init; } = [];

    /// <summary>The known error: what is wrong and how to get by, as a person wrote it.</summary>
    [Id(15)] public string? KnownError { get; init; }

    /// <summary>What was last done about it; null for nothing.</summary>
    [Id(16)] public string? LastFix { get; init; }

    /// <summary>Whether it has stayed away since the last fix; null where there was none or it is too early to say.</summary>
    [Id(17)] public bool? FixHeld { get; init; }
}
