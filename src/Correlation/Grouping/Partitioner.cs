using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>The fixed greedy: links by score, then smaller id, then larger id,
/// joined under bounds and operators' constraints.</summary>
internal sealed class Partitioner(CandidateGraph graph, GroupingOptions options, IReadOnlyCollection<Constraint> constraints)
{
    private readonly ILookup<string, Constraint> _constraints = constraints
        .SelectMany(constraint => new[] { (Id: constraint.A, constraint), (Id: constraint.B, constraint) })
        .ToLookup(pair => pair.Id, pair => pair.constraint);

    /// <summary>What was found of two groups; their first members and sizes tell them from all others.</summary>
    private readonly Dictionary<(string, int, string, int), bool> _supported = [];

    /// <summary>Groups the connected components that hold any of some symptoms. No other component is looked at.</summary>
    /// <returns>The clusters of those components, lone symptoms included, in order of their first member.</returns>
    public List<Cluster> Around(IEnumerable<string> seeds)
    {
        var seen = new HashSet<string>();
        var clusters = new List<Cluster>();
        foreach (var seed in seeds.Order(StringComparer.Ordinal))
        {
            var component = Component(seed, seen);
            if (component.Count > 0) clusters.AddRange(Partition(component));
        }

        return [.. clusters.OrderBy(cluster => cluster.Members[0], StringComparer.Ordinal)];
    }

    /// <summary>The symptoms that are connected with one, itself included, and not seen before.</summary>
    public List<string> Component(string seed, HashSet<string> seen)
    {
        var found = new List<string>();
        var open = new Stack<string>([seed]);
        while (open.TryPop(out var id))
        {
            if (graph.Find(id) is not { Sealed: false } node || !seen.Add(id)) continue;
            found.Add(id);
            foreach (var (other, _) in node.Links.Items) open.Push(other.Id);
            foreach (var pair in _constraints[id].Where(pair => pair.Together)) open.Push(pair.A == id ? pair.B : pair.A);
        }

        return found;
    }

    /// <summary>The pairs around some symptoms that would have joined two groups and were refused, in the order they
    /// were.</summary>
    /// <param name="seeds">Symptoms of the components that are looked at.</param>
    /// <param name="asked">Which pairs are wanted.</param>
    public List<Refusal> RefusalsAround(IEnumerable<string> seeds, Func<string, string, bool> asked)
    {
        var seen = new HashSet<string>();
        var refusals = new List<Refusal>();
        foreach (var component in seeds.Select(seed => Component(seed, seen)).Where(found => found.Count > 0))
        {
            Partition(component, (groups, from, to, must) =>
            {
                if (asked(from, to)) refusals.Add(Refused(groups, from, to, must));
            });
        }

        return refusals;
    }

    private IEnumerable<Cluster> Partition(
        List<string> component, Action<Dictionary<string, Group>, string, string, bool>? refused = null)
    {
        _supported.Clear();
        var groups = component.ToDictionary(id => id, id => new Group(graph.Find(id)!));
        foreach (var pair in Musts(component))
            if (!Join(groups, pair.A, pair.B, must: true)) refused?.Invoke(groups, pair.A, pair.B, true);
        foreach (var (from, to, _) in Edges(component))
            if (!Join(groups, from, to, must: false)) refused?.Invoke(groups, from, to, false);
        return groups.Values.Distinct().Select(group => group.ToCluster());
    }

    private Refusal Refused(Dictionary<string, Group> groups, string from, string to, bool must)
    {
        var (a, b) = (groups[from], groups[to]);
        return new Refusal(
            from, to, a.Core, b.Core, !must && !IsNearTheCore(groups, a, b, from, to),
            must ? 0 : a.Members.Count + b.Members.Count, must ? TimeSpan.Zero : Spread(a, b), Forbidding(groups, a, b));
    }

    private IEnumerable<Constraint> Musts(List<string> component) => component
        .SelectMany(id => _constraints[id]
            .Where(pair => pair.Together && pair.A == id && graph.Find(pair.B) is { Sealed: false }))
        .OrderBy(pair => pair.A, StringComparer.Ordinal)
        .ThenBy(pair => pair.B, StringComparer.Ordinal);

    private List<(string From, string To, double Score)> Edges(List<string> component)
    {
        var edges = new List<(string From, string To, double Score)>();
        foreach (var id in component)
        {
            foreach (var (other, score) in graph.Find(id)!.Links.Items)
            {
                if (string.CompareOrdinal(id, other.Id) < 0) edges.Add((id, other.Id, score));
            }
        }

        edges.Sort((a, b) =>
        {
            var order = b.Score.CompareTo(a.Score);
            if (order == 0) order = string.CompareOrdinal(a.From, b.From);
            return order != 0 ? order : string.CompareOrdinal(a.To, b.To);
        });
        return edges;
    }

