using Correlation.Estate.Model;

namespace Correlation.Estate.Failures.Reporting;

/// <summary>New node images take nodes away faster than they come back: alerts that differ in nothing but their dimensions,
/// and machines that are in no list.</summary>
internal static class NodePoolUpgrade
{
    public static Outcome Play(Plot p)
    {
        var (cluster, pool) = (p["track/aks"], p["track/pool-user"]);
        p.Lasts(2600);
        p.Guilty(pool.Id, "Microsoft.ContainerService/managedClusters/agentPools/upgradeNodeImageVersion/action");
        var nodes = 2 + p.Rng.Below(3);
        for (var i = 0; i < nodes; i++)
        {
            var node = $"aks-user-31840{p.Rng.Below(90) + 10}-vmss00000{i}";
            p.Split(SharedRules.NodeNotReady, "track/aks", 300 + (i * 200), ("node", node));
            p.Scene.Health(Instance(cluster, i), "Stopped or deallocated", p.After(120 + (i * 200)), p.Stage.After(p.Until, 30),
                alert: i == 0);
        }

        foreach (var service in p.Some(["route-api", "tracking", "geocoder", "labels"], 3))
        {
            p.Split(SharedRules.Replicas, "track/aks", 700, ("namespace", "track"), ("deployment", service));
        }

        p.Split(SharedRules.PodPending, "track/aks", 600, ("namespace", "track"), ("pod", "route-api-5c7b"));
        p.Split(SharedRules.ApimErrors, "platform/apim", 900, ("GatewayResponseCodeCategory", "5xx"), ("ApiId", "track"));
        p.Split(SharedRules.Backlog, "track/bus", 1100, ("EntityName", "route-requests"));
        return new Outcome(pool.Id, "An upgrade of the user pool's node image drained too many nodes.", cluster.Id);
    }

    /// <summary>A machine of the cluster's own scale set, in the group that Azure manages.</summary>
    private static AzureResource Instance(AzureResource cluster, int number)
    {
        var group = $"MC_{cluster.Group}_{cluster.Name}_{cluster.Region}";
        var id = $"/subscriptions/{cluster.Subscription}/resourceGroups/{group}/providers/Microsoft.Compute"
            + $"/virtualMachineScaleSets/aks-user-31840-vmss/virtualMachines/{number}";
        return new AzureResource(id, cluster.Customer, cluster.Subscription, group,
            "Microsoft.Compute/virtualMachineScaleSets/virtualMachines", $"{number}", cluster.Region);
    }
}
