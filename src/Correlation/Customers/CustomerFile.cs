using System.Collections.Immutable;
using Correlation.Grouping;

namespace Correlation.Customers;

/// <summary>customers.json: who owns what.</summary>
/// <param name="Version">What its author calls it: a label that nothing goes by. The configuration numbers the versions.</param>
/// <param name="Customers">The customers.</param>
[GenerateSerializer, Immutable, Alias("customer-file")]
public sealed record CustomerFile([property: Id(0)] int Version, [property: Id(1)] ImmutableArray<CustomerEntry> Customers);

/// <summary>One customer of the file.</summary>
[GenerateSerializer, Immutable, Alias("customer-entry")]
public sealed record CustomerEntry
{
    /// <summary>The key: 1 to 40 of a–z, 0–9 and <c>-</c>.</summary>
    [Id(0)] public required string Key { get; init; }

    /// <summary>The name for people.</summary>
    [Id(1)] public string Name { get; init; } = "";

    /// <summary>The Entra tenants it owns.</summary>
    [Id(2)] public ImmutableArray<string> Tenants { get; init; } = [];

    /// <summary>The subscriptions it owns.</summary>
    [Id(3)] public ImmutableArray<string> Subscriptions { get; init; } = [];

    /// <summary>Resource-id prefixes it owns; the longest match of all customers wins,
    /// before subscriptions and tenants.</summary>
    [Id(4)] public ImmutableArray<string> Prefixes { get; init; } = [];

    /// <summary>Its IANA time zone.</summary>
    [Id(5)] public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Its business hours in that zone.</summary>
    [Id(6)] public BusinessHours BusinessHours { get; init; } = new();

    /// <summary>Which resource needs which: <c>from</c> depends on <c>to</c>.</summary>
    [Id(7)] public ImmutableArray<DependencyEdge> Topology { get; init; } = [];

    /// <summary>How much of what was learned of it counts when symptoms are grouped: 0 for nothing; null for all.</summary>
    [Id(8)] public double? Learned { get; init; }

    /// <summary>Its own settings of grouping, by the names of <see cref="GroupingOptions"/>; the others are
    /// everybody's.</summary>
    [Id(9)] public ImmutableArray<GroupingSetting> Grouping { get; init; } = [];

    /// <summary>Settings of grouping that are tried beside its own and act on nothing; none for no trial.</summary>
    [Id(10)] public ImmutableArray<GroupingSetting> ShadowGrouping { get; init; } = [];
}

/// <summary>When a customer works: local times of day, on weekdays by English three-letter names.</summary>
[GenerateSerializer, Immutable, Alias("business-hours")]
public sealed record BusinessHours
{
    /// <summary>From, local time of day.</summary>
    [Id(0)] public TimeOnly From { get; init; } = new(8, 0);

    /// <summary>Until, local time of day; at or before <see cref="From"/> means past midnight.</summary>
    [Id(1)] public TimeOnly Until { get; init; } = new(18, 0);

    /// <summary>The days.</summary>
    [Id(2)] public ImmutableArray<DayOfWeek> Days { get; init; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
}

/// <summary>One resource needs another.</summary>
/// <param name="From">The resource that depends.</param>
/// <param name="To">The resource that it depends on.</param>
[GenerateSerializer, Immutable, Alias("dependency-edge")]
public sealed record DependencyEdge([property: Id(0)] string From, [property: Id(1)] string To);
