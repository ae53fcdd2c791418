using System.ComponentModel.DataAnnotations;

namespace Correlation.Estate;

/// <summary>What load to make. Equal options give equal bytes.</summary>
public sealed record MixedLoadOptions
{
    /// <summary>What every draw comes from.</summary>
    /// <value>1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many resources there are; each has four metrics a minute.</summary>
    /// <value>10,000.</value>
    [Range(1, 10_000_000)] public int Resources { get; init; } = 10_000;

    /// <summary>How many customers share them evenly; each has one subscription.</summary>
    /// <value>20.</value>
    [Range(1, 100_000)] public int Customers { get; init; } = 20;

    /// <summary>How many records are made in all.</summary>
    /// <value>1,000,000.</value>
    [Range(1, long.MaxValue)] public long Records { get; init; } = 1_000_000;

    /// <summary>The first message's log time; it rises as fast as that many resources make records.</summary>
    /// <value>5 January 2026, 06:00 UTC.</value>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);
}
