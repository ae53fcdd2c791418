using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;

namespace Correlation.Incidents;

/// <summary>How many neighbours of a resource in an incident began to show what, as was learned, follows what it had shown
/// before: "A causes B".</summary>
internal sealed class LearnedDirection
{
    private readonly Dictionary<string, List<(string Kind, DateTimeOffset Start)>> _shown;
    private readonly Dictionary<string, HashSet<string>> _near = [];
    private readonly HashSet<(string Cause, string Effect)> _causes;

    /// <summary>Looks at symptoms.</summary>
    /// <param name="symptoms">The incident's symptoms, at least one.</param>
    /// <param name="topology">What depends on what.</param>
    /// <param name="models">What was learned; the version in force at the newest symptom counts, none where the customers file
    /// says so.</param>
    public LearnedDirection(IReadOnlyCollection<Symptom> symptoms, TopologyHistory topology, LearnedVersions models)
    {
        var newest = symptoms.Max(symptom => symptom.Start);
        var model = topology.LearnedBetween(newest, newest) > 0 ? models.At(newest) : null;
        _causes = [.. (model?.Causes ?? []).Where(cause => cause.Relation == Relation.Neighbour)
            .Select(cause => (cause.Cause, cause.Effect))];
        Model = model?.Number ?? 0;
        _shown = _causes.Count == 0 ? [] : symptoms.GroupBy(symptom => symptom.Resource.Canonical).ToDictionary(
            group => group.Key, group => group.Select(symptom => (ConditionType.Of(symptom), symptom.Start)).ToList());
        var known = topology.At(newest).Topology;
        foreach (var id in _shown.Keys) Meet(id, known);
    }

    /// <summary>The number of the version that it is by; 0 for none.</summary>
    public int Model { get; }

    /// <summary>How many neighbours of a resource of the incident followed it so, and it did not follow likewise.</summary>
    public int Followers(string resource) => _near.TryGetValue(resource, out var near)
        ? near.Count(other => Follows(resource, other) && !Follows(other, resource)) : 0;

    private bool Follows(string before, string after) => _shown[before].Exists(one => _shown[after].Exists(
        other => other.Start >= one.Start && _causes.Contains((one.Kind, other.Kind))));

    /// <summary>Finds a resource's neighbours as learning counts them: one edge apart, or the one part of the other.</summary>
    private void Meet(string id, Topology topology)
    {
        foreach (var needed in topology.Upstream(id).Where(_shown.ContainsKey)) Join(id, needed);
        for (var at = id.LastIndexOf('/'); at > 0; at = id.LastIndexOf('/', at - 1))
        {
            if (_shown.ContainsKey(id[..at])) Join(id, id[..at]);
        }
    }

    private void Join(string one, string other)
    {
        foreach (var (of, near) in ((string, string)[])[(one, other), (other, one)])
        {
            if (!_near.TryGetValue(of, out var known)) _near[of] = known = [];
            known.Add(near);
        }
    }
}
