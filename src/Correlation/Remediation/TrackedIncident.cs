using System.Collections.Immutable;

namespace Correlation.Remediation;

/// <summary>What the safety kernel remembers of an incident.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Version">The newest version seen; 0 where only a merged part of it was seen.</param>
/// <param name="Ended">Whether it is over.</param>
/// <param name="Occurrence">Which opening it is in: 1 for the first, one more for each reopening.</param>
/// <param name="OpenResources">The canonical ids of the resources with open symptoms.</param>
/// <param name="MergedInto">The incident that owns its runs since a merge; null before.</param>
/// <param name="Seen">The log time of the newest notice.</param>
[GenerateSerializer, Immutable, Alias("tracked-incident")]
public sealed record TrackedIncident(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] bool Ended,
    [property: Id(3)] int Occurrence,
    [property: Id(4)] ImmutableArray<string> OpenResources,
    [property: Id(5)] string? MergedInto,
    [property: Id(6)] DateTimeOffset Seen);
