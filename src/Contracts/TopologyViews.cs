using Correlation.Dependencies;

namespace Correlation.Contracts;

/// <summary>Which edges are asked for.</summary>
/// <param name="Resource">Only those of this resource, canonical; null for all.</param>
/// <param name="Cursor">Where the page before ended; null for the first.</param>
/// <param name="Limit">At most so many.</param>
[GenerateSerializer, Immutable, Alias("topology-query")]
public sealed record TopologyQuery(
    [property: Id(0)] string? Resource, [property: Id(1)] string? Cursor, [property: Id(2)] int Limit);

/// <summary>One resource depends on another.</summary>
/// <param name="From">The resource that depends, canonical.</param>
/// <param name="To">The resource that it depends on, canonical.</param>
/// <param name="Kind">What sort of dependency it is.</param>
/// <param name="Source">Who says it.</param>
/// <param name="Since">The log time from which it counts; null where it always did.</param>
/// <param name="FirstSeen">For a discovered edge, when it was first seen, event time.</param>
/// <param name="LastSeen">For a discovered edge, when it was last seen, event time, to the day.</param>
[GenerateSerializer, Immutable, Alias("topology-edge")]
public sealed record TopologyEdge(
    [property: Id(0)] string From,
    [property: Id(1)] string To,
    [property: Id(2)] EdgeKind Kind,
    [property: Id(3)] EdgeSource Source,
    [property: Id(4)] DateTimeOffset? Since,
    [property: Id(5)] DateTimeOffset? FirstSeen,
    [property: Id(6)] DateTimeOffset? LastSeen);
