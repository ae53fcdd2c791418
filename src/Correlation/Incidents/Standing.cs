using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>How the resources of an incident stand to each other, by the topology as of its newest symptom.</summary>
internal sealed class Standing
{
    /// <summary>A resource that shows nothing is looked for this near.</summary>
    private const int CommonHops = 2;

    /// <summary>And where more than this share of the resources needs it.</summary>
    private const double CommonShare = 0.5;

    private readonly Dictionary<string, IReadOnlyDictionary<string, int>> _above;
    private readonly Dictionary<string, int> _dependants = [];

    /// <summary>Looks up what each depends on.</summary>
    public Standing(IReadOnlyCollection<Symptom> symptoms, TopologyHistory topology)
    {
        First = symptoms.Min(symptom => symptom.Start);
        var now = topology.At(symptoms.Max(symptom => symptom.Start)).Topology;
        _above = symptoms.Select(symptom => symptom.Resource.Canonical).Distinct().ToDictionary(id => id, now.Above);
        foreach (var (id, above) in _above) CountFor(id, above);
        Common = [.. _above.Values.SelectMany(above => above.Where(pair => pair.Value <= CommonHops)).GroupBy(pair => pair.Key)
            .Where(group => group.Count() > 1 && !_above.ContainsKey(group.Key))
            .Select(group => (Id: ResourceId.Parse(group.Key), Share: group.Count() / (double)_above.Count))
            .Where(one => one.Share > CommonShare).OrderBy(one => one.Id)];
    }

    /// <summary>When the first symptom began.</summary>
    public DateTimeOffset First { get; }

    /// <summary>How many resources there are.</summary>
    public int Resources => _above.Count;

    /// <summary>What shows nothing itself and more than half of the others need, with how large that share is.</summary>
    public IReadOnlyList<(ResourceId Id, double Share)> Common { get; }

    /// <summary>How many of the others depend on a resource of the incident or are part of it, and not the other way round as
    /// well: what need each other say nothing about who failed first.</summary>
    public int Dependants(string resource) => _dependants.GetValueOrDefault(resource);

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
