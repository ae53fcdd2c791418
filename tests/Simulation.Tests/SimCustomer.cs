using Correlation.Delivery;
using Correlation.Resources;

namespace Correlation.Simulation.Tests;

/// <summary>The customer's side of reports: of each condition the newest sequence counts, what is settled stays,
/// each change counts once.</summary>
internal sealed class SimCustomer
{
    private readonly Dictionary<string, long> _sequences = [];

    /// <summary>The symptoms that are known, by condition.</summary>
    public Dictionary<string, Dictionary<string, Symptom>> Symptoms { get; } = [];

    public HashSet<string> Changes { get; } = [];

    public void Take(IEnumerable<OwnedEffect> effects)
    {
        foreach (var effect in effects)
        {
            if (effect.Change is { } change) Changes.Add(change.Id);
            if (effect.Condition is { } report) Take(report);
        }
    }

    /// <summary>Every symptom of a resource in words.</summary>
    public List<string> Of(string resource) =>
    [
        .. Symptoms.Values.SelectMany(known => known.Values).Where(symptom => symptom.Resource.Canonical == resource)
            .Select(symptom => $"{symptom.Condition.Key} {symptom.Start:o} {symptom.End:o} {symptom.EndReason}")
            .Order(StringComparer.Ordinal),
    ];

    private void Take(ConditionReport report)
    {
        var key = $"{report.Resource}|{report.Incarnation}|{report.Condition.Key}";
        if (_sequences.TryGetValue(key, out var sequence) && sequence >= report.Sequence) return;
        _sequences[key] = report.Sequence;
        var known = Symptoms.TryGetValue(key, out var before) ? before : [];
        var settled = known.Values.Where(symptom => symptom.End < report.Floor);
        Symptoms[key] = settled.Concat(report.Symptoms).DistinctBy(symptom => symptom.Id).ToDictionary(symptom => symptom.Id);
    }
}
