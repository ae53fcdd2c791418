using System.Collections.Immutable;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Customers;

/// <summary>Which symptoms a maintenance window suppresses.</summary>
internal static class Suppression
{
    /// <summary>Whether a symptom that began in a window is suppressed: while the window lasts,
    /// and for good where it ended within it. One that outlasts its window is raised.</summary>
    public static bool Holds(Symptom symptom, ImmutableArray<MaintenanceWindow> windows, DateTimeOffset now) =>
        windows.Any(window => symptom.Start >= window.From && symptom.Start < window.Until && Covers(window, symptom.Resource)
            && (symptom.End is { } end ? end <= window.Until : now < window.Until));

    /// <summary>The suppressed symptoms, whose maintenance window may be over.</summary>
    public static List<string> MaybeOver(CustomerState state) => state.Maintenance.IsEmpty
        ? []
        : [.. state.Symptoms.Values.Where(tracked => tracked is { Suppressed: true, Sealed: false })
            .Select(tracked => tracked.Symptom.Id)];

    private static bool Covers(MaintenanceWindow window, ResourceId resource) =>
        window.Prefixes.IsDefaultOrEmpty || window.Prefixes.Any(prefix => Begins(resource.Canonical, prefix));

    private static bool Begins(string canonical, string prefix)
    {
        var root = ResourceId.TryParse(prefix)?.Canonical;
        return root is not null && canonical.StartsWith(root, StringComparison.Ordinal)
            && (canonical.Length == root.Length || canonical[root.Length] == '/');
    }
}
