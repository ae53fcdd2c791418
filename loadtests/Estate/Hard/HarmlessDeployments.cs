using Correlation.Estate.Failures;

namespace Correlation.Estate.Hard;

/// <summary>The changes of an ordinary day, of the same operations as the guilty ones; some of them just before a failure, on
/// what will fail.</summary>
internal static class HarmlessDeployments
{
    /// <summary>The share of failures with a harmless change beside them.</summary>
    private const double Beside = 0.5;

    private static readonly Dictionary<string, string[]> OperationsByType = new()
    {
        ["Microsoft.Web/sites"] =
            ["Microsoft.Web/sites/write", "Microsoft.Web/sites/slotsswap/action", "Microsoft.Web/sites/config/write"],
        ["Microsoft.Sql/servers/databases"] = ["Microsoft.Sql/servers/databases/write"],
        ["Microsoft.Sql/servers/elasticPools"] = ["Microsoft.Sql/servers/elasticPools/write"],
        ["Microsoft.Compute/virtualMachines"] = ["Microsoft.Compute/virtualMachines/extensions/write"],
        ["Microsoft.Compute/virtualMachineScaleSets"] = ["Microsoft.Compute/virtualMachineScaleSets/write"],
        ["Microsoft.KeyVault/vaults"] = ["Microsoft.KeyVault/vaults/secrets/write", "Microsoft.KeyVault/vaults/write"],
        ["Microsoft.Network/firewallPolicies"] = ["Microsoft.Network/firewallPolicies/ruleCollectionGroups/write"],
        ["Microsoft.Network/privateDnsZones"] = ["Microsoft.Network/privateDnsZones/A/write"],
        ["Microsoft.Network/frontDoorWebApplicationFirewallPolicies"] =
            ["Microsoft.Network/frontDoorWebApplicationFirewallPolicies/write"],
        ["Microsoft.ContainerService/managedClusters/agentPools"] =
            ["Microsoft.ContainerService/managedClusters/agentPools/write"],
        ["Microsoft.OperationalInsights/workspaces"] = ["Microsoft.OperationalInsights/workspaces/write"],
        ["Microsoft.ApiManagement/service"] = ["Microsoft.ApiManagement/service/apis/write"],
        ["Microsoft.DataFactory/factories"] = ["Microsoft.DataFactory/factories/pipelines/write"],
        ["Microsoft.Storage/storageAccounts"] =
            ["Microsoft.Storage/storageAccounts/write", "Microsoft.Authorization/roleAssignments/write"],
        ["Microsoft.ServiceBus/namespaces"] = ["Microsoft.ServiceBus/namespaces/queues/write"],
        ["Microsoft.Insights/components"] = ["Microsoft.Insights/components/write"],
    };

    public static void Play(Stage stage, IReadOnlyList<TruthFailure> failures)
    {
        var scene = stage.NewScene();
        foreach (var customer in stage.Customers)
        {
            var changed = customer.Resources.Where(r => OperationsByType.ContainsKey(r.Type)).ToList();
            for (var time = stage.Start + 300; time < -1500; time += stage.Rng.Between(900, 3600))
            {
                var resource = stage.Rng.Pick(changed);
                scene.HarmlessChange(customer, resource, stage.Rng.Pick(OperationsByType[resource.Type]), Math.Round(time, 3));
            }

            foreach (var failure in failures.Where(f => f.Customer == customer.Key && stage.Rng.Chance(Beside)))
            {
                var touched = failure.Symptoms.Select(s => s.Resource).ToHashSet(StringComparer.Ordinal);
                var near = changed.Where(r => touched.Contains(r.Id) && r.Id != failure.RootResource).ToList();
                if (near.Count == 0) { continue; }

                var resource = stage.Rng.Pick(near);
                scene.HarmlessChange(customer, resource, stage.Rng.Pick(OperationsByType[resource.Type]),
                    Math.Round(failure.Start - stage.Rng.Between(200, 2400), 3));
            }
        }
    }
}
