using Correlation.Customers;
using Correlation.Delivery;
using Correlation.Grains.Delivery;
using Correlation.Resources;

namespace Correlation.Grains.Resources;

/// <summary>What is stored of a resource: its live state, what it has applied, and what it still has to report; one row.</summary>
[GenerateSerializer, Alias("stored-resource")]
internal sealed class StoredResource
{
    /// <summary>The live state.</summary>
    [Id(0)] public required ResourceState State { get; init; }

    /// <summary>What it has applied beyond each partition's checkpoint.</summary>
    [Id(1)] public AppliedPositions Applied { get; init; } = new();

    /// <summary>What its customers have not acknowledged.</summary>
    [Id(2)] public Outbox<OwnedEffect> Outbox { get; init; } = new();
}

/// <summary>An effect with the customer that it goes to.</summary>
[GenerateSerializer, Immutable, Alias("owned-effect")]
internal sealed record OwnedEffect([property: Id(0)] CustomerKey Owner, [property: Id(1)] ResourceEffect Effect);
