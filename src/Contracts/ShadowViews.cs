using System.Collections.Immutable;
using Correlation.Customers;

namespace Correlation.Contracts;

/// <summary>What a grouping in shadow would have decided for a customer, beside what was decided. It acts on nothing.</summary>
[GenerateSerializer, Immutable, Alias("shadow-view")]
public sealed record ShadowView
{
    /// <summary>The customer's key.</summary>
    [Id(0)] public required string Customer { get; init; }

    /// <summary>Whether one is tried now; where none is, the last record is shown.</summary>
    [Id(1)] public bool Active { get; init; }

    /// <summary>What it weighs otherwise, by name.</summary>
    [Id(2)] public ImmutableArray<ShadowSetting> Settings { get; init; } = [];

    /// <summary>The log time at which its record began; null where nothing is final yet.</summary>
    [Id(3)] public DateTimeOffset? Since { get; init; }

    /// <summary>The counts since then, of what is final.</summary>
    [Id(4)] public ShadowTotals Totals { get; init; } = new();

    /// <summary>How many sealed symptoms wait for what they would be together with.</summary>
    [Id(5)] public int Waiting { get; init; }

    /// <summary>What would be otherwise now, of what is not final, newest first; at most 100.</summary>
    [Id(6)] public ImmutableArray<ShadowVerdict> Now { get; init; } = [];

    /// <summary>What would have been otherwise, the newest first; at most 100.</summary>
    [Id(7)] public ImmutableArray<ShadowVerdict> Sealed { get; init; } = [];
}
