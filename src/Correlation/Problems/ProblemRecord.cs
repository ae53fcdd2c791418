namespace Correlation.Problems;

/// <summary>A problem as kept: what a person said of it, and what its forgotten occurrences added up to.</summary>
[GenerateSerializer, Immutable, Alias("problem-record")]
public sealed record ProblemRecord
{
    /// <summary>Its id: the customer's key, <c>.p</c> and a number.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Rises with every change.</summary>
    [Id(1)] public long Version { get; init; } = 1;

    /// <summary>What its occurrences look like: the first one's, so that a problem does not drift.</summary>
    [Id(2)] public required Fingerprint Fingerprint { get; init; }

    /// <summary>The newest occurrence's title; hostile text.</summary>
    [Id(3)] public string Title { get; init; } = "";

    /// <summary>Where it is in its life.</summary>
    [Id(4)] public ProblemState State { get; init; }

    /// <summary>When it was opened, log time.</summary>
    [Id(5)] public DateTimeOffset Opened { get; init; }

    /// <summary>What is wrong and how to get by.</summary>
    [Id(6)] public string? KnownError { get; init; }

    /// <summary>What was last done about it.</summary>
    [Id(7)] public string? Fix { get; init; }

    /// <summary>When the last fix was made, log time.</summary>
    [Id(8)] public DateTimeOffset? FixedAt { get; init; }

    /// <summary>Whether it came back after the last fix.</summary>
    [Id(9)] public bool CameBack { get; init; }

    /// <summary>Whether a person has ever said anything of it.</summary>
    [Id(10)] public bool Touched { get; init; }

    /// <summary>What the occurrences that are no longer kept added up to.</summary>
    [Id(11)] public ProblemTotals Forgotten { get; init; } = ProblemTotals.None;
}

/// <summary>What occurrences add up to.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="TimeSpent">The sum of their durations.</param>
/// <param name="Cost">Their cost; see <see cref="ProblemCost"/>.</param>
/// <param name="First">When the first began; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("problem-totals")]
public sealed record ProblemTotals(
    [property: Id(0)] int Count,
    [property: Id(1)] TimeSpan TimeSpent,
    [property: Id(2)] double Cost,
    [property: Id(3)] DateTimeOffset? First)
{
    /// <summary>Nothing.</summary>
    public static ProblemTotals None { get; } = new(0, TimeSpan.Zero, 0, null);

    /// <summary>These and one more.</summary>
    public ProblemTotals With(Occurrence occurrence, DateTimeOffset now, double cost) => new(
        Count + 1,
        TimeSpent + occurrence.DurationAt(now),
        Cost + cost,
        First is { } first && first < occurrence.Started ? first : occurrence.Started);
}
