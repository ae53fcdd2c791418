using Correlation.Estate.Failures;
using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate.Background;

/// <summary>Harmless symptoms: single alerts that resolve, small bursts of errors in a site's log, a maintenance.</summary>
internal static class NoiseSymptoms
{
    private static readonly Dictionary<string, AlertRule> RuleByType = new()
    {
        ["Microsoft.Compute/virtualMachines"] = Rules.Cpu,
        ["Microsoft.Sql/servers/databases"] = Rules.Dtu,
        ["Microsoft.Storage/storageAccounts"] = Rules.Ingress,
        ["Microsoft.Cache/Redis"] = Rules.Memory,
        ["Microsoft.KeyVault/vaults"] = Rules.Saturation,
        ["Microsoft.Web/sites"] = Rules.Latency,
    };

    public static IReadOnlyList<TruthSymptom> Play(Stage stage)
    {
        var scene = stage.NewScene();
        Maintenance(stage, scene);
        foreach (var customer in stage.Customers)
        {
            var watched = customer.Resources.Where(r => RuleByType.ContainsKey(r.Type)).ToList();
            for (var i = 0; i < stage.Hours / 2; i++) { Alert(stage, scene, watched); }

            var sites = customer.OfType("Microsoft.Web/sites").ToList();
            for (var i = 0; i < stage.Hours / 4; i++) { ErrorBurst(stage, scene, sites); }
        }

        return scene.Symptoms;
    }

    private static void Alert(Stage stage, Scene scene, List<AzureResource> watched)
    {
        var length = stage.Rng.Between(300, 1300);
        if (Slot(stage, watched, length) is not var (resource, start)) { return; }

        scene.Alert(RuleByType[resource.Type], resource, start, Math.Round(start + length, 3), stage.Rng.Chance(0.08));
    }

    private static void ErrorBurst(Stage stage, Scene scene, List<AzureResource> sites)
    {
        if (Slot(stage, sites, 240) is not var (site, start)) { return; }

        var count = 1 + stage.Rng.Below(3);
        scene.SiteErrors(site, "TaskCanceledException: a client closed the connection", start, start + 240, count);
    }

    private static void Maintenance(Stage stage, Scene scene)
    {
        var customer = stage.Customer("contoso");
        var subscription = customer.Subscriptions[1];
        var start = stage.At(0.3);
        if (!stage.Calendar.IsFree(subscription, start, start + 60)) { return; }

        scene.Service(new ServiceEvent
        {
            Scope = $"/subscriptions/{subscription}",
            Time = start,
            Type = "Maintenance",
            Stage = "Planned",
            TrackingId = "4V8M-T1Q",
            Title = "Planned maintenance for virtual machines - North Europe",
            Service = "Virtual Machines",
            Region = "North Europe",
            ImpactStart = 7 * 86400,
            AlertId = "",
            EventDataId = "",
            CorrelationId = stage.Rng.Guid(),
        }, (start, "Planned"));
        stage.Calendar.Claim(subscription, start, start + 60);
    }

    /// <summary>A resource and a time at which nothing related is disturbed; null where none is found.</summary>
    private static (AzureResource Resource, double Start)? Slot(Stage stage, List<AzureResource> candidates, double length)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var resource = stage.Rng.Pick(candidates);
            var start = Math.Round(stage.Rng.Between(stage.Start + 600, -4200), 3);
            if (!stage.Calendar.IsFree(resource, start, start + length)) { continue; }

            stage.Calendar.Claim(resource, start, start + length);
            return (resource, start);
        }

        return null;
    }
}
