namespace Correlation.Signals;

/// <summary>The processor cores that a subscription may use: who is refused any finds no edge to whoever took the last, or to
/// others that are refused.</summary>
/// <remarks>Azure counts them by subscription, region and family of sizes (Learn: "vCPU quotas", "Resolve errors for resource
/// quotas"); changes tell neither region nor size, so all of a subscription draw on one.</remarks>
internal static class CoreQuota
{
    private const string Prefix = "quota:cores:";

    private static readonly HashSet<string> Machines = new(StringComparer.Ordinal)
    {
        "microsoft.compute/virtualmachines", "microsoft.compute/virtualmachinescalesets",
        "microsoft.containerservice/managedclusters", "microsoft.batch/batchaccounts", "microsoft.databricks/workspaces",
        "microsoft.hdinsight/clusters",
    };

    /// <summary>The cause key of cores that are used up, by what an operation on a resource was refused with; null where that
    /// says something else.</summary>
    public static string? UsedUp(string? text, ResourceId resource) =>
        text is not null && Says(text, "quota") && (Says(text, "cores") || Says(text, "vcpu")) ? KeyOf(resource) : null;

    /// <summary>Whether a cause key is that of cores that are used up.</summary>
    public static bool IsKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The cause key of the cores on which a resource draws, or what it is part of; null for none.</summary>
    public static string? DrawnOn(ResourceId resource) =>
        resource.WithParents().Any(one => Machines.Contains(one.Type)) ? KeyOf(resource) : null;

    private static string? KeyOf(ResourceId resource) =>
        resource.Subscription is { } subscription ? Prefix + subscription : null;

    private static bool Says(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
