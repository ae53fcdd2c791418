using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Resources;

namespace Correlation.Grouping;

/// <summary>A change that may explain a symptom, and how well its place and time fit.</summary>
/// <param name="Id">The change's id.</param>
/// <param name="Fit">0 to 1.</param>
internal readonly record struct Explaining(string Id, double Fit);

/// <summary>The changes of a customer by what they touch: two symptoms that one change may explain have it in common.</summary>
/// <remarks>What explains a symptom is a function of the symptom, the set of changes before it, and the topology in force when it
/// began.</remarks>
internal sealed class ChangeIndex(GroupingHistory settings, TopologyHistory topology)
{
    private const int Most = 4;
    private const double OwnPlace = 1;
    private const double NextPlace = 0.9;
    private const double FarPlace = 0.6;

    /// <summary>Clocks differ: what happened by its own word shortly after a symptom began may have caused it.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, List<Change>> _byResource = [];
    private readonly Queue<Change> _order = [];

    /// <summary>Adds changes and forgets the oldest beyond <see cref="CustomerLimits.Changes"/>, as the customer's state
    /// does.</summary>
    /// <returns>The resources on which, and on whose parts, symptoms may be explained otherwise now, with the time of the
    /// change.</returns>
    public IReadOnlyList<(string Resource, DateTimeOffset At)> Add(IEnumerable<Change> changes)
    {
        var reached = new List<(string Resource, DateTimeOffset At)>();
        foreach (var change in changes)
        {
            _order.Enqueue(change);
            foreach (var touched in TouchedBy(change))
            {
                if (!_byResource.TryGetValue(touched, out var list)) _byResource[touched] = list = [];
                list.Add(change);
                Reach(touched, change, reached);
            }

            if (_order.Count > CustomerLimits.Changes) Forget(_order.Dequeue(), reached);
        }

        return reached;
    }

    /// <summary>Whether a symptom that began at one time may be explained by a change at another.</summary>
    public bool Reaches(DateTimeOffset change, DateTimeOffset start) =>
        change <= start + Ahead && start - change <= settings.At(start).ChangeWindow;

    /// <summary>The changes that explain a symptom best, best first.</summary>
    public ImmutableArray<Explaining> Of(Node node)
    {
        if (_byResource.Count == 0) return [];
        var found = new Dictionary<string, double>();
        Collect(node, node.Resource, OwnPlace, found);
        if (node.Parent is { } parent) Collect(node, parent, NextPlace, found);
        var now = topology.At(node.Start).Topology;
        foreach (var near in now.Around(node.Resource))
            Collect(node, near, now.Upstream(node.Resource).Contains(near) ? NextPlace : FarPlace, found);
        return found.Count == 0
            ? []
            : [.. found.Select(pair => new Explaining(pair.Key, pair.Value)).OrderByDescending(one => one.Fit)
                .ThenBy(one => one.Id, StringComparer.Ordinal).Take(Most)];
    }

    private void Forget(Change change, List<(string Resource, DateTimeOffset At)> reached)
    {
        foreach (var touched in TouchedBy(change))
        {
            var list = _byResource[touched];
            list.Remove(change);
            if (list.Count == 0) _byResource.Remove(touched);
            Reach(touched, change, reached);
        }
    }

    private void Reach(string touched, Change change, List<(string Resource, DateTimeOffset At)> reached)
    {
        reached.Add((touched, change.At));
        foreach (var near in Around(touched, change.At)) reached.Add((near, change.At));
    }

    /// <summary>What lies near a resource by any topology by which a symptom that the change explains may be judged.</summary>
    private IEnumerable<string> Around(string resource, DateTimeOffset at) =>
        new[] { at, at.PlusBounded(settings.ChangeWindow), DateTimeOffset.MaxValue }
            .Select(time => topology.At(time).Topology).Distinct().SelectMany(one => one.Around(resource)).Distinct();

    private void Collect(Node node, string resource, double place, Dictionary<string, double> found)
    {
        if (!_byResource.TryGetValue(resource, out var changes)) return;
        var decay = settings.At(node.Start).ChangeDecay;
        foreach (var change in changes)
        {
            if (!Reaches(change.At, node.Start)) continue;
            var fit = place * Math.Exp(-((node.Start - change.At).Duration() / decay));
            if (fit > found.GetValueOrDefault(change.Id)) found[change.Id] = fit;
        }
    }

    /// <summary>The changed resource and what it is part of.</summary>
    private static IEnumerable<string> TouchedBy(Change change) => change.Resource.WithParents().Select(one => one.Canonical);
}