    /// <returns>Whether the two are in one group now.</returns>
    private bool Join(Dictionary<string, Group> groups, string from, string to, bool must)
    {
        var (a, b) = (groups[from], groups[to]);
        if (a == b) return true;
        if (Forbidding(groups, a, b) is not null) return false;
        if (!must && !(Fits(a, b) && IsNearTheCore(groups, a, b, from, to))) return false;
        var (kept, gone) = a.Members.Count >= b.Members.Count ? (a, b) : (b, a);
        foreach (var id in gone.Members) groups[id] = kept;
        kept.Take(gone, from, to);
        return true;
    }

    private bool Fits(Group a, Group b) =>
        a.Members.Count + b.Members.Count <= options.MaxMembers && Spread(a, b) <= options.MaxSpread;

    private static TimeSpan Spread(Group a, Group b)
    {
        var first = a.First < b.First ? a.First : b.First;
        var last = a.Last > b.Last ? a.Last : b.Last;
        return last - first;
    }

    /// <summary>The chain bound: two groups join only where their cores have something to do with each other, Azure says so, or
    /// several symptoms of each do.</summary>
    private bool IsNearTheCore(Dictionary<string, Group> groups, Group a, Group b, string from, string to)
    {
        if (a.Members.Count == 1 && b.Members.Count == 1) return true;
        if (graph.Scorer.Score(a.Core, b.Core) >= options.CoreThreshold) return true;
        return graph.Find(from)!.CauseKeys.Intersect(graph.Find(to)!.CauseKeys).Any() || IsSupported(groups, a, b);
    }

    /// <summary>Whether so many different symptoms of each group are linked with the other that it is no chain; of a group that
    /// has fewer, all.</summary>
    private bool IsSupported(Dictionary<string, Group> groups, Group a, Group b)
    {
        var (smaller, larger) = a.Members.Count <= b.Members.Count ? (a, b) : (b, a);
        if (larger.Members.Count < options.Support) return false;
        var key = (smaller.Members[0], smaller.Members.Count, larger.Members[0], larger.Members.Count);
        if (_supported.TryGetValue(key, out var known)) return known;
        return _supported[key] = Linked(groups, smaller, larger);
    }

    private bool Linked(Dictionary<string, Group> groups, Group smaller, Group larger)
    {
        var from = 0;
        var to = new HashSet<string>();
        foreach (var id in smaller.Members)
        {
            var linked = false;
            foreach (var (other, _) in graph.Find(id)!.Links.Items)
            {
                if (!groups.TryGetValue(other.Id, out var group) || group != larger) continue;
                linked = true;
                if (to.Count < options.Support) to.Add(other.Id);
            }

            if (linked) from++;
            if (to.Count >= options.Support && from >= Math.Min(options.Support, smaller.Members.Count)) return true;
        }

        return false;
    }

    /// <summary>The operator's word that keeps two groups apart; null for none.</summary>
    private Constraint? Forbidding(Dictionary<string, Group> groups, Group a, Group b)
    {
        if (_constraints.Count == 0) return null;
        var smaller = a.Members.Count <= b.Members.Count ? a : b;
        var larger = smaller == a ? b : a;
        return smaller.Members.SelectMany(id => _constraints[id].Where(pair => !pair.Together
            && groups.TryGetValue(pair.A == id ? pair.B : pair.A, out var other) && other == larger)).FirstOrDefault();
    }

    /// <summary>A cluster in the making.</summary>
    private sealed class Group(Node node)
    {
        public List<string> Members { get; } = [node.Id];

        public List<(string From, string To)> Joins { get; } = [];

        /// <summary>What it is about: the platform's or the resource's own health before other things,
        /// then the earliest.</summary>
        public Node Core { get; private set; } = node;

        public DateTimeOffset First { get; private set; } = node.Start;

        public DateTimeOffset Last { get; private set; } = node.Start;

        public void Take(Group other, string from, string to)
        {
            Members.AddRange(other.Members);
            Joins.AddRange(other.Joins);
            Joins.Add((from, to));
            if (IsBefore(other.Core, Core)) Core = other.Core;
            if (other.First < First) First = other.First;
            if (other.Last > Last) Last = other.Last;
        }

        public Cluster ToCluster()
        {
            Members.Sort(StringComparer.Ordinal);
            return new Cluster(Members, Joins);
        }

        private static bool IsBefore(Node a, Node b)
        {
            var order = Rank(a).CompareTo(Rank(b));
            return order != 0 ? order < 0 : Node.Compare(a, b) < 0;
        }

        private static int Rank(Node node) => node.Symptom.Condition.Kind switch
        {
            ConditionKind.ServiceHealth => 0,
            ConditionKind.ResourceHealth => 1,
            _ => 2,
        };
    }
}
