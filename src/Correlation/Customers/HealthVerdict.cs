using System.Collections.Immutable;

namespace Correlation.Customers;

/// <summary>A customer's health, since when, and why.</summary>
/// <param name="Health">The health.</param>
/// <param name="Since">Since when, log time; null before anything is known.</param>
/// <param name="Why">The reasons, worst first, one line each; at most 10.</param>
[GenerateSerializer, Immutable, Alias("health-verdict")]
public sealed record HealthVerdict(
    [property: Id(0)] Health Health, [property: Id(1)] DateTimeOffset? Since, [property: Id(2)] ImmutableArray<string> Why)
{
    /// <summary>Before anything is known.</summary>
    public static HealthVerdict Unknown { get; } = new(Health.Unknown, null, ["no input yet"]);
}
