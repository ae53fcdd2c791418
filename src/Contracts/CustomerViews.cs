using System.Collections.Immutable;
using Correlation.Customers;

namespace Correlation.Contracts;

/// <summary>How many of a customer's resources are in which health.</summary>
[GenerateSerializer, Immutable, Alias("resource-counts")]
public sealed record ResourceCounts(
    [property: Id(0)] int Total,
    [property: Id(1)] int Healthy,
    [property: Id(2)] int Degraded,
    [property: Id(3)] int Unhealthy,
    [property: Id(4)] int Unknown);

/// <summary>A customer's health now, since when, and why.</summary>
/// <param name="Customer">The customer's key.</param>
/// <param name="Name">The customer's name.</param>
/// <param name="Provisional">Whether the customer was made up because no configuration names its subscription.</param>
/// <param name="Health">Its health.</param>
/// <param name="Since">Since when it has been so, log time.</param>
/// <param name="Why">The reasons, worst first, one line each; at most 10.</param>
/// <param name="Resources">Its resources by health.</param>
/// <param name="OpenIncidents">How many incidents are open.</param>
/// <param name="LastSignal">The log time of the newest signal; null before the first.</param>
/// <param name="Watermark">Up to which event time its incidents change no more; null before the first checkpoint.</param>
/// <param name="Version">The version of the customer's state.</param>
[GenerateSerializer, Immutable, Alias("customer-health")]
public sealed record CustomerHealth(
    [property: Id(0)] string Customer,
    [property: Id(1)] string Name,
    [property: Id(2)] bool Provisional,
    [property: Id(3)] Health Health,
    [property: Id(4)] DateTimeOffset? Since,
    [property: Id(5)] ImmutableArray<string> Why,
    [property: Id(6)] ResourceCounts Resources,
    [property: Id(7)] int OpenIncidents,
    [property: Id(8)] DateTimeOffset? LastSignal,
    [property: Id(9)] DateTimeOffset? Watermark,
    [property: Id(10)] long Version);
