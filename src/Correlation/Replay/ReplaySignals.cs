using Correlation.Customers;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Replay;

/// <summary>Which signals were about which condition: a symptom itself keeps only its first and last.</summary>
internal sealed class ReplaySignals
{
    private readonly Dictionary<string, List<SignalReference>> _byCondition = [];

    /// <summary>Notes a signal that was applied.</summary>
    public void Add(CustomerKey owner, Signal signal)
    {
        if (signal.Condition is not { } condition) return;
        var key = KeyOf(owner, signal.Resource, condition);
        if (!_byCondition.TryGetValue(key, out var known)) _byCondition[key] = known = [];
        known.Add(signal.ToReference());
    }

    /// <summary>A symptom with its signals, which are handed out once: those of its condition that lie in its interval, and those
    /// that it names itself.</summary>
    public ReplayedSymptom Take(CustomerKey owner, Symptom symptom)
    {
        var key = KeyOf(owner, symptom.Resource, symptom.Condition);
        var signals = new List<SignalReference>(symptom.Signals);
        if (_byCondition.TryGetValue(key, out var known))
        {
            signals.AddRange(known.Where(one => Holds(symptom, one)));
            known.RemoveAll(one => Holds(symptom, one));
            if (known.Count == 0) _byCondition.Remove(key);
        }

        return new ReplayedSymptom(
            symptom,
            [.. signals.DistinctBy(one => one.Position).OrderBy(one => one.EventTime).ThenBy(one => one.Position)]);
    }

    private static bool Holds(Symptom symptom, SignalReference signal) =>
        signal.EventTime >= symptom.Start && !(signal.EventTime > symptom.End);

    private static string KeyOf(CustomerKey owner, ResourceId resource, Condition condition) =>
        $"{owner}\n{resource.Canonical}\n{(byte)condition.Kind}\n{condition.Key}";
}
