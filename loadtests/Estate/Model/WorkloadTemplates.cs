namespace Correlation.Estate.Model;

/// <summary>What the customers run, with its dependencies.</summary>
internal static class WorkloadTemplates
{
    /// <summary>A gateway, two sites on a plan, a function, a database pair and what hangs on them.</summary>
    public static void Web(Place p)
    {
        var w = p.Workload;
        var full = $"{p.CustomerKey}-{w}";
        p.Put($"{w}/gateway", "Microsoft.Network/applicationGateways", $"agw-{full}");
        p.Put($"{w}/ip", "Microsoft.Network/publicIPAddresses", $"pip-{full}");
        p.Put($"{w}/plan", "Microsoft.Web/serverFarms", $"asp-{full}");
        p.Put($"{w}/web", "Microsoft.Web/sites", $"app-{full}-web");
        p.Put($"{w}/api", "Microsoft.Web/sites", $"app-{full}-api");
        p.Put($"{w}/func", "Microsoft.Web/sites", $"func-{full}-jobs");
        p.Put($"{w}/server", "Microsoft.Sql/servers", $"sql-{full}");
        p.Put($"{w}/db", "Microsoft.Sql/servers/databases", $"sql-{full}/sqldb-{w}");
        p.Put($"{w}/archive", "Microsoft.Sql/servers/databases", $"sql-{full}/sqldb-{w}-archive");
        p.Put($"{w}/redis", "Microsoft.Cache/Redis", $"redis-{full}");
        p.Put($"{w}/vault", "Microsoft.KeyVault/vaults", $"kv-{full}");
        p.Put($"{w}/storage", "Microsoft.Storage/storageAccounts", $"st{p.CustomerKey}{w}");
        p.Put($"{w}/insights", "Microsoft.Insights/components", $"appi-{full}");
        p.Put($"{w}/webtest", "Microsoft.Insights/webtests", $"webtest-{full}-home");
        p.Needs("gateway", "web", "ip");
        p.Needs("web", "api", "plan", "redis");
        p.Needs("api", "db", "vault", "plan");
        p.Needs("func", "storage", "archive");
        p.Needs("db", "server");
        p.Needs("archive", "server");
        p.Needs("webtest", "web", "insights");
        p.Needs("insights", "web");
    }

    /// <summary>Machines with disks and cards behind a balancer; the first is the database the others need.</summary>
    public static void Machines(Place p, int count)
    {
        var w = p.Workload;
        p.Put($"{w}/balancer", "Microsoft.Network/loadBalancers", $"lb-{p.CustomerKey}-{w}");
        for (var i = 0; i < count; i++)
        {
            var role = i == 0 ? "sql01" : $"app{i:00}";
            var name = $"vm-{w}-{role}";
            p.Put($"{w}/{role}", "Microsoft.Compute/virtualMachines", name);
            p.Put($"{w}/{role}-os", "Microsoft.Compute/disks", $"{name}_OsDisk_1");
            p.Put($"{w}/{role}-data", "Microsoft.Compute/disks", $"{name}_DataDisk_0");
            p.Put($"{w}/{role}-nic", "Microsoft.Network/networkInterfaces", $"nic-{w}-{role}");
            p.Needs(role, $"{role}-os", $"{role}-data", $"{role}-nic");
            if (i == 0) { continue; }

            p.Needs(role, "sql01");
            p.Needs("balancer", role);
        }
    }

    /// <summary>A cluster with its registry, document store and queue.</summary>
    public static void Cluster(Place p)
    {
        var w = p.Workload;
        var full = $"{p.CustomerKey}-{w}";
        p.Put($"{w}/aks", "Microsoft.ContainerService/managedClusters", $"aks-{full}");
        p.Put($"{w}/registry", "Microsoft.ContainerRegistry/registries", $"cr{p.CustomerKey}{w}");
        p.Put($"{w}/cosmos", "Microsoft.DocumentDB/databaseAccounts", $"cosmos-{full}");
        p.Put($"{w}/bus", "Microsoft.ServiceBus/namespaces", $"sbns-{full}");
        p.Put($"{w}/storage", "Microsoft.Storage/storageAccounts", $"st{p.CustomerKey}{w}");
        p.Needs("aks", "registry", "cosmos", "bus", "storage");
    }

    /// <summary>What operates the rest; nothing depends on it.</summary>
    public static void Operations(Place p)
    {
        var full = $"{p.CustomerKey}-ops";
        p.Put("ops/automation", "Microsoft.Automation/automationAccounts", $"aa-{full}");
        p.Put("ops/workspace", "Microsoft.OperationalInsights/workspaces", $"log-{full}");
        p.Put("ops/backup", "Microsoft.RecoveryServices/vaults", $"rsv-{full}");
        p.Put("ops/vault", "Microsoft.KeyVault/vaults", $"kv-{full}");
        p.Put("ops/storage", "Microsoft.Storage/storageAccounts", $"st{p.CustomerKey}ops");
    }
}
