using Correlation.Signals;

namespace Correlation.Dependencies;

/// <summary>What a link between two resources means, by their types alone.</summary>
internal static class LinkKinds
{
    private const string Components = "microsoft.insights/components";
    private const string PrivateEndpoints = "microsoft.network/privateendpoints";
    private const string Subnets = "microsoft.network/virtualnetworks/subnets";

    private static readonly Dictionary<(string From, string To), EdgeKind> Kinds = new()
    {
        [("microsoft.compute/virtualmachines", "microsoft.network/networkinterfaces")] = EdgeKind.Network,
        [("microsoft.compute/virtualmachines", "microsoft.compute/disks")] = EdgeKind.Disk,
        [("microsoft.compute/virtualmachines", "microsoft.compute/availabilitysets")] = EdgeKind.HostedOn,
        [("microsoft.compute/virtualmachines", "microsoft.compute/virtualmachinescalesets")] = EdgeKind.HostedOn,
        [("microsoft.network/networkinterfaces", "microsoft.network/networksecuritygroups")] = EdgeKind.Network,
        [("microsoft.network/networkinterfaces", "microsoft.network/publicipaddresses")] = EdgeKind.Network,
        [("microsoft.network/networkinterfaces", Subnets)] = EdgeKind.Network,
        [("microsoft.compute/virtualmachinescalesets", Subnets)] = EdgeKind.Network,
        [(Subnets, "microsoft.network/networksecuritygroups")] = EdgeKind.Network,
        [(Subnets, "microsoft.network/routetables")] = EdgeKind.Network,
        [(Subnets, "microsoft.network/natgateways")] = EdgeKind.Network,
        [(PrivateEndpoints, Subnets)] = EdgeKind.Network,
        [("microsoft.network/loadbalancers", "microsoft.network/networkinterfaces")] = EdgeKind.Backend,
        [("microsoft.network/loadbalancers", "microsoft.compute/virtualmachinescalesets")] = EdgeKind.Backend,
        [("microsoft.network/loadbalancers", "microsoft.network/publicipaddresses")] = EdgeKind.Network,
        [("microsoft.network/applicationgateways", Subnets)] = EdgeKind.Network,
        [("microsoft.network/applicationgateways", "microsoft.network/publicipaddresses")] = EdgeKind.Network,
        [("microsoft.network/applicationgateways", "microsoft.network/applicationgatewaywebapplicationfirewallpolicies")] =
            EdgeKind.Network,
        [("microsoft.cdn/profiles", "microsoft.network/frontdoorwebapplicationfirewallpolicies")] = EdgeKind.Network,
        [("microsoft.network/azurefirewalls", "microsoft.network/firewallpolicies")] = EdgeKind.Network,
        [("microsoft.network/azurefirewalls", Subnets)] = EdgeKind.Network,
        [("microsoft.network/virtualnetworkgateways", Subnets)] = EdgeKind.Network,
        [("microsoft.network/connections", "microsoft.network/virtualnetworkgateways")] = EdgeKind.Network,
        [("microsoft.network/connections", "microsoft.network/localnetworkgateways")] = EdgeKind.Network,
        [("microsoft.network/connections", "microsoft.network/expressroutecircuits")] = EdgeKind.Network,
        [("microsoft.apimanagement/service", Subnets)] = EdgeKind.Network,
        [("microsoft.cache/redis", Subnets)] = EdgeKind.Network,
        [("microsoft.sql/managedinstances", Subnets)] = EdgeKind.Network,
        [("microsoft.dbforpostgresql/flexibleservers", Subnets)] = EdgeKind.Network,
        [("microsoft.dbformysql/flexibleservers", Subnets)] = EdgeKind.Network,
        [("microsoft.insights/webtests", Components)] = EdgeKind.Monitors,
        [("microsoft.web/sites", "microsoft.web/serverfarms")] = EdgeKind.HostedOn,
        [("microsoft.web/sites", Subnets)] = EdgeKind.Network,
        [("microsoft.sql/servers/databases", "microsoft.sql/servers/elasticpools")] = EdgeKind.HostedOn,
        [("microsoft.app/containerapps", "microsoft.app/managedenvironments")] = EdgeKind.HostedOn,
        [("microsoft.containerservice/managedclusters", Subnets)] = EdgeKind.Network,
        [(Components, "microsoft.operationalinsights/workspaces")] = EdgeKind.Workspace,
        [(Components, "microsoft.web/sites")] = EdgeKind.Monitors,
    };

    /// <summary>The edge that a link comes to: as the types say, in the direction that they say; else a weak one. Where a part
    /// is named (a configuration of a network interface, a pool of a load balancer) it is what that is part of whose type
    /// counts.</summary>
    public static ResourceEdge Of(ResourceId resource, ResourceId other)
    {
        foreach (var one in resource.WithParents())
        {
            foreach (var two in other.WithParents())
            {
                if (KindOf(one, two) is { } kind) return new ResourceEdge(one.Canonical, two.Canonical, kind);
                if (KindOf(two, one) is { } reversed) return new ResourceEdge(two.Canonical, one.Canonical, reversed);
            }
        }

        return new ResourceEdge(resource.Canonical, other.Canonical, EdgeKind.Refers);
    }

    // A private endpoint leads to a service of any type.
    private static EdgeKind? KindOf(ResourceId from, ResourceId to)
    {
        if (Kinds.TryGetValue((from.Type, to.Type), out var kind)) return kind;
        return from.Type == PrivateEndpoints && !to.Type.StartsWith("microsoft.network/", StringComparison.Ordinal)
            ? EdgeKind.PrivateEndpoint : null;
    }
}
