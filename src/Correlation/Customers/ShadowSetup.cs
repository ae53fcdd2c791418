using System.Collections.Immutable;
using Correlation.Configuration;
using Correlation.Grouping;

namespace Correlation.Customers;

/// <summary>A grouping that is tried beside the live one.</summary>
/// <param name="Topology">As the live one, with the shadow's settings.</param>
/// <param name="Settings">What it weighs otherwise.</param>
/// <param name="From">Since when live and shadow are set as they are: what began before is not compared.</param>
public sealed record ShadowSetup(TopologyHistory Topology, ImmutableArray<ShadowSetting> Settings, DateTimeOffset From)
{
    /// <summary>What some settings are otherwise than others, by name.</summary>
    public static ImmutableArray<ShadowSetting> Differences(GroupingOptions live, GroupingOptions shadow) =>
    [
        .. NamedSettings.All(live)
            .Select(one => new ShadowSetting(one.Name, NamedSettings.Text(live, one), NamedSettings.Text(shadow, one)))
            .Where(one => one.Live != one.Shadow),
    ];
}
