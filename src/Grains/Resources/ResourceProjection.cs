using Correlation.Contracts;
using Correlation.Delivery;
using Correlation.Resources;

namespace Correlation.Grains.Resources;

/// <summary>What a resource's grain shows to whoever inspects it.</summary>
internal static class ResourceProjection
{
    /// <summary>The live state as a read model; the incidents are the customer's to add.</summary>
    public static ResourceView View(DurableResource stored, ResourceOptions options, string silo)
    {
        var state = stored.State;
        return new ResourceView
        {
            Resource = state.Resource,
            Customer = state.Owner?.Value ?? "",
            Incarnation = state.Incarnation,
            Health = state.Health(options),
            Conditions = [.. state.Conditions(options).Select(View)],
            RecentSignals = [.. state.RecentSignals],
            RecentChanges = [.. state.RecentChanges],
            Metrics = [.. state.Metrics.Select(metric => new MetricLatest(metric.Name, metric.At, metric.Average, metric.Count))],
            Silo = silo,
            Applied = [.. stored.Applied.Partitions.Select(View)],
            Unacknowledged = stored.Outbox.Pending.Count,
            LastSignal = state.LastSignal,
            SignalCount = state.Counts.Signals,
        };
    }

    private static ConditionView View(ConditionStatus status) =>
        new(status.Condition, status.Open, status.Flapping, status.Symptoms, status.Facts, status.Deadline);

    private static AppliedView View(KeyValuePair<string, AppliedPartition> applied) =>
        new(applied.Key, applied.Value.Epoch, applied.Value.Checkpoint, applied.Value.Count);
}
