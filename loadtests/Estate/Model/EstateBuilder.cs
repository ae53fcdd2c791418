namespace Correlation.Estate.Model;

/// <summary>Makes three customers with web shops, machines, clusters and what operates them.</summary>
internal static class EstateBuilder
{
    public static IReadOnlyList<CustomerEstate> Build(Rng rng)
    {
        var contoso = Customer(rng, "contoso", "Contoso Retail", "Europe/Amsterdam", ["westeurope", "northeurope"]);
        Workloads(contoso, ["shop", "portal", "crm"], ["batch", "files"], "track");

        var fabrikam = Customer(rng, "fabrikam", "Fabrikam Travel", "America/New_York", ["eastus2", "centralus"]);
        Workloads(fabrikam, ["booking", "loyalty", "intranet"], ["fares", "print"], "search");

        var northwind = Customer(rng, "northwind", "Northwind Traders", "Europe/London", ["westeurope", "uksouth"]);
        Workloads(northwind, ["orders", "partner", "reports"], ["erp", "plant"], "route");
        new Place(northwind, 1, "telemetry").Put("telemetry/bus", "Microsoft.ServiceBus/namespaces", "sbns-northwind-telemetry");
        return [contoso, fabrikam, northwind];
    }

    private static CustomerEstate Customer(Rng rng, string key, string name, string timeZone, string[] regions) => new()
    {
        Key = key,
        Name = name,
        TimeZone = timeZone,
        Regions = regions,
        Tenant = rng.Guid(),
        Subscriptions = [rng.Guid(), rng.Guid()],
    };

    private static void Workloads(CustomerEstate customer, string[] webs, string[] machines, string cluster)
    {
        WorkloadTemplates.Web(new Place(customer, 0, webs[0]));
        WorkloadTemplates.Web(new Place(customer, 0, webs[1]));
        WorkloadTemplates.Web(new Place(customer, 1, webs[2]));
        customer.Needs($"{webs[1]}/web", $"{webs[0]}/api");
        WorkloadTemplates.Machines(new Place(customer, 0, machines[0]), 5);
        WorkloadTemplates.Machines(new Place(customer, 1, machines[1]), 3);
        WorkloadTemplates.Cluster(new Place(customer, 0, cluster));
        WorkloadTemplates.Operations(new Place(customer, 1, "ops"));
    }
}
