namespace Correlation.Estate.Model;

/// <summary>What the workloads of one customer share, with as much of its dependencies as a customer file would know: who
/// resolves names where, who uses which identity and who sends to which workspace is nowhere written down.</summary>
internal static class SharedTemplates
{
    /// <summary>A hub with firewall, tunnel and private names.</summary>
    public static void Network(Place p)
    {
        var key = p.CustomerKey;
        const string Dns = "Microsoft.Network/privateDnsZones";
        p.Put("connectivity/hub", "Microsoft.Network/virtualNetworks", $"vnet-{key}-hub");
        p.Put("connectivity/spoke", "Microsoft.Network/virtualNetworks", $"vnet-{key}-spoke-prd");
        p.Put("connectivity/policy", "Microsoft.Network/firewallPolicies", $"afwp-{key}-hub");
        p.Put("connectivity/firewall", "Microsoft.Network/azureFirewalls", $"afw-{key}-hub");
        p.Put("connectivity/vpn", "Microsoft.Network/virtualNetworkGateways", $"vgw-{key}-hub");
        p.Put("connectivity/tunnel", "Microsoft.Network/connections", $"cn-{key}-datacenter");
        p.Put("connectivity/resolver", "Microsoft.Network/dnsResolvers", $"dnspr-{key}-hub");
        p.Put("connectivity/zone-sql", Dns, "privatelink.database.windows.net");
        p.Put("connectivity/zone-blob", Dns, "privatelink.blob.core.windows.net");
        p.Put("connectivity/zone-vault", Dns, "privatelink.vaultcore.azure.net");
        p.Needs("spoke", "hub");
        p.Needs("hub", "firewall");
        p.Needs("firewall", "policy");
        p.Needs("tunnel", "vpn");
    }

    /// <summary>One SQL server with an elastic pool for all applications.</summary>
    public static void Data(Place p, IReadOnlyList<string> apps)
    {
        var server = $"sql-{p.CustomerKey}-shared";
        p.Put("data/server", "Microsoft.Sql/servers", server);
        p.Put("data/pool", "Microsoft.Sql/servers/elasticPools", $"{server}/sqlep-{p.CustomerKey}");
        p.Needs("pool", "server");
        foreach (var app in apps)
        {
            p.Put($"data/{app}", "Microsoft.Sql/servers/databases", $"{server}/sqldb-{app}");
            p.Needs(app, "pool");
        }
    }

    /// <summary>The plan, the vault, the bus and the front of all applications.</summary>
    public static void Platform(Place p)
    {
        var key = p.CustomerKey;
        p.Put("platform/plan", "Microsoft.Web/serverFarms", $"asp-{key}-shared");
        p.Put("platform/vault", "Microsoft.KeyVault/vaults", $"kv-{key}-shared");
        p.Put("platform/apim", "Microsoft.ApiManagement/service", $"apim-{key}");
        p.Put("platform/frontdoor", "Microsoft.Cdn/profiles", $"afd-{key}");
        p.Put("platform/waf", "Microsoft.Network/frontDoorWebApplicationFirewallPolicies", $"waf{key}");
        p.Put("platform/bus", "Microsoft.ServiceBus/namespaces", $"sbns-{key}-shared");
        p.Put("platform/cosmos", "Microsoft.DocumentDB/databaseAccounts", $"cosmos-{key}-shared");
        p.Put("platform/storage", "Microsoft.Storage/storageAccounts", $"st{key}shared");
        p.Put("platform/identity", "Microsoft.ManagedIdentity/userAssignedIdentities", $"id-{key}-workloads");
        p.Put("platform/factory", "Microsoft.DataFactory/factories", $"adf-{key}");
        p.Put("platform/scaleset", "Microsoft.Compute/virtualMachineScaleSets", $"vmss-{key}-render");
        p.Needs("frontdoor", "waf", "apim");
        p.Needs("apim", "vault");
    }

    /// <summary>One application in its own group, on what the customer shares.</summary>
    public static void App(Place p, CustomerEstate customer)
    {
        var w = p.Workload;
        var full = $"{p.CustomerKey}-{w}";
        p.Put($"{w}/web", "Microsoft.Web/sites", $"app-{full}-web");
        p.Put($"{w}/api", "Microsoft.Web/sites", $"app-{full}-api");
        p.Put($"{w}/func", "Microsoft.Web/sites", $"func-{full}-events");
        p.Put($"{w}/insights", "Microsoft.Insights/components", $"appi-{full}");
        p.Put($"{w}/webtest", "Microsoft.Insights/webtests", $"webtest-{full}-home");
        p.Needs("web", "api");
        p.Needs("webtest", "web", "insights");
        p.Needs("insights", "web");
        customer.Needs($"{w}/web", "platform/plan");
        customer.Needs($"{w}/api", "platform/plan", $"data/{w}", "platform/vault");
        customer.Needs($"{w}/func", "platform/bus", "platform/cosmos", "platform/storage");
        customer.Needs("platform/frontdoor", $"{w}/web");
    }

    /// <summary>The node pools of a cluster.</summary>
    public static void Pools(Place p)
    {
        var w = p.Workload;
        foreach (var pool in new[] { "system", "user" })
        {
            p.Put($"{w}/pool-{pool}", "Microsoft.ContainerService/managedClusters/agentPools", $"aks-{p.CustomerKey}-{w}/{pool}");
            p.Needs("aks", $"pool-{pool}");
        }
    }
}
