using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>One thing that happened to an incident.</summary>
/// <param name="At">When: event time for what Azure said, log time for what was done here.</param>
/// <param name="Kind"><c>opened</c>, <c>symptomStarted</c>, <c>symptomEnded</c>, <c>change</c>, <c>merged</c>, <c>split</c>,
/// <c>command</c>, <c>run</c>, <c>resolved</c>, <c>reopened</c> or <c>sealed</c>.</param>
/// <param name="Text">One line; hostile text.</param>
/// <param name="Actor">Who did it; null for the system.</param>
/// <param name="Resource">The resource it is about, where it is about one.</param>
[GenerateSerializer, Immutable, Alias("timeline-entry")]
public sealed record TimelineEntry(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Text,
    [property: Id(3)] string? Actor,
    [property: Id(4)] ResourceId? Resource);
