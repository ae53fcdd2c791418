using Correlation.Estate.Model;

namespace Correlation.Estate.Failures.Reporting;

/// <summary>The workspace reaches its daily cap: rules over its data see every machine dead within minutes. Most machines
/// are in no list.</summary>
internal static class AlertStorm
{
    public static Outcome Play(Plot p)
    {
        var workspace = p["ops/workspace"];
        p.Lasts(3600);
        p.Guilty(workspace.Id, "Microsoft.OperationalInsights/workspaces/write", -600);
        p.Alert(SharedRules.Ingestion, workspace, 400);
        List<AzureResource> machines =
            [.. p.Customer.OfType("Microsoft.Compute/virtualMachines"), .. Servers(p.Customer, Math.Max(0, p.StormAlerts - 10))];
        foreach (var machine in machines.Take(p.StormAlerts - 1))
        {
            var fired = p.Stage.After(p.Begin, 660 + p.Rng.Between(0, 240));
            p.Scene.Alert(SharedRules.Heartbeat, machine, fired, p.Back());
        }

        p.Fix(workspace.Id, "Microsoft.OperationalInsights/workspaces/write");
        return new Outcome(workspace.Id, "A daily cap was set on the workspace and reached; no machine was ever down.");
    }

    /// <summary>Servers of the customer's own data centre that are connected to Azure.</summary>
    private static IEnumerable<AzureResource> Servers(CustomerEstate customer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (subscription, group) = (customer.Subscriptions[1], $"rg-arc-{i / 40:000}");
            var (name, type) = ($"SRV{i:00000}", "Microsoft.HybridCompute/machines");
            yield return new AzureResource($"/subscriptions/{subscription}/resourceGroups/{group}/providers/{type}/{name}",
                customer.Key, subscription, group, type, name, customer.Regions[1]);
        }
    }
}
