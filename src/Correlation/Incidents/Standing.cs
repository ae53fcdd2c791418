using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>How the resources of an incident stand to each other, by the topology as of its newest symptom.</summary>
internal sealed class Standing
{
    /// <summary>So many resources of one name are looked at, and no more.</summary>
    private const int NamedMost = 8;

    private readonly Dictionary<string, IReadOnlyDictionary<string, int>> _above;
    private readonly Dictionary<string, int> _dependants = [];

    /// <summary>Looks up what each depends on.</summary>
    public Standing(
        IReadOnlyCollection<Symptom> symptoms, TopologyHistory topology, Func<Symptom, IEnumerable<string>> names)
    {
        First = symptoms.Min(symptom => symptom.Start);
        var now = topology.At(symptoms.Max(symptom => symptom.Start)).Topology;
        _above = symptoms.Select(symptom => symptom.Resource.Canonical).Distinct().ToDictionary(id => id, id => now.Above(id));
        var named = NamedBy(symptoms, names);
        foreach (var (id, above) in _above) CountFor(id, above, named);
    }

    /// <summary>When the first symptom began.</summary>
    public DateTimeOffset First { get; }

    /// <summary>How many resources there are.</summary>
    public int Resources => _above.Count;

    /// <summary>How many of the others depend on a resource of the incident, are part of it or name it in what they say, and not
    /// the other way round as well: what need each other say nothing about who failed first.</summary>
    public int Dependants(string resource) => _dependants.GetValueOrDefault(resource);

    /// <summary>The resource of the incident that a resource is or is a part of; null where it is neither.</summary>
    public string? Member(ResourceId resource) => _above.ContainsKey(resource.Canonical)
        ? resource.Canonical
        : resource.WithParents().Select(one => one.Canonical).FirstOrDefault(_above.ContainsKey);

    /// <summary>The others of the incident that the symptoms of each name: an error names what was not reached.</summary>
    private static Dictionary<string, HashSet<string>> NamedBy(
        IReadOnlyCollection<Symptom> symptoms, Func<Symptom, IEnumerable<string>> names)
    {
        var called = symptoms.Select(symptom => symptom.Resource).Distinct()
            .SelectMany(resource => TextNames.Calling(resource).Select(name => (name, resource.Canonical)))
            .ToLookup(pair => pair.name, pair => pair.Canonical, StringComparer.Ordinal);
        return symptoms.GroupBy(symptom => symptom.Resource.Canonical).ToDictionary(
            group => group.Key,
            group => group.SelectMany(names).Distinct().SelectMany(name => called[name].Take(NamedMost)).ToHashSet());
    }

    private void CountFor(
        string id, IReadOnlyDictionary<string, int> above, Dictionary<string, HashSet<string>> named)
    {
        var counted = new HashSet<string>();
        var members = _above.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = id.LastIndexOf('/'); at > 0; at = id.LastIndexOf('/', at - 1))
        {
            if (members.TryGetValue(id.AsSpan(0, at), out var container, out _) && counted.Add(container)) Count(container);
        }

        foreach (var needed in above.Keys)
        {
            if (_above.TryGetValue(needed, out var back) && !back.ContainsKey(id) && counted.Add(needed)) Count(needed);
        }

        foreach (var other in named[id])
        {
            if (other != id && !named[other].Contains(id) && !_above[other].ContainsKey(id) && counted.Add(other)) Count(other);
        }
    }

    private void Count(string resource) => _dependants[resource] = _dependants.GetValueOrDefault(resource) + 1;
}
