namespace Correlation.Estate.Failures.Reporting;

/// <summary>A private zone loses its link to the network: what asks for those names fails, wherever it is. Nobody wrote
/// down who asks.</summary>
internal static class DnsLinkDeleted
{
    public static Outcome Play(Plot p)
    {
        var zone = p[p.Rng.Pick(["connectivity/zone-sql", "connectivity/zone-vault", "connectivity/zone-blob"])];
        p.Lasts(2400);
        p.Guilty(
            zone.Id + "/virtualNetworkLinks/spoke-prd", "Microsoft.Network/privateDnsZones/virtualNetworkLinks/delete", -240);
        var text = $"SocketException 11001: No such host is known ({zone.Name})";
        foreach (var app in p.Apps(3))
        {
            p.Errors($"{app}/api", text, 60, 9);
            p.Queried(SharedRules.Resolution, p[$"{app}/api"], 560);
            p.Alert(SharedRules.ServerErrors, $"{app}/api", 300);
        }

        p.Queried(SharedRules.Resolution, p["portal/api"], 600);
        p.Alert(SharedRules.HealthCheck, "portal/api", 360);
        p.Errors("intranet/api", text, 100, 6);
        p.Split(SharedRules.PodCrash, "track/aks", 480, ("namespace", "track"), ("pod", "geocoder-6b9c"));
        p.Scene.MachineErrors(p["erp/app01"], text, p.After(120), p.Until, 8);
        p.Queried(SharedRules.Connectivity, p["erp/app01"], 420);
        p.Fix(zone.Id + "/virtualNetworkLinks/spoke-prd", "Microsoft.Network/privateDnsZones/virtualNetworkLinks/write");
        return new Outcome(zone.Id, $"The link of {zone.Name} to the network was deleted.",
            zone.Id + "/virtualNetworkLinks/spoke-prd");
    }
}
