using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Signals;

namespace Correlation.Remediation;

/// <summary>What the guards must know besides the customer's own runs.</summary>
/// <param name="Maintenance">The customer's maintenance windows.</param>
/// <param name="OthersHit">How many other customers the same platform event hits now, by region in lower case; 0 where not
/// named.</param>
/// <param name="Recurring">Whether the incident is an occurrence of a problem.</param>
public sealed record Surroundings(
    ImmutableArray<MaintenanceWindow> Maintenance,
    ImmutableDictionary<string, int> OthersHit,
    bool Recurring)
{
    /// <summary>Nothing is known: no maintenance, nobody else hit, not recurring.</summary>
    public static Surroundings None { get; } = new([], ImmutableDictionary<string, int>.Empty, false);

    /// <summary>How many others are hit in a region.</summary>
    public int OthersHitIn(string? region) => region is null ? 0 : OthersHit.GetValueOrDefault(region.ToLowerInvariant());

    /// <summary>The maintenance window that a resource is in; null where it is in none.</summary>
    public MaintenanceWindow? MaintenanceOf(ResourceId resource, DateTimeOffset now) => Maintenance.FirstOrDefault(window =>
        window.From <= now && now < window.Until
        && (window.Prefixes.IsEmpty || window.Prefixes.Any(prefix => IsUnder(resource.Canonical, prefix))));

    private static bool IsUnder(string canonical, string prefix)
    {
        var root = prefix.ToLowerInvariant().TrimEnd('/');
        return canonical.StartsWith(root, StringComparison.Ordinal)
            && (canonical.Length == root.Length || canonical[root.Length] == '/');
    }
}
