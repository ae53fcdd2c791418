namespace Correlation.Dependencies.Tests;

/// <summary>Rows as Resource Graph gives them for an estate of one of each, and what depends on what there.</summary>
internal static class GraphRows
{
    public const string Subscription = "/subscriptions/11111111-2222-3333-4444-555555555555";

    private const string Group = Subscription + "/resourceGroups/rg-shop/providers/";
    private const string Nodes = Subscription + "/resourceGroups/MC_rg-shop_aks_we/providers/";

    /// <summary>An id in the shop's group.</summary>
    public static string Id(string rest) => Group + rest;

    /// <summary>The same with <c>@G</c> for the shop's group and <c>@N</c> for that of its nodes.</summary>
    public static string Fill(string rows) => rows
        .Replace("@G/", Group, StringComparison.Ordinal).Replace("@N/", Nodes, StringComparison.Ordinal);

    /// <summary>For each case the rows, as a list of JSON, and the edges: <c>kind from to</c>, ids by what follows the provider's
    /// namespace.</summary>
    public static TheoryData<string, string, string[]> Cases => new()
    {
        {
            "a machine", Fill("""
            {"id":"@G/Microsoft.Compute/virtualMachines/vm1","type":"microsoft.compute/virtualmachines","managedBy":"",
             "properties":{"hardwareProfile":{"vmSize":"Standard_D2s_v5"},
              "networkProfile":{"networkInterfaces":[{"id":"@G/Microsoft.Network/networkInterfaces/nic1"}]},
              "storageProfile":{"osDisk":{"name":"os","managedDisk":{"storageAccountType":"Premium_LRS",
                "id":"@G/Microsoft.Compute/disks/os"}},
               "dataDisks":[{"lun":0,"managedDisk":{"id":"@G/Microsoft.Compute/disks/data"}}]},
              "availabilitySet":{"id":"@G/Microsoft.Compute/availabilitySets/AS"},
              "virtualMachineScaleSet":{"id":"@G/Microsoft.Compute/virtualMachineScaleSets/flex"},
              "proximityPlacementGroup":{"id":"@G/Microsoft.Compute/proximityPlacementGroups/ppg"}}},
            {"id":"@G/Microsoft.Compute/disks/data","type":"microsoft.compute/disks",
             "managedBy":"@G/Microsoft.Compute/virtualMachines/VM1","properties":{"diskState":"Attached"}}
            """),
            [
                "Network virtualmachines/vm1 networkinterfaces/nic1", "Disk virtualmachines/vm1 disks/os",
                "Disk virtualmachines/vm1 disks/data", "HostedOn virtualmachines/vm1 availabilitysets/as",
                "HostedOn virtualmachines/vm1 virtualmachinescalesets/flex",
                "HostedOn virtualmachines/vm1 proximityplacementgroups/ppg",
            ]
        },
        {
            "a network interface, and its network from the other side", Fill("""
            {"id":"@G/Microsoft.Network/networkInterfaces/nic1","type":"microsoft.network/networkinterfaces",
             "properties":{"virtualMachine":{"id":"@G/Microsoft.Compute/virtualMachines/vm1"},
              "networkSecurityGroup":{"id":"@G/Microsoft.Network/networkSecurityGroups/nsg"},
              "ipConfigurations":[{"name":"ipconfig1","properties":{"privateIPAddress":"10.0.0.4",
               "subnet":{"id":"@G/Microsoft.Network/virtualNetworks/vnet/subnets/web"},
               "publicIPAddress":{"id":"@G/Microsoft.Network/publicIPAddresses/pip"},
               "loadBalancerBackendAddressPools":[
                {"id":"@G/Microsoft.Network/loadBalancers/lb/backendAddressPools/pool"}]}}]}},
            {"id":"@G/Microsoft.Network/virtualNetworks/vnet","type":"microsoft.network/virtualnetworks",
             "properties":{"subnets":[{"properties":{
              "networkSecurityGroup":{"id":"@G/Microsoft.Network/networkSecurityGroups/nsg"},
              "ipConfigurations":[{"id":"@G/Microsoft.Network/networkInterfaces/nic1/ipConfigurations/ipconfig1"}]}}]}},
            {"id":"@G/Microsoft.Network/networkSecurityGroups/nsg","type":"microsoft.network/networksecuritygroups",
             "properties":{"networkInterfaces":[{"id":"@G/Microsoft.Network/networkInterfaces/nic1"}],
              "subnets":[{"id":"@G/Microsoft.Network/virtualNetworks/vnet/subnets/web"}]}},
            {"id":"@G/Microsoft.Network/publicIPAddresses/pip","type":"microsoft.network/publicipaddresses",
             "properties":{"ipAddress":"20.1.2.3",
              "ipConfiguration":{"id":"@G/Microsoft.Network/networkInterfaces/nic1/ipConfigurations/ipconfig1"}}}
            """),
            [
                "Network virtualmachines/vm1 networkinterfaces/nic1", "Network networkinterfaces/nic1 networksecuritygroups/nsg",
                "Network networkinterfaces/nic1 virtualnetworks/vnet/subnets/web",
                "Network networkinterfaces/nic1 virtualnetworks/vnet", "Network networkinterfaces/nic1 publicipaddresses/pip",
                "Backend loadbalancers/lb networkinterfaces/nic1", "Network virtualnetworks/vnet networksecuritygroups/nsg",
            ]
        },
        {
            "a web app with its plan, its network and its Application Insights", Fill("""
            {"id":"@G/Microsoft.Web/sites/shop","type":"microsoft.web/sites","kind":"functionapp,linux",
             "tags":{"hidden-link: /app-insights-resource-id":"@G/Microsoft.Insights/components/ai",
              "hidden-link: @G/microsoft.insights/components/ai":"Resource"},
             "properties":{"serverFarmId":"@G/Microsoft.Web/serverfarms/plan",
              "virtualNetworkSubnetId":"@G/Microsoft.Network/virtualNetworks/vnet/subnets/apps",
              "defaultHostName":"shop.azurewebsites.net"}},
            {"id":"@G/microsoft.insights/components/ai","type":"microsoft.insights/components",
             "tags":{"hidden-link:@G/Microsoft.Web/sites/shop":"Resource"},
             "properties":{"WorkspaceResourceId":"@G/Microsoft.OperationalInsights/workspaces/law"}},
            {"id":"@G/microsoft.insights/webtests/ping","type":"microsoft.insights/webtests",
             "tags":{"hidden-link:@G/microsoft.insights/components/ai":"Resource"},"properties":{}}
            """),
            [
                "HostedOn sites/shop serverfarms/plan", "Network sites/shop virtualnetworks/vnet/subnets/apps",
                "Network sites/shop virtualnetworks/vnet", "Monitors components/ai sites/shop",
                "Workspace components/ai workspaces/law", "Monitors webtests/ping components/ai",
            ]
        },
        {
            "a SQL database", Fill("""
            {"id":"@G/Microsoft.Sql/servers/sql1/databases/orders","type":"microsoft.sql/servers/databases",
             "managedBy":"@G/Microsoft.Sql/servers/sql1",
             "properties":{"elasticPoolId":"@G/Microsoft.Sql/servers/sql1/elasticPools/pool"}}
            """),
            [
                "PartOf servers/sql1/databases/orders servers/sql1",
                "HostedOn servers/sql1/databases/orders servers/sql1/elasticpools/pool",
            ]
        },
        {
            "private endpoints, told from either side", Fill("""
            {"id":"@G/Microsoft.Network/privateEndpoints/pe","type":"microsoft.network/privateendpoints",
             "properties":{"subnet":{"id":"@G/Microsoft.Network/virtualNetworks/vnet/subnets/data"},
              "networkInterfaces":[{"id":"@G/Microsoft.Network/networkInterfaces/pe.nic"}],
              "privateLinkServiceConnections":[{"properties":{
               "privateLinkServiceId":"@G/Microsoft.DocumentDB/databaseAccounts/cosmos","groupIds":["Sql"]}}]}},
            {"id":"@G/Microsoft.KeyVault/vaults/kv","type":"microsoft.keyvault/vaults",
             "properties":{"vaultUri":"https://kv.vault.azure.net/","privateEndpointConnections":[{"properties":{
              "privateEndpoint":{"id":"@G/Microsoft.Network/privateEndpoints/pe-kv"}}}]}}
            """),
            [
                "PrivateEndpoint privateendpoints/pe databaseaccounts/cosmos",
                "Network privateendpoints/pe virtualnetworks/vnet/subnets/data",
                "Network privateendpoints/pe virtualnetworks/vnet",
                "Network privateendpoints/pe networkinterfaces/pe.nic", "PrivateEndpoint privateendpoints/pe-kv vaults/kv",
            ]
        },
        {
            "a cluster with the scale sets of its node group", Fill("""
            {"id":"@G/Microsoft.ContainerService/managedClusters/aks","type":"microsoft.containerservice/managedclusters",
             "properties":{"nodeResourceGroup":"MC_rg-shop_aks_we","agentPoolProfiles":[{"name":"np1",
              "vnetSubnetID":"@G/Microsoft.Network/virtualNetworks/vnet/subnets/aks"}]}},
            {"id":"@N/Microsoft.Compute/virtualMachineScaleSets/aks-np1","type":"microsoft.compute/virtualmachinescalesets",
             "properties":{"virtualMachineProfile":{"networkProfile":{"networkInterfaceConfigurations":[{"properties":{
              "ipConfigurations":[{"properties":{"subnet":{"id":"@G/Microsoft.Network/virtualNetworks/vnet/subnets/aks"},
              "loadBalancerBackendAddressPools":[
               {"id":"@N/Microsoft.Network/loadBalancers/kubernetes/backendAddressPools/p"}]}}]}}]}}}}
            """),
            [
                "ManagedBy managedclusters/aks virtualmachinescalesets/aks-np1",
                "Network managedclusters/aks virtualnetworks/vnet/subnets/aks",
                "Network managedclusters/aks virtualnetworks/vnet",
                "Network virtualmachinescalesets/aks-np1 virtualnetworks/vnet/subnets/aks",
                "Network virtualmachinescalesets/aks-np1 virtualnetworks/vnet",
                "Backend loadbalancers/kubernetes virtualmachinescalesets/aks-np1",
            ]
        },
        {
            "what hands requests on, by id and by name", Fill("""
            {"id":"@G/Microsoft.Network/loadBalancers/lb","type":"microsoft.network/loadbalancers",
             "properties":{"backendAddressPools":[{"properties":{"backendIPConfigurations":[
              {"id":"@G/Microsoft.Network/networkInterfaces/nic1/ipConfigurations/ip"},
              {"id":
               "@G/Microsoft.Compute/virtualMachineScaleSets/ss/virtualMachines/0/networkInterfaces/n/ipConfigurations/i"}]}}]}},
            {"id":"@G/Microsoft.Network/applicationGateways/agw","type":"microsoft.network/applicationgateways",
             "properties":{"backendAddressPools":[{"properties":{"backendAddresses":[{"fqdn":"Shop.azurewebsites.net"},
              {"ipAddress":"10.0.0.9"}]}}]}},
            {"id":"@G/Microsoft.Network/frontDoors/fd","type":"microsoft.network/frontdoors",
             "properties":{"backendPools":[{"properties":{"backends":[{"address":"st1.blob.core.windows.net"}]}}]}},
            {"id":"@G/Microsoft.Web/sites/shop","type":"microsoft.web/sites",
             "properties":{"defaultHostName":"shop.azurewebsites.net","hostNames":["shop.azurewebsites.net"]}},
            {"id":"@G/Microsoft.Storage/storageAccounts/st1","type":"microsoft.storage/storageaccounts",
             "properties":{"primaryEndpoints":{"blob":"https://st1.blob.core.windows.net/"}}}
            """),
            [
                "Backend loadbalancers/lb networkinterfaces/nic1", "Backend loadbalancers/lb virtualmachinescalesets/ss",
                "Backend applicationgateways/agw sites/shop", "Backend frontdoors/fd storageaccounts/st1",
            ]
        },
        {
            "a container app, a managed application and a type that nobody knows", Fill("""
            {"id":"@G/Microsoft.App/containerApps/api","type":"microsoft.app/containerapps",
             "properties":{"managedEnvironmentId":"@G/Microsoft.App/managedEnvironments/env"}},
            {"id":"@G/Microsoft.Batch/batchAccounts/b","type":"microsoft.batch/batchaccounts",
             "managedBy":"@G/Microsoft.Solutions/applications/app","properties":null},
            {"id":"@G/Contoso.Odd/things/t","type":"contoso.odd/things","properties":{"deep":[{"x":{
              "y":"@G/Microsoft.Batch/batchAccounts/B/pools/p1"}}],"same":"@G/Contoso.Odd/things/T",
              "gone":"@G/Contoso.Odd/things/not-exported","text":"/subscriptions/ is no id at all, whatever it says"}}
            """),
            [
                "HostedOn containerapps/api managedenvironments/env", "ManagedBy applications/app batchaccounts/b",
                "Refers things/t batchaccounts/b",
            ]
        },
    };
}
