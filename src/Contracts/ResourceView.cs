using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Contracts;

/// <summary>The live state of a resource's grain, for whoever inspects it.</summary>
[GenerateSerializer, Immutable, Alias("resource-view")]
public sealed record ResourceView
{
    /// <summary>The resource.</summary>
    [Id(0)] public required ResourceId Resource { get; init; }

    /// <summary>Whose it is now; empty before its first signal.</summary>
    [Id(1)] public string Customer { get; init; } = "";

    /// <summary>Rises when it is deleted and created again under the same id.</summary>
    [Id(2)] public int Incarnation { get; init; }

    /// <summary>Its health from its open conditions.</summary>
    [Id(3)] public Health Health { get; init; }

    /// <summary>Its conditions with their symptoms that may still change.</summary>
    [Id(4)] public ImmutableArray<ConditionView> Conditions { get; init; } = [];

    /// <summary>Its newest signals that are no metric values, newest first; at most 20.</summary>
    [Id(5)] public ImmutableArray<KeptSignal> RecentSignals { get; init; } = [];

    /// <summary>Its newest changes, newest first; at most 10.</summary>
    [Id(6)] public ImmutableArray<Change> RecentChanges { get; init; } = [];

    /// <summary>The latest value of each of its metrics; at most 50.</summary>
    [Id(7)] public ImmutableArray<MetricLatest> Metrics { get; init; } = [];

    /// <summary>The unsealed incidents that hold symptoms of it.</summary>
    [Id(8)] public ImmutableArray<string> Incidents { get; init; } = [];

    /// <summary>The silo that its grain is active on.</summary>
    [Id(9)] public string Silo { get; init; } = "";

    /// <summary>What it has applied beyond each partition's checkpoint.</summary>
    [Id(10)] public ImmutableArray<AppliedView> Applied { get; init; } = [];

    /// <summary>Reports not yet acknowledged by the customer.</summary>
    [Id(11)] public int Unacknowledged { get; init; }

    /// <summary>The log time of its newest signal; null before the first.</summary>
    [Id(12)] public DateTimeOffset? LastSignal { get; init; }

    /// <summary>How many signals it has applied in all, duplicates and late ones apart.</summary>
    [Id(13)] public long SignalCount { get; init; }
}

/// <summary>One condition of a resource.</summary>
/// <param name="Condition">What is complained about.</param>
/// <param name="Open">Whether it is open now.</param>
/// <param name="Flapping">Whether it comes and goes.</param>
/// <param name="Symptoms">Its symptoms that may still change, by start.</param>
/// <param name="Facts">How many facts they are computed from.</param>
/// <param name="Deadline">When a time-out would end it, log time; null for never.</param>
[GenerateSerializer, Immutable, Alias("condition-view")]
public sealed record ConditionView(
    [property: Id(0)] Condition Condition,
    [property: Id(1)] bool Open,
    [property: Id(2)] bool Flapping,
    [property: Id(3)] ImmutableArray<Symptom> Symptoms,
    [property: Id(4)] int Facts,
    [property: Id(5)] DateTimeOffset? Deadline);

/// <summary>The latest value of one metric of a resource.</summary>
/// <param name="Name">The metric.</param>
/// <param name="At">The value's time.</param>
/// <param name="Average">Its average; NaN where not said.</param>
/// <param name="Count">How many values of this metric the resource has seen.</param>
[GenerateSerializer, Immutable, Alias("metric-latest")]
public sealed record MetricLatest(
    [property: Id(0)] string Name,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] double Average,
    [property: Id(3)] long Count);

/// <summary>What a resource has applied of one partition.</summary>
/// <param name="Partition">The partition as <c>stream/partition</c>.</param>
/// <param name="Epoch">The stream's epoch.</param>
/// <param name="Checkpoint">The first offset that is not known to be durable.</param>
/// <param name="Beyond">How many signals it has applied from there on.</param>
[GenerateSerializer, Immutable, Alias("applied-view")]
public sealed record AppliedView(
    [property: Id(0)] string Partition,
    [property: Id(1)] int Epoch,
    [property: Id(2)] long Checkpoint,
    [property: Id(3)] int Beyond);
