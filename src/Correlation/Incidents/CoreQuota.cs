using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>The processor cores that a subscription may use: who is refused any finds no edge to whoever took the last.</summary>
/// <remarks>Azure counts them by subscription, region and family of sizes (Learn: "vCPU quotas", "Resolve errors for resource
/// quotas"); changes tell neither region nor size, so all of a subscription draw on one.</remarks>
internal static class CoreQuota
{
    private static readonly HashSet<string> Machines = new(StringComparer.Ordinal)
    {
        "microsoft.compute/virtualmachines", "microsoft.compute/virtualmachinescalesets",
        "microsoft.containerservice/managedclusters", "microsoft.batch/batchaccounts", "microsoft.databricks/workspaces",
        "microsoft.hdinsight/clusters",
    };

    /// <summary>The subscription whose cores are used up, by what an operation was refused with; null where a symptom does not
    /// say so.</summary>
    public static string? UsedUp(Symptom symptom)
    {
        if (symptom.Condition.Kind != ConditionKind.FailedOperation || symptom.Text is not { } text) return null;
        return Says(text, "quota") && (Says(text, "cores") || Says(text, "vcpu")) ? symptom.Resource.Subscription : null;
    }

    /// <summary>The subscription on whose cores a resource draws, or what it is part of; null for none.</summary>
    public static string? DrawnOn(ResourceId resource) =>
        resource.WithParents().Any(one => Machines.Contains(one.Type)) ? resource.Subscription : null;

    private static bool Says(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
