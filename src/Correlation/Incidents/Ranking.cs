using System.Collections.Immutable;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>A resource that may be the incident's cause.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Score">0 to 1; the scores of one incident's causes add up to at most 1.</param>
/// <param name="Reasons">Why, one line each.</param>
[GenerateSerializer, Immutable, Alias("ranked-cause")]
public sealed record RankedCause(
    [property: Id(0)] ResourceId Resource,
    [property: Id(1)] double Score,
    [property: Id(2)] ImmutableArray<string> Reasons);

/// <summary>A change that may be the incident's cause.</summary>
/// <param name="Change">The change.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Reasons">Why, one line each.</param>
[GenerateSerializer, Immutable, Alias("ranked-change")]
public sealed record RankedChange(
    [property: Id(0)] Change Change,
    [property: Id(1)] double Score,
    [property: Id(2)] ImmutableArray<string> Reasons);
