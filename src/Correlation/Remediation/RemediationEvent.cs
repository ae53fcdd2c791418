using System.Collections.Immutable;

namespace Correlation.Remediation;

/// <summary>Something decided about a customer's runs, as journaled.</summary>
/// <param name="Number">Its number in the customer's journal: its own id.</param>
/// <param name="At">The log time of the decision.</param>
[GenerateSerializer, Immutable, Alias("remediation-event")]
public abstract record RemediationEvent([property: Id(0)] long Number, [property: Id(1)] DateTimeOffset At);

/// <summary>An incident was seen in a newer version.</summary>
/// <param name="Number">See <see cref="RemediationEvent"/>.</param>
/// <param name="At">See <see cref="RemediationEvent"/>.</param>
/// <param name="Incident">What is remembered of it; replaces what was.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("incident-tracked")]
public sealed record IncidentTracked(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] TrackedIncident Incident) : RemediationEvent(Number, At);

/// <summary>An incident was merged into another, which now owns its runs.</summary>
/// <param name="Number">See <see cref="RemediationEvent"/>.</param>
/// <param name="At">See <see cref="RemediationEvent"/>.</param>
/// <param name="Incident">The merged incident.</param>
/// <param name="Version">Its version.</param>
/// <param name="Survivor">The incident that owns its runs.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("incident-rehomed")]
public sealed record IncidentRehomed(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] string Incident,
    [property: Id(1)] long Version,
    [property: Id(2)] string Survivor) : RemediationEvent(Number, At);

/// <summary>A rule matched: a run was made, in the state that the guards left it in.</summary>
/// <param name="Number">See <see cref="RemediationEvent"/>.</param>
/// <param name="At">See <see cref="RemediationEvent"/>.</param>
/// <param name="Run">The run.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("run-created")]
public sealed record RunCreated(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] Run Run) : RemediationEvent(Number, At);

/// <summary>A person approved or rejected a run.</summary>
/// <param name="Number">See <see cref="RemediationEvent"/>.</param>
/// <param name="At">See <see cref="RemediationEvent"/>.</param>
/// <param name="Decision">The word.</param>
/// <param name="Guards">What the guards said then.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("run-decided")]
public sealed record RunDecided(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] RunDecision Decision,
    [property: Id(1)] ImmutableArray<GuardAnswer> Guards) : RemediationEvent(Number, At);

/// <summary>A run that was not sent was given up because its incident ended.</summary>
/// <param name="Number">See <see cref="RemediationEvent"/>.</param>
/// <param name="At">See <see cref="RemediationEvent"/>.</param>
/// <param name="Run">The run.</param>
/// <param name="Why">Why, one line.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("run-withdrawn")]
public sealed record RunWithdrawn(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] string Run,
    [property: Id(1)] string Why) : RemediationEvent(Number, At);

/// <summary>A run is about to be sent: recorded before it is.</summary>
/// <param name="Number">See <see cref="RemediationEvent"/>.</param>
/// <param name="At">See <see cref="RemediationEvent"/>.</param>
/// <param name="Run">The run.</param>
/// <param name="Attempt">Which attempt it is, from 1.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("send-started")]
public sealed record SendStarted(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] string Run,
    [property: Id(1)] int Attempt) : RemediationEvent(Number, At);

/// <summary>An attempt ended, or its outcome stayed unknown.</summary>
/// <param name="Number">See <see cref="RemediationEvent"/>.</param>
/// <param name="At">See <see cref="RemediationEvent"/>.</param>
/// <param name="Run">The run.</param>
/// <param name="Attempt">Which attempt it was.</param>
/// <param name="Answer">What came of it.</param>
/// <param name="State">Where the run is now.</param>
/// <param name="NextAttempt">When it is tried again; null for never.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("send-ended")]
public sealed record SendEnded(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] string Run,
    [property: Id(1)] int Attempt,
    [property: Id(2)] ActionAnswer Answer,
    [property: Id(3)] RunState State,
    [property: Id(4)] DateTimeOffset? NextAttempt) : RemediationEvent(Number, At);

/// <summary>The effect of a run was judged.</summary>
/// <param name="Number">See <see cref="RemediationEvent"/>.</param>
/// <param name="At">See <see cref="RemediationEvent"/>.</param>
/// <param name="Run">The run.</param>
/// <param name="Verification">The judgement.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("run-verified")]
public sealed record RunVerified(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] string Run,
    [property: Id(1)] Verification Verification) : RemediationEvent(Number, At);

/// <summary>Runs and incidents beyond the limits are no longer kept.</summary>
/// <param name="Number">See <see cref="RemediationEvent"/>.</param>
/// <param name="At">See <see cref="RemediationEvent"/>.</param>
/// <param name="Runs">The runs.</param>
/// <param name="Incidents">The incidents.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("remediation-forgotten")]
public sealed record RemediationForgotten(
    long Number,
    DateTimeOffset At,
    [property: Id(0)] ImmutableArray<string> Runs,
    [property: Id(1)] ImmutableArray<string> Incidents) : RemediationEvent(Number, At);
