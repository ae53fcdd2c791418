namespace Correlation.Estate.Model;

/// <summary>One customer with what it runs.</summary>
internal sealed class CustomerEstate
{
    private readonly Dictionary<string, AzureResource> byRole = [];

    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Tenant { get; init; }
    public required string TimeZone { get; init; }

    /// <summary>Production first, shared and test second.</summary>
    public required IReadOnlyList<string> Subscriptions { get; init; }

    /// <summary>The region of each subscription.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>What stands for the customer in names that need not be unique in the world; null for its key. Customers that
    /// share it have resources of the same names.</summary>
    public string? SharedName { get; init; }

    public List<AzureResource> Resources { get; } = [];

    /// <summary>Who needs whom.</summary>
    public List<(AzureResource From, AzureResource To)> Edges { get; } = [];

    /// <summary>A resource by what it is to its workload, for example <c>shop/api</c>.</summary>
    public AzureResource this[string role] => byRole[role];

    /// <summary>What the roles that match are, in the order in which they were put.</summary>
    public List<AzureResource> Roles(Func<string, bool> matches) =>
        [.. byRole.Where(r => matches(r.Key)).Select(r => r.Value)];

    public IEnumerable<AzureResource> OfType(string type) => Resources.Where(r => r.Type == type);

    public void Add(string role, AzureResource resource)
    {
        byRole.Add(role, resource);
        Resources.Add(resource);
    }

    public void Needs(string from, params ReadOnlySpan<string> to)
    {
        foreach (var target in to) { Edges.Add((byRole[from], byRole[target])); }
    }
}
