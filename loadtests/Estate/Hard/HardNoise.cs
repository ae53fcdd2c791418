using Correlation.Estate.Failures;
using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate.Hard;

/// <summary>Symptoms of nothing, by the same rules and on the same resources as those of failures, and at any time.</summary>
internal static class HardNoise
{
    private const double MissingResolves = 0.04;
    private const int AttemptsMax = 20;

    private static readonly Dictionary<string, AlertRule[]> RulesByType = new()
    {
        ["Microsoft.Compute/virtualMachines"] = [Rules.Cpu, SharedRules.MachineCpu, SharedRules.MachineMemory],
        ["Microsoft.Sql/servers/databases"] = [Rules.Dtu, SharedRules.Deadlocks, SharedRules.Sessions],
        ["Microsoft.Storage/storageAccounts"] = [Rules.Ingress],
        ["Microsoft.Cache/Redis"] = [Rules.Memory],
        ["Microsoft.KeyVault/vaults"] = [Rules.Saturation, SharedRules.VaultErrors],
        ["Microsoft.Web/sites"] =
            [Rules.Latency, SharedRules.SlowResponse, SharedRules.ServerErrors, SharedRules.FailedDependencies],
        ["Microsoft.Insights/components"] = [SharedRules.Exceptions, SharedRules.FailedRequests],
        ["Microsoft.ServiceBus/namespaces"] = [SharedRules.Backlog, SharedRules.DeadLetters],
        ["Microsoft.DocumentDB/databaseAccounts"] = [SharedRules.RequestUnits],
        ["Microsoft.ContainerService/managedClusters"] = [SharedRules.NodeCpu],
        ["Microsoft.DataFactory/factories"] = [SharedRules.Pipelines],
        ["Microsoft.Web/serverFarms"] = [SharedRules.PlanCpu],
        ["Microsoft.Compute/virtualMachineScaleSets"] = [SharedRules.MachineCpu],
    };

    public static List<TruthSymptom> Play(
        Stage stage, Conditions conditions, Func<AzureResource, double> clocks, int count)
    {
        List<TruthSymptom> noise = [];
        for (var i = 0; i < count; i++)
        {
            for (var attempt = 0; attempt < AttemptsMax; attempt++)
            {
                var outbox = new Outbox(stage.Rng.Fork($"noise-{i}-{attempt}")) { ActivityLatest = stage.Outbox.ActivityLatest };
                var scene = new Scene(outbox, stage.Rng) { MissingResolves = MissingResolves, WrongBy = clocks };
                var start = Math.Round(stage.Rng.Between(stage.Start + 600, -9000), 3);
                PlayOne(stage.Rng, scene, stage.Rng.Pick(stage.Customers), start);
                if (!conditions.TryTake(scene.Claims)) { continue; }

                stage.Outbox.Take(outbox);
                noise.AddRange(scene.Symptoms);
                break;
            }
        }

        return noise;
    }

    private static void PlayOne(Rng rng, Scene scene, CustomerEstate customer, double start)
    {
        var end = Math.Round(start + rng.Between(300, 1500), 3);
        switch (rng.Unit())
        {
            case < 0.60:
                var watched = Watched(rng, customer);
                scene.Alert(rng.Pick(RulesByType[watched.Type]), watched, start, end, rng.Chance(0.06));
                break;
            case < 0.66:
                var guest = rng.Pick(customer.OfType("Microsoft.Compute/virtualMachines").ToList());
                scene.MachineErrors(guest, "Application pool is recycled.", start, start + 240, 1 + rng.Below(2));
                break;
            case < 0.74:
                var site = rng.Pick(customer.OfType("Microsoft.Web/sites").ToList());
                scene.SiteErrors(
                    site, "TaskCanceledException: a client closed the connection", start, start + 240, 1 + rng.Below(3));
                break;
            case < 0.82:
                var nervous = Watched(rng, customer);
                scene.Flapping(rng.Pick(RulesByType[nervous.Type]), nervous, Episodes(rng, start, 2 + rng.Below(4)));
                break;
            case < 0.90:
                scene.FailedOperation(customer, rng.Pick(customer.Resources), "Microsoft.Resources/deployments/write", start,
                    "InvalidTemplateDeployment: the template is not valid.");
                break;
            case < 0.95:
                var machine = rng.Pick(customer.OfType("Microsoft.Compute/virtualMachines").ToList());
                scene.Health(machine, "Restarted by the customer", start, end, rng.Chance(0.5), "UserInitiated");
                break;
            default:
                scene.Split(SharedRules.PodCrash, customer["track/aks"], (start, end),
                    ("namespace", "dev"), ("pod", $"try-{rng.Below(900)}"));
                break;
        }
    }

    private static AzureResource Watched(Rng rng, CustomerEstate customer)
    {
        while (true)
        {
            var resource = rng.Pick(customer.Resources);
            if (RulesByType.ContainsKey(resource.Type)) { return resource; }
        }
    }

    private static IEnumerable<(double Fired, double Resolved)> Episodes(Rng rng, double start, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var resolved = Math.Round(start + rng.Between(200, 500), 3);
            yield return (start, resolved);
            start = Math.Round(resolved + rng.Between(150, 480), 3);
        }
    }
}
