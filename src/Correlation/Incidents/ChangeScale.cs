using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>Weighs changes as the cause of some symptoms: by what they touched, and by how rare such a change is: the lift over
/// the base rate of changes from which nothing came.</summary>
/// <remarks>Only what happened before the first symptom counts, so that no later change alters what one weighs.</remarks>
internal sealed class ChangeScale
{
    /// <summary>Clocks differ: what happened by its own word shortly after may have come before.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(5);

    /// <summary>So many resources show what a change reaches; those that failed first.</summary>
    private const int ResourcesMost = 64;

    /// <summary>What is rarer than e to the minus this is not weighed as rarer.</summary>
    private const double RarestNats = 6;

    private static readonly TimeSpan Least = TimeSpan.FromDays(1);

    private readonly DateTimeOffset _first;
    private readonly List<Shown> _shown;
    private readonly HashSet<string> _keys;
    private readonly ILookup<string, Change> _byOperation;
    private readonly TimeSpan _observed;

    /// <summary>Prepares.</summary>
    /// <param name="symptoms">The symptoms, at least one.</param>
    /// <param name="changes">All changes that are known.</param>
    /// <param name="topology">What depends on what, as of every time.</param>
    public ChangeScale(IReadOnlyCollection<Symptom> symptoms, IEnumerable<Change> changes, TopologyHistory topology)
    {
        _first = symptoms.Min(symptom => symptom.Start);
        var now = topology.At(symptoms.Max(symptom => symptom.Start)).Topology;
        _shown = [.. symptoms.GroupBy(symptom => symptom.Resource.Canonical)
            .OrderBy(group => group.Min(symptom => symptom.Start)).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(ResourcesMost).Select(group => new Shown(
                group.Key, now.Above(group.Key), [.. group.SelectMany(symptom => symptom.Linked)],
                [.. group.SelectMany(symptom => TextNames.Of(symptom))]))];
        _keys = [.. symptoms.SelectMany(symptom => symptom.CauseKeys)];
        var before = changes.Where(change => change.At <= _first + After).DistinctBy(change => change.Id).ToList();
        _byOperation = before.ToLookup(OperationOf);
        _observed = before.Count == 0 ? Least : _first + After - before.Min(change => change.At);
        if (_observed < Least) _observed = Least;
    }

    /// <summary>Weighs one.</summary>
    public WeighedChange Weigh(Change change)
    {
        var near = _shown.ConvertAll(one => NearnessOf(change.Resource, one));
        var (place, where) = near.MaxBy(found => found.Weight);
        var (rare, when) = Rare(change);
        var key = change.CauseKeys.Where(_keys.Contains).Order(StringComparer.Ordinal).FirstOrDefault();
        return new WeighedChange(change, place, where, near.Average(found => found.Weight), rare, when, key);
    }

    /// <summary>How likely it is that a change of this operation comes so near before the start although it has nothing to do
    /// with it: by how often that is done to this resource, and to any one of those it is done to.</summary>
    private (double Rare, string When) Rare(Change change)
    {
        var before = _first - change.At;
        var others = _byOperation[OperationOf(change)].Where(other => other.Id != change.Id).ToList();
        var own = others.Count(other => other.Resource == change.Resource);
        var resources = others.Select(other => other.Resource).Append(change.Resource).Distinct().Count();
        var usual = own + ((others.Count - own) / (double)resources) + 0.5;
        var gap = TimeSpan.FromMinutes(Math.Max(1, before.Duration().TotalMinutes));
        var chance = 1 - Math.Exp(-usual * (gap / _observed));
        var nats = Math.Clamp(-Math.Log(chance), 0, RarestNats);
        var when = before >= TimeSpan.Zero
            ? $"{before.TotalMinutes:0} min before the first symptom"
            : $"{-before.TotalMinutes:0} min after the first symptom";
        return (nats / RarestNats, others.Count == 0 ? when : $"{when}; done {others.Count} times else");
    }

    private static (double Weight, string Text) NearnessOf(ResourceId changed, Shown shown)
    {
        var (resource, id) = (shown.Resource, changed.Canonical);
        if (id == resource) return (1, "on a resource of the incident");
        if (id.StartsWith(resource + "/", StringComparison.Ordinal)) return (0.9, "on a part of a resource of the incident");
        if (resource.StartsWith(id + "/", StringComparison.Ordinal))
        {
            var isScope = !id.Contains("/providers/", StringComparison.Ordinal);
            return (isScope ? 0.4 : 0.7, "on what contains a resource of the incident");
        }

        for (var one = changed; one is not null && one.Type.Contains('/'); one = one.Parent)
        {
            if (shown.Above.TryGetValue(one.Canonical, out var hops))
                return (hops > 2 ? 0.6 : 0.8, "on what a resource of the incident depends on");
            if (shown.Linked.Contains(one)) return (0.6, "on what a signal of the incident is about too");
            if (TextNames.IsName(one.Name) && shown.Names.Contains(one.Name.ToLowerInvariant()))
                return (0.6, "on what the text of a symptom names");
        }

        return (0, "");
    }

    private static string OperationOf(Change change) => (change.Operation ?? change.Verb).ToLowerInvariant();

    /// <summary>One resource of the incident.</summary>
    private sealed record Shown(
        string Resource, IReadOnlyDictionary<string, int> Above, HashSet<ResourceId> Linked, HashSet<string> Names);
}
