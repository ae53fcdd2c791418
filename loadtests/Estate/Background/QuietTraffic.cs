using Correlation.Estate.Failures;
using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate.Background;

/// <summary>What an estate says while nothing is wrong: metrics, logs, heartbeats, reads, changes, audits.</summary>
internal static class QuietTraffic
{
    private static readonly Dictionary<string, (string Name, double Typical)> MetricByType = new()
    {
        ["Microsoft.Web/sites"] = ("Requests", 240),
        ["Microsoft.Sql/servers/databases"] = ("dtu_consumption_percent", 31),
        ["Microsoft.Compute/virtualMachines"] = ("Percentage CPU", 22),
        ["Microsoft.ContainerService/managedClusters"] = ("node_cpu_usage_percentage", 41),
        ["Microsoft.Cache/Redis"] = ("usedmemorypercentage", 38),
        ["Microsoft.Network/applicationGateways"] = ("Throughput", 52000),
        ["Microsoft.ServiceBus/namespaces"] = ("IncomingMessages", 900),
        ["Microsoft.DocumentDB/databaseAccounts"] = ("NormalizedRUConsumption", 17),
        ["Microsoft.Web/serverFarms"] = ("CpuPercentage", 28),
    };

    private static readonly string[] HarmlessOperations =
    [
        "Microsoft.Resources/tags/write", "Microsoft.Insights/diagnosticSettings/write",
        "Microsoft.Authorization/locks/write", "Microsoft.Resources/deployments/validate/action",
    ];

    public static void Play(Stage stage)
    {
        foreach (var customer in stage.Customers)
        {
            Metrics(stage.For($"metrics-{customer.Key}"), customer);
            Logs(stage.For($"logs-{customer.Key}"), customer);
            Activity(stage.For($"activity-{customer.Key}"), customer);
            WrongClocks(stage.For($"clocks-{customer.Key}"), customer);
        }
    }

    private static void Metrics(Stage stage, CustomerEstate customer)
    {
        var (rng, index) = (stage.Rng, 0);
        var measured = customer.Resources.Where(r => MetricByType.ContainsKey(r.Type))
            .Select(r => (r, step: ++index % 3 == 0 ? 10 : 20)).ToList();
        for (var minute = stage.Start; minute < -240; minute += 600)
        {
            var delay = Math.Round(rng.Between(120, 200), 3);
            var daily = 1 + (0.5 * Math.Sin(minute / 86400 * 2 * Math.PI));
            foreach (var (resource, step) in measured)
            {
                if (minute % (step * 60) != 0) { continue; }

                var (name, typical) = MetricByType[resource.Type];
                var average = Math.Round(typical * daily * rng.Between(0.85, 1.15), typical > 100 ? 0 : 1);
                stage.Outbox.Metric(resource, minute, delay, MetricPayloads.Of(resource, name, minute, average, 1));
            }
        }
    }

    private static void Logs(Stage stage, CustomerEstate customer)
    {
        foreach (var resource in customer.Resources)
        {
            var gap = resource.Type == "Microsoft.Compute/virtualMachines" ? 1800 : 2600;
            for (var time = stage.Start + stage.Rng.Between(0, gap); time < -200; time += gap * stage.Rng.Between(0.6, 1.4))
            {
                var at = Math.Round(time, 3);
                if (LogPayloads.Quiet(resource, at, stage.Rng) is not var (category, record)) { break; }

                stage.Outbox.Log(resource, category, at, record);
            }
        }
    }

    private static void Activity(Stage stage, CustomerEstate customer)
    {
        var scene = stage.NewScene();
        for (var time = stage.Start; time < -200; time += stage.Rng.Between(200, 700))
        {
            var (at, resource) = (Math.Round(time, 3), stage.Rng.Pick(customer.Resources));
            if (stage.Rng.Chance(0.2))
            {
                var audit = ActivityPayloads.PolicyAudit(resource, at, stage.Rng.Guid(), stage.Rng.Guid());
                stage.Outbox.Activity(resource.Subscription, at, audit);
                continue;
            }

            scene.HarmlessChange(customer, resource, OperationOn(resource, stage.Rng), at);
        }
    }

    private static string OperationOn(AzureResource resource, Rng rng) => resource.Type switch
    {
        "Microsoft.Storage/storageAccounts" => "Microsoft.Storage/storageAccounts/listKeys/action",
        "Microsoft.Web/sites" when rng.Chance(0.5) => "Microsoft.Web/sites/config/list/action",
        "Microsoft.Compute/virtualMachines" when rng.Chance(0.3) => "Microsoft.Compute/virtualMachines/extensions/write",
        _ => rng.Pick(HarmlessOperations),
    };

    private static void WrongClocks(Stage stage, CustomerEstate customer)
    {
        var machine = stage.Rng.Pick(customer.OfType("Microsoft.Compute/virtualMachines").ToList());
        for (var i = 0; i < 4; i++)
        {
            var arrival = Math.Round(stage.Rng.Between(stage.Start + 600, -7200), 3);
            var time = Math.Round(arrival + stage.Rng.Between(700, 5400), 3);
            if (LogPayloads.Quiet(machine, time, stage.Rng) is not var (category, record)) { continue; }

            stage.Outbox.Ahead(machine, category, time, arrival, record);
        }
    }
}
