using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>Weighs changes as the cause of some symptoms: by what they touched, and by how rare such a change is: the lift over
/// the base rate of changes from which nothing came.</summary>
/// <remarks>Only what happened before the outbreak counts (<see cref="Onset"/>), so that no later change alters what one
/// weighs.</remarks>
internal sealed class ChangeScale
{
    /// <summary>Clocks differ: what happened by its own word shortly after may have come before.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(5);

    /// <summary>So many resources show what a change reaches; those that failed first.</summary>
    private const int ResourcesMost = 64;

    /// <summary>What is changed reaches so many edges down: a machine needs its interface, that its network, that the hub, the
    /// hub a firewall and that the policy with the rules.</summary>
    private const int FarthestHops = 5;

    /// <summary>From so many resources on the network that all may need is a cause, although no edge leads there.</summary>
    private const int BroadFrom = 4;

    /// <summary>What the traffic and the names of many pass, whoever they are.</summary>
    private static readonly HashSet<string> Networks = new(StringComparer.Ordinal)
    {
        "microsoft.network/firewallpolicies", "microsoft.network/azurefirewalls", "microsoft.network/routetables",
        "microsoft.network/networksecuritygroups", "microsoft.network/virtualnetworks", "microsoft.network/virtualhubs",
        "microsoft.network/virtualnetworkgateways", "microsoft.network/expressroutecircuits", "microsoft.network/natgateways",
        "microsoft.network/privatednszones", "microsoft.network/dnsresolvers", "microsoft.network/dnsforwardingrulesets",
    };

    /// <summary>What is rarer than e to the minus this is not weighed as rarer.</summary>
    private const double RarestNats = 6;

    private static readonly TimeSpan Least = TimeSpan.FromDays(1);

    private readonly DateTimeOffset _first;
    private readonly List<Shown> _shown;
    private readonly HashSet<string> _keys;
    private readonly bool _isUsedUp;
    private readonly HashSet<string> _names;

    /// <summary>What a change may be on, or on a part of, to be near.</summary>
    private readonly HashSet<string> _near = [];

    /// <summary>What contains a resource of the incident.</summary>
    private readonly HashSet<string> _around = [];

    private readonly List<Change> _before;
    private readonly Dictionary<string, Usual> _usual = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeSpan _observed;

    /// <summary>Prepares.</summary>
    /// <param name="symptoms">The symptoms, at least one.</param>
    /// <param name="outbreak">When they broke out (<see cref="Onset"/>).</param>
    /// <param name="changes">All changes that are known.</param>
    /// <param name="topology">What depends on what, as of every time.</param>
    /// <param name="names">What a symptom names.</param>
    public ChangeScale(
        IReadOnlyCollection<Symptom> symptoms, DateTimeOffset outbreak, IEnumerable<Change> changes, TopologyHistory topology,
        Func<Symptom, IEnumerable<string>> names)
    {
        _first = outbreak;
        var now = topology.At(symptoms.Max(symptom => symptom.Start)).Topology;
        _shown = [.. symptoms.GroupBy(symptom => symptom.Resource.Canonical)
            .OrderBy(group => group.Min(symptom => symptom.Start)).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(ResourcesMost).Select(group => new Shown(
                group.Key, now.Above(group.Key, FarthestHops), [.. group.SelectMany(symptom => symptom.Linked)],
                [.. group.SelectMany(names)], [.. group.SelectMany(symptom => symptom.CauseKeys)]))];
        _names = [.. _shown.SelectMany(shown => shown.Names)];
        _keys = [.. symptoms.SelectMany(symptom => symptom.CauseKeys)];
        _isUsedUp = _keys.Any(CoreQuota.IsKey);
        foreach (var shown in _shown)
        {
            _near.UnionWith(shown.Above.Keys);
            _near.UnionWith(shown.Linked.Select(id => id.Canonical));
            _near.Add(shown.Resource);
            var around = _around.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var at = shown.Resource.LastIndexOf('/'); at > 0; at = shown.Resource.LastIndexOf('/', at - 1))
                around.Add(shown.Resource.AsSpan(0, at));
        }

