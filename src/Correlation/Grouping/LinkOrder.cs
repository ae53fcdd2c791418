using System.Runtime.InteropServices;

namespace Correlation.Grouping;

/// <summary>The links of a component in the order in which they join. Its room is used again: in a storm there are hundreds of
/// thousands, several times a second.</summary>
internal sealed class LinkOrder
{
    /// <summary>Room for more is given back.</summary>
    private const int Most = 65_536;

    private List<(Node From, Node To)> _links = [];
    private List<double> _scores = [];
    private List<int> _order = [];

    /// <summary>The links by score, then ids. Valid until it is asked again. Numbers are sorted, with numbers.</summary>
    public IEnumerable<(Node From, Node To)> Of(List<Node> component)
    {
        Collect(component);
        Sort();
        foreach (var at in _order) yield return _links[at];
        if (_links.Count > Most) (_links, _scores, _order) = ([], [], []);
        _links.Clear();
    }

    private void Collect(List<Node> component)
    {
        _links.Clear();
        _scores.Clear();
        _order.Clear();
        foreach (var node in component)
        {
            foreach (var one in node.Neighbours.Items)
            {
                if (one.Score <= CandidateGraph.Held || string.CompareOrdinal(node.Id, one.Node.Id) >= 0) continue;
                _order.Add(_links.Count);
                _links.Add((node, one.Node));
                _scores.Add(-one.Score);
            }
        }
    }

    private void Sort()
    {
        var keys = CollectionsMarshal.AsSpan(_scores);
        var order = CollectionsMarshal.AsSpan(_order);
        keys.Sort(order);
        for (var first = 0; first < keys.Length;)
        {
            var end = first + 1;
            while (end < keys.Length && keys[end].Equals(keys[first])) end++;
            if (end - first > 1) order[first..end].Sort(ById);
            first = end;
        }
    }

    private int ById(int a, int b)
    {
        var (one, other) = (_links[a], _links[b]);
        var order = string.CompareOrdinal(one.From.Id, other.From.Id);
        return order != 0 ? order : string.CompareOrdinal(one.To.Id, other.To.Id);
    }
}
