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

    /// <summary>How many records a second of log time holds.</summary>
    /// <value>0: as many as that many resources make. More give metrics whose values come more often than once a
    /// minute.</value>
    [Range(0, 10_000_000)] public double Rate { get; init; }

    /// <summary><see cref="Rate"/>, or what the resources make where it is 0.</summary>
    public double RecordsPerSecond => Rate > 0 ? Rate : MixedLoad.NaturalRate(Resources);

    /// <summary>Which part of one load this is: equal seeds give equal resources, other parts other records of them.</summary>
    /// <value>0.</value>
    [Range(0, 1_000_000)] public int Part { get; init; }

    /// <summary>The first message's log time; it rises by <see cref="Rate"/>.</summary>
    /// <value>5 January 2026, 06:00 UTC.</value>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);
}
