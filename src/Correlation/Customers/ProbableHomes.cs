using Correlation.Grouping;
using Correlation.Incidents;

namespace Correlation.Customers;

/// <summary>Where symptoms probably belong, each looked at once: with the symptom that it has most to do with, be that in an open
/// incident that has room or one that was looked at before, if it has enough to do with all that it is compared with there.
/// </summary>
internal sealed class ProbableHomes(Draft draft, CandidateGraph graph)
{
    private readonly Dictionary<string, int> _joined = [];
    private readonly Dictionary<Node, List<Node>> _fresh = [];

    /// <summary>What went to an incident.</summary>
    public List<SymptomMove> Moved { get; } = [];

    /// <summary>What went to none, together as it probably belongs.</summary>
    public List<Cluster> Fresh =>
    [
        .. _fresh.Values.Distinct()
            .Select(nodes => new Cluster([.. nodes.Select(node => node.Id).Order(StringComparer.Ordinal)], [])),
    ];

    /// <summary>Finds where a symptom belongs that is in no incident.</summary>
    public void Find(Node node)
    {
        var most = graph.Settings.At(node.Start).MaxMembers;
        var best = Best(node, other => Open(other, most) is not null || _fresh.ContainsKey(other));
        if (best is not null && Open(best, most) is { } home
            && BelongsTo(node, best, other => home.Members.Contains(other.Id)))
        {
            _joined[home.Id] = _joined.GetValueOrDefault(home.Id) + 1;
            Moved.Add(new SymptomMove(node.Id, home.Id));
            return;
        }

        var known = best is null ? null : _fresh.GetValueOrDefault(best);
        _fresh[node] = known is not null && BelongsTo(node, best!, known.Contains) ? known : [];
        _fresh[node].Add(node);
    }

    private static Node? Best(Node node, Func<Node, bool> isHome)
    {
        var best = default(Neighbour);
        foreach (var one in node.Neighbours.Items)
        {
            if (one.Score > CandidateGraph.Held && one.Score > best.Score && isHome(one.Node)) best = one;
        }

        return best.Node;
    }

    private bool BelongsTo(Node node, Node best, Func<Node, bool> isThere)
    {
        if (Scorer.SharedKey(node, best) is not null) return true;
        var mean = GroupScore.MeanOf(node.Neighbours.Nodes().Where(isThere).Select(other => graph.Memory.Score(node, other)));
        return mean >= graph.Settings.Between(node.Start, best.Start).GroupMean;
    }

    private Incident? Open(Node node, int most) =>
        !node.Sealed && draft.IncidentOf(node.Id) is { IsOpen: true } home
            && home.Members.Count + _joined.GetValueOrDefault(home.Id) < most ? home : null;
}
