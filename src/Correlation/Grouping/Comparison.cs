using System.Collections.Immutable;

namespace Correlation.Grouping;

/// <summary>Two symptoms weighed to explain what is between them.</summary>
/// <param name="A">The one.</param>
/// <param name="B">The other.</param>
/// <param name="Support">What the evidence comes to, vetoes apart.</param>
/// <param name="Compared">Whether grouping compares, or while both were unsealed compared, the two.</param>
internal sealed record Comparison(Node A, Node B, double Support, bool Compared)
{
    /// <summary>Whether one of the two changes no more.</summary>
    public bool Sealed => A.Sealed || B.Sealed;

    /// <summary>Whether one of the two looks for candidates in a list that the other is in.</summary>
    public bool ShareAList => Share(A, B);

    /// <summary>Whether one looks for candidates in a list that the other is in.</summary>
    public static bool Share(Node a, Node b) => Reads(a.Reads, b.In) || Reads(b.Reads, a.In);

    private static bool Reads(ImmutableArray<IndexKey> reads, ImmutableArray<IndexKey> places) =>
        places.Any(place => reads.Contains(place));
}

/// <summary>Weighs the symptoms of two sets against each other, which grouping compared or not. Bounded.</summary>
internal sealed class Comparisons(CandidateGraph graph)
{
    /// <summary>The most pairs that are weighed: those that grouping compared come first.</summary>
    public const int MostPairs = 20_000;

    /// <summary>The pairs of two sets, by what the evidence comes to, strongest first.</summary>
    public List<Comparison> Of(IEnumerable<string> ones, IEnumerable<string> others)
    {
        var a = Nodes(ones);
        var b = Nodes(others);
        var inB = b.ToHashSet();
        var seen = new HashSet<(Node, Node)>();
        var found = new List<Comparison>();
        foreach (var node in a)
        {
            foreach (var other in node.Neighbours.Nodes().Where(inB.Contains))
                Weigh(node, other, seen, found);
        }

        foreach (var (node, other) in a.SelectMany(node => b.Select(other => (node, other))).Take(MostPairs))
            Weigh(node, other, seen, found);
        return
        [
            .. found.OrderByDescending(pair => pair.Support).ThenByDescending(pair => pair.Compared)
                .ThenBy(pair => pair.A.Id, StringComparer.Ordinal).ThenBy(pair => pair.B.Id, StringComparer.Ordinal),
        ];
    }

    private List<Node> Nodes(IEnumerable<string> ids)
    {
        var nodes = ids.Distinct().Select(graph.Find).OfType<Node>().ToList();
        nodes.Sort(Node.Compare);
        return nodes;
    }

    private void Weigh(Node a, Node b, HashSet<(Node, Node)> seen, List<Comparison> found)
    {
        if (a == b || found.Count >= MostPairs || !seen.Add((a, b)) || seen.Contains((b, a))) return;
        var compared = a.Sealed || b.Sealed ? Comparison.Share(a, b) : a.Neighbours.Compares(b);
        var support = graph.Scorer.Score(a, b);
        while (support <= Scorer.Veto / 2) support -= Scorer.Veto;
        found.Add(new Comparison(a, b, support, compared));
    }
}
