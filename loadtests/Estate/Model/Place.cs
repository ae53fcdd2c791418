namespace Correlation.Estate.Model;

/// <summary>A workload's resource group, where its resources are put.</summary>
internal sealed class Place(CustomerEstate customer, int subscription, string workload)
{
    /// <summary>Types whose names are host names, so that no two customers have the same.</summary>
    private static readonly HashSet<string> Worldwide =
    [
        "Microsoft.Web/sites", "Microsoft.Sql/servers", "Microsoft.Sql/servers/databases", "Microsoft.Sql/servers/elasticPools",
        "Microsoft.Cache/Redis", "Microsoft.KeyVault/vaults", "Microsoft.Storage/storageAccounts",
        "Microsoft.ContainerRegistry/registries", "Microsoft.DocumentDB/databaseAccounts", "Microsoft.ServiceBus/namespaces",
        "Microsoft.ApiManagement/service", "Microsoft.DataFactory/factories",
    ];

    private readonly string region = customer.Regions[subscription];

    public string Workload => workload;
    public string CustomerKey => customer.Key;
    public string Group => $"rg-{workload}-prd";

    /// <summary>Puts a resource; in names of nested types the names are separated by slashes.</summary>
    public void Put(string role, string type, string name)
    {
        if (customer.SharedName is { } shared && !Worldwide.Contains(type)) { name = name.Replace(customer.Key, shared); }

        var types = type.Split('/');
        var names = name.Split('/');
        var path = string.Concat(names.Select((n, i) => $"/{types[i + 1]}/{n}"));
        var id = $"/subscriptions/{customer.Subscriptions[subscription]}/resourceGroups/{Group}/providers/{types[0]}{path}";
        var owner = customer.Subscriptions[subscription];
        customer.Add(role, new AzureResource(id, customer.Key, owner, Group, type, names[^1], region));
    }

    public void Needs(string from, params string[] to) =>
        customer.Needs($"{workload}/{from}", [.. to.Select(t => $"{workload}/{t}")]);
}
