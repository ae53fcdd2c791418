using Correlation.Signals;

namespace Correlation.Dependencies;

/// <summary>What a link between two resources means, by their types alone.</summary>
internal static class LinkKinds
{
    private const string Components = "microsoft.insights/components";

    private static readonly Dictionary<(string From, string To), EdgeKind> Kinds = new()
    {
        [("microsoft.compute/virtualmachines", "microsoft.network/networkinterfaces")] = EdgeKind.Network,
        [("microsoft.compute/virtualmachines", "microsoft.compute/disks")] = EdgeKind.Disk,
        [("microsoft.compute/virtualmachines", "microsoft.compute/availabilitysets")] = EdgeKind.HostedOn,
        [("microsoft.compute/virtualmachines", "microsoft.compute/virtualmachinescalesets")] = EdgeKind.HostedOn,
        [("microsoft.network/networkinterfaces", "microsoft.network/networksecuritygroups")] = EdgeKind.Network,
        [("microsoft.network/networkinterfaces", "microsoft.network/publicipaddresses")] = EdgeKind.Network,
        [("microsoft.network/networkinterfaces", "microsoft.network/virtualnetworks/subnets")] = EdgeKind.Network,
        [("microsoft.web/sites", "microsoft.web/serverfarms")] = EdgeKind.HostedOn,
        [("microsoft.web/sites", "microsoft.network/virtualnetworks/subnets")] = EdgeKind.Network,
        [("microsoft.sql/servers/databases", "microsoft.sql/servers/elasticpools")] = EdgeKind.HostedOn,
        [("microsoft.app/containerapps", "microsoft.app/managedenvironments")] = EdgeKind.HostedOn,
        [("microsoft.containerservice/managedclusters", "microsoft.network/virtualnetworks/subnets")] = EdgeKind.Network,
        [(Components, "microsoft.operationalinsights/workspaces")] = EdgeKind.Workspace,
        [(Components, "microsoft.web/sites")] = EdgeKind.Monitors,
    };

    /// <summary>The edge that a link comes to: as the types say, in the direction that they say; else a weak one.</summary>
    public static ResourceEdge Of(ResourceId resource, ResourceId other)
    {
        if (Kinds.TryGetValue((resource.Type, other.Type), out var kind))
            return new ResourceEdge(resource.Canonical, other.Canonical, kind);
        return Kinds.TryGetValue((other.Type, resource.Type), out kind)
            ? new ResourceEdge(other.Canonical, resource.Canonical, kind)
            : new ResourceEdge(resource.Canonical, other.Canonical, EdgeKind.Refers);
    }
}
