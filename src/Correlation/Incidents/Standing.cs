using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Incidents;

/// <summary>How the resources of an incident stand to each other, by the topology as of its newest symptom.</summary>
internal sealed class Standing
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, int>> _above;
    private readonly Dictionary<string, int> _dependants = [];

    /// <summary>Looks up what each depends on.</summary>
    public Standing(IReadOnlyCollection<Symptom> symptoms, TopologyHistory topology)
    {
        First = symptoms.Min(symptom => symptom.Start);
        var now = topology.At(symptoms.Max(symptom => symptom.Start)).Topology;
        _above = symptoms.Select(symptom => symptom.Resource.Canonical).Distinct().ToDictionary(id => id, id => now.Above(id));
        foreach (var (id, above) in _above) CountFor(id, above);
    }

    /// <summary>When the first symptom began.</summary>
    public DateTimeOffset First { get; }

    /// <summary>How many resources there are.</summary>
    public int Resources => _above.Count;

    /// <summary>How many of the others depend on a resource of the incident or are part of it, and not the other way round as
    /// well: what need each other say nothing about who failed first.</summary>
    public int Dependants(string resource) => _dependants.GetValueOrDefault(resource);

    /// <summary>The resource of the incident that a resource is or is a part of; itself where it is neither.</summary>
    public string Owner(string resource)
    {
        for (var at = resource; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('/'))])
        {
            if (_above.ContainsKey(at) && (at == resource || at.Contains("/providers/", StringComparison.Ordinal))) return at;
        }

        return resource;
    }

    private void CountFor(string id, IReadOnlyDictionary<string, int> above)
    {
        var counted = new HashSet<string>();
        for (var at = id.LastIndexOf('/'); at > 0; at = id.LastIndexOf('/', at - 1))
        {
            var container = id[..at];
            if (_above.ContainsKey(container) && counted.Add(container)) Count(container);
        }

        foreach (var needed in above.Keys)
        {
            if (_above.TryGetValue(needed, out var back) && !back.ContainsKey(id) && counted.Add(needed)) Count(needed);
        }
    }

    private void Count(string resource) => _dependants[resource] = _dependants.GetValueOrDefault(resource) + 1;
}
