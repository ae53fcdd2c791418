namespace Correlation.Estate.Model;

/// <summary>Makes four customers whose workloads share what they run on. Two of them have resources of the same
/// names.</summary>
internal static class LargeEstateBuilder
{
    /// <summary>The applications that each customer has in resource groups of their own.</summary>
    public static readonly IReadOnlyList<string> Apps = ["shop", "orders", "billing", "catalog", "loyalty", "hr"];

    public static IReadOnlyList<CustomerEstate> Build(Rng rng) =>
    [
        Customer(rng, ("contoso", "Contoso Retail", null), "Europe/Amsterdam", ["westeurope", "northeurope"]),
        Customer(rng, ("fabrikam", "Fabrikam Travel", null), "America/New_York", ["eastus2", "centralus"]),
        Customer(rng, ("tailspin", "Tailspin Toys", "prd"), "Europe/London", ["uksouth", "westeurope"]),
        Customer(rng, ("wingtip", "Wingtip Toys", "prd"), "Europe/London", ["uksouth", "westeurope"]),
    ];

    private static CustomerEstate Customer(
        Rng rng, (string Key, string Name, string? Shared) who, string timeZone, string[] regions)
    {
        var customer = new CustomerEstate
        {
            Key = who.Key,
            Name = who.Name,
            SharedName = who.Shared,
            TimeZone = timeZone,
            Regions = regions,
            Tenant = rng.Guid(),
            Subscriptions = [rng.Guid(), rng.Guid()],
        };
        WorkloadTemplates.Operations(new Place(customer, 1, "ops"));
        SharedTemplates.Network(new Place(customer, 1, "connectivity"));
        SharedTemplates.Data(new Place(customer, 0, "data"), Apps);
        SharedTemplates.Platform(new Place(customer, 0, "platform"));
        foreach (var app in Apps) { SharedTemplates.App(new Place(customer, 0, app), customer); }

        customer.Needs("shop/web", "orders/api");
        customer.Needs("orders/api", "billing/api");
        WorkloadTemplates.Web(new Place(customer, 0, "portal"));
        WorkloadTemplates.Web(new Place(customer, 1, "intranet"));
        WorkloadTemplates.Machines(new Place(customer, 0, "erp"), 5);
        WorkloadTemplates.Machines(new Place(customer, 1, "files"), 4);
        WorkloadTemplates.Cluster(new Place(customer, 0, "track"));
        SharedTemplates.Pools(new Place(customer, 0, "track"));
        new Place(customer, 1, "telemetry").Put(
            "telemetry/bus", "Microsoft.ServiceBus/namespaces", $"sbns-{customer.Key}-telemetry");
        customer.Needs("erp/sql01", "connectivity/spoke");
        customer.Needs("files/sql01", "connectivity/spoke");
        customer.Needs("track/aks", "connectivity/spoke");
        customer.Needs("platform/apim", "track/aks");
        return customer;
    }
}
