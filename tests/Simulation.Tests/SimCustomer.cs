using Correlation.Delivery;
using Correlation.Resources;

namespace Correlation.Simulation.Tests;

/// <summary>The customer's side of a report: what counts is the newest sequence of each condition, and each change once.</summary>
internal sealed class SimCustomer(SimScheduler scheduler, SimProcess process)
{
    public Dictionary<string, ConditionReport> Conditions { get; } = [];

    public HashSet<string> Changes { get; } = [];

    public async Task<bool> ReportAsync(IReadOnlyList<OutboxEntry<OwnedEffect>> entries)
    {
        await scheduler.Hop(process);
        foreach (var effect in entries.Select(entry => entry.Item))
        {
            if (effect.Change is { } change) Changes.Add(change.Id);
            if (effect.Condition is not { } report) continue;
            var key = $"{report.Resource}|{report.Incarnation}|{report.Condition.Key}";
            if (!Conditions.TryGetValue(key, out var known) || known.Sequence < report.Sequence) Conditions[key] = report;
        }

        return true;
    }
}
