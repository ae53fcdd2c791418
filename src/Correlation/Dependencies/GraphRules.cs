namespace Correlation.Dependencies;

/// <summary>What the properties of Azure's resource types say about edges.</summary>
/// <remarks>Source: the resource types' reference (learn.microsoft.com/azure/templates) and what Resource Graph answers. The
/// table is the one place to add a type; one that is not here gives the generic edges only.</remarks>
internal static class GraphRules
{
    private const string Configurations = "properties.ipConfigurations[].properties.";
    private const string SetConfigurations = "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[]"
        + ".properties.";

    /// <summary>The rules of every type.</summary>
    public static IReadOnlyList<GraphRule> All { get; } =
    [
        new("properties.privateEndpointConnections[].properties.privateEndpoint.id", EdgeKind.PrivateEndpoint, Reversed: true),
    ];

    private static readonly Dictionary<string, GraphRule[]> Rules = new(StringComparer.Ordinal)
    {
        ["microsoft.compute/virtualmachines"] =
        [
            To("networkProfile.networkInterfaces[].id", EdgeKind.Network),
            To("storageProfile.osDisk.managedDisk.id", EdgeKind.Disk),
            To("storageProfile.dataDisks[].managedDisk.id", EdgeKind.Disk),
            To("availabilitySet.id", EdgeKind.HostedOn),
            To("virtualMachineScaleSet.id", EdgeKind.HostedOn),
            To("proximityPlacementGroup.id", EdgeKind.HostedOn),
            To("host.id", EdgeKind.HostedOn),
            To("hostGroup.id", EdgeKind.HostedOn),
        ],
        ["microsoft.compute/virtualmachinescalesets"] =
        [
            new(SetConfigurations + "ipConfigurations[].properties.subnet.id", EdgeKind.Network, Names: Named.Both),
            new(SetConfigurations + "networkSecurityGroup.id", EdgeKind.Network),
            new(SetConfigurations + "ipConfigurations[].properties.loadBalancerBackendAddressPools[].id",
                EdgeKind.Backend, Reversed: true, Named.Part),
            new(SetConfigurations + "ipConfigurations[].properties.applicationGatewayBackendAddressPools[].id",
                EdgeKind.Backend, Reversed: true, Named.Part),
            To("proximityPlacementGroup.id", EdgeKind.HostedOn),
        ],
        ["microsoft.compute/availabilitysets"] =
        [
            Of("virtualMachines[].id", EdgeKind.HostedOn),
            To("proximityPlacementGroup.id", EdgeKind.HostedOn),
        ],
        ["microsoft.compute/proximityplacementgroups"] =
        [
            Of("virtualMachines[].id", EdgeKind.HostedOn),
            Of("availabilitySets[].id", EdgeKind.HostedOn),
            Of("virtualMachineScaleSets[].id", EdgeKind.HostedOn),
        ],
        ["microsoft.network/networkinterfaces"] =
        [
            new(Configurations + "subnet.id", EdgeKind.Network, Names: Named.Both),
            new(Configurations + "publicIPAddress.id", EdgeKind.Network),
            To("networkSecurityGroup.id", EdgeKind.Network),
            Of("virtualMachine.id", EdgeKind.Network),
            Of("privateEndpoint.id", EdgeKind.Network),
            new(Configurations + "loadBalancerBackendAddressPools[].id", EdgeKind.Backend, Reversed: true, Named.Part),
            new(Configurations + "applicationGatewayBackendAddressPools[].id", EdgeKind.Backend, Reversed: true, Named.Part),
        ],
        ["microsoft.network/networksecuritygroups"] =
            [Of("networkInterfaces[].id", EdgeKind.Network), Of("subnets[].id", EdgeKind.Network, Named.Part)],
        ["microsoft.network/routetables"] = [Of("subnets[].id", EdgeKind.Network, Named.Part)],
        ["microsoft.network/natgateways"] =
            [To("publicIpAddresses[].id", EdgeKind.Network), Of("subnets[].id", EdgeKind.Network, Named.Part)],
        ["microsoft.network/publicipaddresses"] = [Of("ipConfiguration.id", EdgeKind.Network, Named.Part)],
        ["microsoft.network/virtualnetworks"] =
        [
            To("subnets[].properties.networkSecurityGroup.id", EdgeKind.Network),
            To("subnets[].properties.routeTable.id", EdgeKind.Network),
            To("subnets[].properties.natGateway.id", EdgeKind.Network),
            Of("subnets[].properties.ipConfigurations[].id", EdgeKind.Network, Named.Part),
            Of("subnets[].properties.privateEndpoints[].id", EdgeKind.Network),
            To("virtualNetworkPeerings[].properties.remoteVirtualNetwork.id", EdgeKind.Network),
        ],
        ["microsoft.network/privateendpoints"] =
        [
            To("privateLinkServiceConnections[].properties.privateLinkServiceId", EdgeKind.PrivateEndpoint),
            To("manualPrivateLinkServiceConnections[].properties.privateLinkServiceId", EdgeKind.PrivateEndpoint),
            To("subnet.id", EdgeKind.Network, Named.Both),
            To("networkInterfaces[].id", EdgeKind.Network),
        ],
        ["microsoft.network/loadbalancers"] =
        [
            To("backendAddressPools[].properties.backendIPConfigurations[].id", EdgeKind.Backend, Named.Part),
            To("backendAddressPools[].properties.loadBalancerBackendAddresses[].properties.networkInterfaceIPConfiguration.id",
                EdgeKind.Backend, Named.Part),
            To("frontendIPConfigurations[].properties.publicIPAddress.id", EdgeKind.Network),
            To("frontendIPConfigurations[].properties.subnet.id", EdgeKind.Network, Named.Both),
        ],
        ["microsoft.network/applicationgateways"] =
        [
            To("backendAddressPools[].properties.backendIPConfigurations[].id", EdgeKind.Backend, Named.Part),
            To("backendAddressPools[].properties.backendAddresses[].fqdn", EdgeKind.Backend, Named.Address),
            To("backendAddressPools[].properties.backendAddresses[].ipAddress", EdgeKind.Backend, Named.Address),
            To("gatewayIPConfigurations[].properties.subnet.id", EdgeKind.Network, Named.Both),
            To("frontendIPConfigurations[].properties.publicIPAddress.id", EdgeKind.Network),
            To("firewallPolicy.id", EdgeKind.Network),
        ],
        ["microsoft.network/frontdoors"] =
            [To("backendPools[].properties.backends[].address", EdgeKind.Backend, Named.Address)],
        ["microsoft.network/trafficmanagerprofiles"] =
        [
            To("endpoints[].properties.targetResourceId", EdgeKind.Backend),
            To("endpoints[].properties.target", EdgeKind.Backend, Named.Address),
        ],
        ["microsoft.cdn/profiles/endpoints"] =
        [
            To("origins[].properties.hostName", EdgeKind.Backend, Named.Address),
            To("origins[].properties.privateLinkResourceId", EdgeKind.Backend),
        ],
        ["microsoft.cdn/profiles/origingroups/origins"] =
            [To("azureOrigin.id", EdgeKind.Backend), To("hostName", EdgeKind.Backend, Named.Address)],
        ["microsoft.network/azurefirewalls"] = [.. Gateway(), To("firewallPolicy.id", EdgeKind.Network)],
        ["microsoft.network/bastionhosts"] = Gateway(),
        ["microsoft.network/virtualnetworkgateways"] = Gateway(),
        ["microsoft.network/connections"] =
            [To("virtualNetworkGateway1.id", EdgeKind.Network), To("localNetworkGateway2.id", EdgeKind.Network)],
        ["microsoft.web/sites"] = Site(),
        ["microsoft.web/sites/slots"] = Site(),
        ["microsoft.web/serverfarms"] = [To("hostingEnvironmentProfile.id", EdgeKind.HostedOn)],
        ["microsoft.web/hostingenvironments"] = [To("virtualNetwork.id", EdgeKind.Network, Named.Both)],
        ["microsoft.sql/servers/databases"] = [To("elasticPoolId", EdgeKind.HostedOn)],
        ["microsoft.sql/managedinstances"] =
            [To("subnetId", EdgeKind.Network, Named.Both), To("instancePoolId", EdgeKind.HostedOn)],
        ["microsoft.dbforpostgresql/flexibleservers"] = Flexible(),
        ["microsoft.dbformysql/flexibleservers"] = Flexible(),
        ["microsoft.cache/redis"] = [To("subnetId", EdgeKind.Network, Named.Both)],
        ["microsoft.apimanagement/service"] =
            [To("virtualNetworkConfiguration.subnetResourceId", EdgeKind.Network, Named.Both)],
        ["microsoft.containerservice/managedclusters"] =
        [
            To("agentPoolProfiles[].vnetSubnetID", EdgeKind.Network, Named.Both),
            To("networkProfile.loadBalancerProfile.effectiveOutboundIPs[].id", EdgeKind.Network),
            To("addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID", EdgeKind.Workspace),
        ],
        ["microsoft.app/containerapps"] =
            [To("managedEnvironmentId", EdgeKind.HostedOn), To("environmentId", EdgeKind.HostedOn)],
        ["microsoft.app/jobs"] = [To("environmentId", EdgeKind.HostedOn)],
        ["microsoft.app/managedenvironments"] =
            [To("vnetConfiguration.infrastructureSubnetId", EdgeKind.Network, Named.Both)],
        ["microsoft.insights/components"] = [To("WorkspaceResourceId", EdgeKind.Workspace)],
        ["microsoft.insights/metricalerts"] = [To("scopes[]", EdgeKind.Monitors)],
        ["microsoft.insights/scheduledqueryrules"] = [To("scopes[]", EdgeKind.Monitors)],
        ["microsoft.insights/autoscalesettings"] = [To("targetResourceUri", EdgeKind.Monitors)],
    };

