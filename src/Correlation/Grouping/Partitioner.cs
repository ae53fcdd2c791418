namespace Correlation.Grouping;

/// <summary>The fixed greedy: links by score, then smaller id, then larger id,
/// joined under bounds and operators' constraints.</summary>
internal sealed class Partitioner(CandidateGraph graph, IReadOnlyCollection<Constraint> constraints)
{
    private readonly ILookup<string, Constraint> _constraints = constraints
        .SelectMany(constraint => new[] { (Id: constraint.A, constraint), (Id: constraint.B, constraint) })
        .ToLookup(pair => pair.Id, pair => pair.constraint);

    /// <summary>Groups the connected components that hold any of some symptoms. No other component is looked at.</summary>
    /// <returns>The clusters of those components, lone symptoms included, in order of their first member.</returns>
    public List<Cluster> Around(IEnumerable<string> seeds)
    {
        var visit = graph.NewVisit();
        var clusters = new List<Cluster>();
        foreach (var seed in seeds)
        {
            var component = Component(seed, visit);
            foreach (var node in component) node.Component = component.Count;
            if (component.Count > 0) clusters.AddRange(Partition(component));
        }

        clusters.Sort((a, b) => string.CompareOrdinal(a.Members[0], b.Members[0]));
        return clusters;
    }

    /// <summary>The symptoms that are connected with one, itself included, and not seen before in a visit
    /// (<see cref="CandidateGraph.NewVisit"/>).</summary>
    /// <param name="seed">The one.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="enough">It stops once it has found so many, or one whose component had so many.</param>
    public List<Node> Component(string seed, long visit, int enough = int.MaxValue)
    {
        if (graph.Find(seed) is not { } first || IsSeen(first, visit)) return [];
        var found = new List<Node>(first.Component + 1);
        Reach(first, visit, found);
        for (var i = 0; i < found.Count && found.Count < enough; i++)
        {
            var node = found[i];
            if (node.Component >= enough) break;
            foreach (var one in node.Neighbours.Items)
            {
                if (one.Score > 0) Reach(one.Node, visit, found);
            }

            if (_constraints.Count == 0) continue;
            foreach (var pair in _constraints[node.Id].Where(pair => pair.Together))
            {
                if (graph.Find(pair.A == node.Id ? pair.B : pair.A) is { } other) Reach(other, visit, found);
            }
        }

        return found;
    }

    private static void Reach(Node node, long visit, List<Node> found)
    {
        if (IsSeen(node, visit)) return;
        node.Visit = visit;
        found.Add(node);
    }

    private static bool IsSeen(Node node, long visit) => node.Sealed || node.Visit == visit;

    /// <summary>The pairs around some symptoms that would have joined two groups and were refused, in the order they
    /// were.</summary>
    /// <param name="seeds">Symptoms of the components that are looked at.</param>
    /// <param name="asked">Which pairs are wanted.</param>
    public List<Refusal> RefusalsAround(IEnumerable<string> seeds, Func<string, string, bool> asked)
    {
        var visit = graph.NewVisit();
        var refusals = new List<Refusal>();
        foreach (var component in seeds.Select(seed => Component(seed, visit)).Where(found => found.Count > 0))
        {
            Partition(component, (from, to, must) =>
            {
                if (asked(from.Id, to.Id)) refusals.Add(Refused(from, to, must));
            });
        }

        return refusals;
    }

    private List<Cluster> Partition(List<Node> component, Action<Node, Node, bool>? refused = null)
    {
        foreach (var node in component) node.InGroup = new Group(node);
        foreach (var (from, to) in Musts(component))
            if (!Join(from, to, must: true)) refused?.Invoke(from, to, true);
        foreach (var (from, to) in graph.Links.Of(component))
            if (!Join(from, to, must: false)) refused?.Invoke(from, to, false);
        var groups = new List<Cluster>();
        foreach (var node in component)
        {
            if (node.InGroup!.Members[0] == node) groups.Add(node.InGroup.ToCluster());
        }

        foreach (var node in component) node.InGroup = null;
        return groups;
    }

    private Refusal Refused(Node from, Node to, bool must)
    {
        var (a, b) = (from.InGroup!, to.InGroup!);
        var apart = !must && !BelongTogether(a, b, from, to) ? GroupScore.Of(graph.Memory, a, b) : null;
        return new Refusal(
            from.Id, to.Id, apart, must ? 0 : a.Members.Count + b.Members.Count, must ? TimeSpan.Zero : Group.Spread(a, b),
            Forbidding(a, b), Bounds(a, b));
    }

    private IEnumerable<(Node From, Node To)> Musts(List<Node> component) => _constraints.Count == 0
        ? []
        : component.SelectMany(node => _constraints[node.Id].Where(pair => pair.Together && pair.A == node.Id))
            .OrderBy(pair => pair.A, StringComparer.Ordinal).ThenBy(pair => pair.B, StringComparer.Ordinal)
            .Select(pair => (From: graph.Find(pair.A)!, To: graph.Find(pair.B)))
            .Where(pair => pair.To is { Sealed: false }).Select(pair => (pair.From, pair.To!));

    /// <returns>Whether the two are in one group now.</returns>
    private bool Join(Node from, Node to, bool must)
    {
        var (a, b) = (from.InGroup!, to.InGroup!);
        if (a == b) return true;
        if (Forbidding(a, b) is not null) return false;
        if (!must && !(Fits(a, b) && BelongTogether(a, b, from, to))) return false;
        var (kept, gone) = a.Members.Count >= b.Members.Count ? (a, b) : (b, a);
        kept.Take(gone, from, to);
        return true;
    }

    private bool Fits(Group a, Group b)
    {
        var options = Bounds(a, b);
        return a.Members.Count + b.Members.Count <= options.MaxMembers && Group.Spread(a, b) <= options.MaxSpread;
    }

    /// <summary>Groups are bounded by the settings in force when the newest of their symptoms began.</summary>
    private GroupingOptions Bounds(Group a, Group b) => graph.Settings.Between(a.Last, b.Last);

    /// <summary>The chain bound: two groups join only where their conditions have enough to do with each other on the mean, where
    /// the one is the other come again, or Azure says so.</summary>
    private bool BelongTogether(Group a, Group b, Node from, Node to)
    {
        if (a.Members.Count == 1 && b.Members.Count == 1) return true;
        if (Scorer.SharedKey(from, to) is not null) return true;
        if (graph.Memory.AreTogether(a, b) is { } known) return known;
        var options = Bounds(a, b);
        var together = Group.SharedConditions(a, b) >= options.GroupAgain
            || GroupScore.Of(graph.Memory, a, b).Mean >= options.GroupMean;
        return graph.Memory.Keep(a, b, together);
    }

    /// <summary>The operator's word that keeps two groups apart; null for none.</summary>
    private Constraint? Forbidding(Group a, Group b)
    {
        if (_constraints.Count == 0) return null;
        var smaller = a.Members.Count <= b.Members.Count ? a : b;
        var larger = smaller == a ? b : a;
        return smaller.Members.SelectMany(member => _constraints[member.Id].Where(pair => !pair.Together
            && graph.Find(pair.A == member.Id ? pair.B : pair.A)?.InGroup == larger)).FirstOrDefault();
    }
}
