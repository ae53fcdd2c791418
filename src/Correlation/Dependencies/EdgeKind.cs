namespace Correlation.Dependencies;

/// <summary>What sort of dependency an edge is. Stored by number: a new one goes to the end.</summary>
public enum EdgeKind : byte
{
    /// <summary>Somebody wrote it down in the customers file.</summary>
    Declared = 0,

    /// <summary>One names the other, and nothing more is known: it counts as little as two hops, and says no direction.</summary>
    Refers = 1,

    /// <summary>Reached over it: network interface, subnet, public address, security group.</summary>
    Network = 2,

    /// <summary>Keeps its data on it.</summary>
    Disk = 3,

    /// <summary>Runs on it: plan, scale set, availability set, elastic pool, environment.</summary>
    HostedOn = 4,

    /// <summary>Lies in it: a database in its server.</summary>
    PartOf = 5,

    /// <summary>A private endpoint leads to it.</summary>
    PrivateEndpoint = 6,

    /// <summary>Manages it: the edge goes from the manager to what it manages.</summary>
    ManagedBy = 7,

    /// <summary>Hands requests on to it.</summary>
    Backend = 8,

    /// <summary>Watches it, so that its failure shows there.</summary>
    Monitors = 9,

    /// <summary>Writes its logs into it.</summary>
    Workspace = 10,

    /// <summary>They failed together oftener than chance: as weak as <see cref="Refers"/>.</summary>
    FailsWith = 11,
}

/// <summary>Who said that there is an edge. Stored by number: a new one goes to the end.</summary>
public enum EdgeSource : byte
{
    /// <summary>The customers file.</summary>
    CustomersFile = 0,

    /// <summary>An export of Azure Resource Graph.</summary>
    ResourceGraph = 1,

    /// <summary>A write in the activity log.</summary>
    ActivityLog = 2,

    /// <summary>The payload of another signal.</summary>
    Payload = 3,

    /// <summary>Nobody: it was learned from what failed together.</summary>
    Learned = 4,
}

/// <summary>One resource depends on another: its failure hurts it.</summary>
/// <param name="From">The resource that depends, canonical.</param>
/// <param name="To">The resource that it depends on, canonical.</param>
/// <param name="Kind">What sort of dependency it is.</param>
public readonly record struct ResourceEdge(string From, string To, EdgeKind Kind)
{
    /// <summary>Whether so little is known that it counts for less and says no direction.</summary>
    public bool IsWeak => Kind is EdgeKind.Refers or EdgeKind.FailsWith;
}
