using System.Collections.Immutable;

namespace Correlation.Problems;

/// <summary>Something decided about a customer's problems, as journaled.</summary>
/// <param name="Number">Its number in the customer's journal: its own id.</param>
/// <param name="At">The log time of the decision.</param>
[GenerateSerializer, Immutable, Alias("problem-event")]
public abstract record ProblemEvent([property: Id(0)] long Number, [property: Id(1)] DateTimeOffset At);

/// <summary>An incident was seen for the first time, or in a newer version.</summary>
/// <param name="Number">See <see cref="ProblemEvent"/>.</param>
/// <param name="At">See <see cref="ProblemEvent"/>.</param>
/// <param name="Occurrence">The incident as an occurrence; replaces an earlier version.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("problem-occurrence-recorded")]
public sealed record OccurrenceRecorded(long Number, DateTimeOffset At, [property: Id(0)] Occurrence Occurrence)
    : ProblemEvent(Number, At);

/// <summary>An incident was merged into another, which now answers for it.</summary>
/// <param name="Number">See <see cref="ProblemEvent"/>.</param>
/// <param name="At">See <see cref="ProblemEvent"/>.</param>
/// <param name="Incident">The merged incident.</param>
/// <param name="Version">Its version.</param>
/// <param name="Survivor">The incident that answers for it.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("problem-occurrence-merged")]
public sealed record OccurrenceMerged(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] string Incident,
    [property: Id(1)] long Version,
    [property: Id(2)] string Survivor) : ProblemEvent(Number, At);

/// <summary>Something occurred again: a problem was opened.</summary>
/// <param name="Number">See <see cref="ProblemEvent"/>.</param>
/// <param name="At">See <see cref="ProblemEvent"/>.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Incidents">Its occurrences so far.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("problem-opened")]
public sealed record ProblemOpened(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] ProblemRecord Problem,
    [property: Id(1)] ImmutableArray<string> Incidents) : ProblemEvent(Number, At);

/// <summary>A problem that nobody had touched lost its second occurrence to a merge: it never was one.</summary>
/// <param name="Number">See <see cref="ProblemEvent"/>.</param>
/// <param name="At">See <see cref="ProblemEvent"/>.</param>
/// <param name="Problem">The problem.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("problem-withdrawn")]
public sealed record ProblemWithdrawn(long Number, DateTimeOffset At, [property: Id(0)] string Problem)
    : ProblemEvent(Number, At);

/// <summary>A problem came back after its fix, and is open again.</summary>
/// <param name="Number">See <see cref="ProblemEvent"/>.</param>
/// <param name="At">See <see cref="ProblemEvent"/>.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Incident">The occurrence that showed it.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("problem-came-back")]
public sealed record ProblemCameBack(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] string Problem,
    [property: Id(1)] string Incident) : ProblemEvent(Number, At);

/// <summary>A person set a problem's state.</summary>
/// <param name="Number">See <see cref="ProblemEvent"/>.</param>
/// <param name="At">See <see cref="ProblemEvent"/>.</param>
/// <param name="Command">What the person said.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("problem-state-set")]
public sealed record ProblemStateSet(long Number, DateTimeOffset At, [property: Id(0)] ProblemCommand Command)
    : ProblemEvent(Number, At);

/// <summary>Occurrences beyond the limits are no longer kept one by one.</summary>
/// <param name="Number">See <see cref="ProblemEvent"/>.</param>
/// <param name="At">See <see cref="ProblemEvent"/>.</param>
/// <param name="Forgotten">What each forgotten occurrence adds to its problem's totals.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("problem-occurrences-forgotten")]
public sealed record OccurrencesForgotten(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] ImmutableArray<ForgottenOccurrence> Forgotten) : ProblemEvent(Number, At);

/// <summary>An occurrence that is no longer kept.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Cost">What it cost.</param>
[GenerateSerializer, Immutable, Alias("problem-forgotten-occurrence")]
public sealed record ForgottenOccurrence([property: Id(0)] string Incident, [property: Id(1)] double Cost);

/// <summary>A problem was not opened because the customer has as many as allowed; it is counted.</summary>
/// <param name="Number">See <see cref="ProblemEvent"/>.</param>
/// <param name="At">See <see cref="ProblemEvent"/>.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("problem-limit-hit")]
public sealed record ProblemLimitHit(long Number, DateTimeOffset At) : ProblemEvent(Number, At);
