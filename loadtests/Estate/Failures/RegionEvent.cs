using Correlation.Estate.Model;
using Correlation.Estate.Wire;

namespace Correlation.Estate.Failures;

/// <summary>A power event in West Europe hits two customers: one tracking id, but an incident for each.</summary>
internal static class RegionEvent
{
    private const string TrackingId = "7K2L-9DG";

    public static IEnumerable<TruthFailure> Plant(Stage stage)
    {
        var begin = stage.At(0.55);
        var over = stage.After(begin, 4800);
        yield return For(stage, stage.Customer("contoso"), ("batch", "track", "portal"), (begin, over));
        yield return For(stage, stage.Customer("northwind"), ("erp", "route", "orders"), (begin, over));
    }

    private static TruthFailure For(Stage stage, CustomerEstate customer, (string Machines, string Cluster, string Web) at,
        (double Begin, double Over) when)
    {
        var scene = stage.NewScene();
        var scope = $"/subscriptions/{customer.Subscriptions[0]}";
        Play(stage, scene, customer, at, (when.Begin, when.Over, TrackingId));
        stage.Calendar.Claim(customer.Subscriptions[0], when.Begin, scene.End);
        return new TruthFailure
        {
            Id = $"region-event-{customer.Key}",
            Kind = "regionEvent",
            Customer = customer.Key,
            PlatformEvent = TrackingId,
            RootResource = scope,
            Cause = $"Azure's power event {TrackingId} in West Europe.",
            Start = when.Begin,
            End = scene.End,
            Symptoms = scene.Symptoms,
        };
    }

    /// <summary>Plays it on machines, a cluster with its storage, and a cache.</summary>
    public static void Play(Stage stage, Scene scene, CustomerEstate customer,
        (string Machines, string Cluster, string Web) at, (double Begin, double Over, string Tracking) when)
    {
        var scope = $"/subscriptions/{customer.Subscriptions[0]}";
        foreach (var role in new[] { "app01", "app02", "app03" })
        {
            var machine = customer[$"{at.Machines}/{role}"];
            var down = stage.After(when.Begin, 120);
            scene.Health(machine, "Power event on the host", down, stage.After(when.Over, -240), alert: role != "app03");
            scene.Alert(Rules.MachineAvailability, machine, stage.After(down, 150), stage.After(when.Over, 60));
            scene.Alert(Rules.HeartbeatLost, machine, stage.After(down, 390), stage.After(when.Over, 200));
        }

        var aks = customer[$"{at.Cluster}/aks"];
        scene.Alert(Rules.NodesNotReady, aks, stage.After(when.Begin, 300), stage.After(when.Over, 120));
        var storage = customer[$"{at.Cluster}/storage"];
        scene.Health(storage, "Storage availability is degraded", stage.After(when.Begin, 200), stage.After(when.Over, -100));
        scene.Alert(Rules.StorageAvailability, storage, stage.After(when.Begin, 340), stage.After(when.Over, 90));
        scene.Alert(Rules.RedisErrors, customer[$"{at.Web}/redis"], stage.After(when.Begin, 420), stage.After(when.Over, 30));
        scene.Service(Event(stage, scope, when.Begin, when.Tracking, customer.Regions[0]),
            (stage.After(when.Begin, 840), "Active"),
            (stage.After(when.Begin, 2900), "Active"),
            (stage.After(when.Over, 300), "Resolved"));
    }

    private static ServiceEvent Event(Stage stage, string scope, double begin, string tracking, string region) => new()
    {
        Scope = scope,
        Time = begin,
        Type = "Incident",
        Stage = "Active",
        TrackingId = tracking,
        Title = $"Virtual machines, storage and caches - {Place(region)} - Investigating",
        Service = "Virtual Machines",
        Region = Place(region),
        ImpactStart = begin,
        AlertId = "",
        EventDataId = "",
        CorrelationId = stage.Rng.Guid(),
    };

    /// <summary>A region as Azure shows it to people.</summary>
    private static string Place(string region) => region switch
    {
        "westeurope" => "West Europe",
        "eastus2" => "East US 2",
        "uksouth" => "UK South",
        _ => region,
    };
}