    /// <summary>The types whose rows lie in their parent and fail with it.</summary>
    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal)
    {
        "microsoft.sql/servers/databases", "microsoft.sql/servers/elasticpools", "microsoft.sql/managedinstances/databases",
        "microsoft.web/sites/slots", "microsoft.cdn/profiles/endpoints", "microsoft.compute/virtualmachines/extensions",
    };

    /// <summary>The rules of a type, those of every type apart.</summary>
    public static IReadOnlyList<GraphRule> Of(string type) => Rules.GetValueOrDefault(type, []);

    /// <summary>Whether rows of a type depend on the resource that they lie in.</summary>
    public static bool IsPart(string type) => Parts.Contains(type);

    private static GraphRule To(string path, EdgeKind kind, Named names = Named.Id) =>
        new("properties." + path, kind, Names: names);

    private static GraphRule Of(string path, EdgeKind kind, Named names = Named.Id) =>
        new("properties." + path, kind, Reversed: true, names);

    private static GraphRule[] Gateway() =>
    [
        new(Configurations + "subnet.id", EdgeKind.Network, Names: Named.Both),
        new(Configurations + "publicIPAddress.id", EdgeKind.Network),
    ];

    private static GraphRule[] Site() =>
    [
        To("serverFarmId", EdgeKind.HostedOn),
        To("hostingEnvironmentProfile.id", EdgeKind.HostedOn),
        To("managedEnvironmentId", EdgeKind.HostedOn),
        To("virtualNetworkSubnetId", EdgeKind.Network, Named.Both),
    ];

    private static GraphRule[] Flexible() => [To("network.delegatedSubnetResourceId", EdgeKind.Network, Named.Both)];
}
