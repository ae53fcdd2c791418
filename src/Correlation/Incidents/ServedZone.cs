using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>The hosts whose names a private DNS zone holds.</summary>
internal static class ServedZone
{
    private const string Zones = "microsoft.network/privatednszones";
    private const string Link = "privatelink.";

    /// <summary>The zones of private endpoints that are not called by the public name that they stand for (Learn: private DNS
    /// zone values).</summary>
    private static readonly Dictionary<string, string> Public = new(StringComparer.Ordinal)
    {
        ["vaultcore.azure.net"] = "vault.azure.net",
        ["vaultcore.azure.cn"] = "vault.azure.cn",
        ["vaultcore.usgovcloudapi.net"] = "vault.usgovcloudapi.net",
    };

    /// <summary>Whether one of some names is of a host in the zone that a resource is, or is a part of.</summary>
    /// <param name="changed">The zone, a record in it or its link to a network.</param>
    /// <param name="names">Names, lower case.</param>
    public static bool Holds(ResourceId changed, IReadOnlyCollection<string> names)
    {
        if (names.Count == 0 || !changed.Type.StartsWith(Zones, StringComparison.Ordinal)) return false;
        if (changed.WithParents().FirstOrDefault(one => one.Type == Zones)?.Name is not { } zone) return false;
        if (zone.StartsWith(Link, StringComparison.Ordinal)) zone = zone[Link.Length..];
        var end = "." + Public.GetValueOrDefault(zone, zone);
        return names.Any(name => name.EndsWith(end, StringComparison.Ordinal));
    }
}