        _before = [.. changes.Where(change => change.At <= _first + After)];
        _observed = _before.Count == 0 ? Least : _first + After - _before.Min(change => change.At);
        if (_observed < Least) _observed = Least;
    }

    /// <summary>Whether a change can have anything to do with the symptoms: cheap, for most have not.</summary>
    public bool MayBeRelated(Change change)
    {
        if (change.CauseKeys.Any(_keys.Contains)) return true;
        var id = change.Resource.Canonical;
        if (_around.Contains(id)) return true;
        for (var length = id.Length; length > 0; length = id.LastIndexOf('/', length - 1))
        {
            if (_near.GetAlternateLookup<ReadOnlySpan<char>>().Contains(id.AsSpan(0, length))) return true;
        }

        if (IsNetworkOfMany(change.Resource) || TakenFrom(change.Resource) is not null) return true;
        return _names.Count > 0
            && (TextNames.Calling(change.Resource).Any(_names.Contains) || ServedZone.Holds(change.Resource, _names));
    }

    /// <summary>Weighs one.</summary>
    public WeighedChange Weigh(Change change)
    {
        var names = TextNames.Calling(change.Resource);
        var within = change.Resource.WithParents().ToList();
        var (network, taken) = (IsNetworkOfMany(change.Resource), TakenFrom(change.Resource));
        var near = _shown.ConvertAll(one => NearnessOf(change.Resource, within, names, one) is { Weight: > 0 } found
            ? found : FarOf(one, taken, network));
        var (place, where) = near.MaxBy(found => found.Weight);
        var (rare, when) = Rare(change);
        var key = change.CauseKeys.Where(_keys.Contains).Order(StringComparer.Ordinal).FirstOrDefault();
        return new WeighedChange(change, place, where, near.Average(found => found.Weight), rare, _first - change.At, when, key);
    }

    /// <summary>How likely it is that a change of this operation comes so near before the start although it has nothing to do
    /// with it: by how often that is done to this resource, and to any one of those it is done to.</summary>
    private (double Rare, string When) Rare(Change change)
    {
        var before = _first - change.At;
        var operation = OperationOf(change);
        if (!_usual.TryGetValue(operation, out var usual))
            _usual[operation] = usual = new Usual(_before.Where(other => IsOf(other, operation)));
        var others = Math.Max(0, usual.Count - 1);
        var own = Math.Max(0, usual.On.GetValueOrDefault(change.Resource) - 1);
        var times = own + ((others - own) / Math.Max(1.0, usual.On.Count)) + 0.5;
        var gap = TimeSpan.FromMinutes(Math.Max(1, before.Duration().TotalMinutes));
        var chance = 1 - Math.Exp(-times * (gap / _observed));
        var nats = Math.Clamp(-Math.Log(chance), 0, RarestNats);
        var when = before >= TimeSpan.Zero
            ? $"{before.TotalMinutes:0} min before the first symptom"
            : $"{-before.TotalMinutes:0} min after the first symptom";
        return (nats / RarestNats, others == 0 ? when : $"{when}; done {others} times else");
    }

    private static (double Weight, string Text) NearnessOf(
        ResourceId changed, List<ResourceId> within, ImmutableArray<string> names, Shown shown)
    {
        var (resource, id) = (shown.Resource, changed.Canonical);
        if (id == resource) return (1, "on a resource of the incident");
        if (IsPartOf(id, resource)) return (0.9, "on a part of a resource of the incident");
        if (IsPartOf(resource, id))
        {
            var isScope = !id.Contains("/providers/", StringComparison.Ordinal);
            return (isScope ? 0.4 : 0.7, "on what contains a resource of the incident");
        }

        if (names.Any(shown.Names.Contains)) return (0.9, "on what the text of a symptom names");
        if (ServedZone.Holds(changed, shown.Names)) return (0.8, "on the zone of a host that the text of a symptom names");

        foreach (var one in within)
        {
            if (shown.Above.TryGetValue(one.Canonical, out var hops))
                return (hops > 2 ? 0.6 : 0.8, "on what a resource of the incident depends on");
            if (shown.Linked.Contains(one)) return (0.6, "on what a signal of the incident is about too");
        }

        return (0, "");
    }

    /// <summary>What no edge leads to.</summary>
    private static (double Weight, string Text) FarOf(Shown shown, string? taken, bool network)
    {
        if (taken is not null && shown.Keys.Contains(taken))
            return (0.8, "on what draws on the quota that a symptom says is used up");
        return network ? (0.3, "on the network that so many may need") : (0, "");
    }

    private static bool IsPartOf(string id, string container) =>
        id.Length > container.Length && id[container.Length] == '/' && id.StartsWith(container, StringComparison.Ordinal);

    private bool IsNetworkOfMany(ResourceId changed) =>
        _shown.Count >= BroadFrom && changed.WithParents().Any(one => Networks.Contains(one.Type));

    /// <summary>The key of the cores on which a resource draws, where a symptom says that they are used up.</summary>
    private string? TakenFrom(ResourceId changed) =>
        _isUsedUp && CoreQuota.DrawnOn(changed) is { } key && _keys.Contains(key) ? key : null;

    private static string OperationOf(Change change) => change.Operation ?? change.Verb;

    private static bool IsOf(Change change, string operation) =>
        OperationOf(change).Equals(operation, StringComparison.OrdinalIgnoreCase);

    /// <summary>One resource of the incident.</summary>
    private sealed record Shown(
        string Resource, IReadOnlyDictionary<string, int> Above, HashSet<ResourceId> Linked, HashSet<string> Names,
        HashSet<string> Keys);

    /// <summary>How often an operation was done, and to which resources.</summary>
    private sealed class Usual
    {
        public Usual(IEnumerable<Change> changes)
        {
            foreach (var change in changes.DistinctBy(change => change.Id))
            {
                Count++;
                On[change.Resource] = On.GetValueOrDefault(change.Resource) + 1;
            }
        }

        public int Count { get; }

        public Dictionary<ResourceId, int> On { get; } = [];
    }
}
