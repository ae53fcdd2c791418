using System.Collections.Immutable;

namespace Correlation.Grouping;

/// <summary>One weighted reason for or against putting two symptoms together.</summary>
/// <param name="Name">The term, for example <c>sameResource</c>, <c>contains</c>, <c>dependsOn</c>,
/// <c>causeKey</c>, <c>near</c>.</param>
/// <param name="Weight">What it adds to the score; negative counts against.</param>
/// <param name="Input">What it was computed from, one line.</param>
[GenerateSerializer, Immutable, Alias("evidence")]
public sealed record Evidence([property: Id(0)] string Name, [property: Id(1)] double Weight, [property: Id(2)] string Input);

/// <summary>Why two symptoms were put together.</summary>
/// <param name="From">The smaller symptom id.</param>
/// <param name="To">The larger symptom id.</param>
/// <param name="Score">The sum of the terms' weights.</param>
/// <param name="Terms">The terms, heaviest first.</param>
[GenerateSerializer, Immutable, Alias("link")]
public sealed record Link(
    [property: Id(0)] string From,
    [property: Id(1)] string To,
    [property: Id(2)] double Score,
    [property: Id(3)] ImmutableArray<Evidence> Terms);
