namespace Correlation.Grouping;

/// <summary>Nodes in order of start, or of another time, and id.</summary>
/// <param name="by">The other time; it must not change while a node is in the list.</param>
internal sealed class IndexList(Func<Node, DateTimeOffset>? by = null)
{
    private Node[] _nodes = [];

    public int Count { get; private set; }

    /// <summary>The earliest; a list that is kept is never empty.</summary>
    public Node First => _nodes[0];

    public void Add(Node node)
    {
        var at = Position(node);
        if (Count == _nodes.Length) Array.Resize(ref _nodes, Count + (Count / 4) + 1);
        Array.Copy(_nodes, at, _nodes, at + 1, Count - at);
        _nodes[at] = node;
        Count++;
    }

    public void Remove(Node node)
    {
        var at = Position(node);
        if (at >= Count || _nodes[at].Id != node.Id) return;
        Count--;
        Array.Copy(_nodes, at + 1, _nodes, at, Count - at);
        _nodes[Count] = null!;
        if (Count <= _nodes.Length / 2) Array.Resize(ref _nodes, Count);
    }

    /// <summary>Up to so many nodes before and after a node's place, itself apart, that start within a window of it.</summary>
    public IEnumerable<Node> Around(Node node, int count, TimeSpan window)
    {
        var at = Position(node);
        for (var i = at - 1; i >= 0 && i >= at - count && At(node) - At(_nodes[i]) <= window; i--) yield return _nodes[i];
        if (at < Count && _nodes[at].Id == node.Id) at++;
        for (var i = at; i < Count && i < at + count && At(_nodes[i]) - At(node) <= window; i++)
            yield return _nodes[i];
    }

    /// <summary>The nodes whose time is within a span, in order, both ends included.</summary>
    public IEnumerable<Node> Starting(DateTimeOffset from, DateTimeOffset to)
    {
        for (var i = Position(from, ""); i < Count && At(_nodes[i]) <= to; i++) yield return _nodes[i];
    }

    /// <summary>The nodes that lie between two others in order, both included where they are in the list;
    /// null is no bound.</summary>
    public IEnumerable<Node> Between(Node? from, Node? to)
    {
        for (var i = from is null ? 0 : Position(from); i < Count; i++)
        {
            if (to is not null && Compare(_nodes[i], At(to), to.Id) > 0) yield break;
            yield return _nodes[i];
        }
    }

    /// <summary>The node that lies so many places from where a node is or would be; null beyond the ends.</summary>
    public Node? Offset(Node node, int by)
    {
        var at = Position(node) + by;
        return at >= 0 && at < Count ? _nodes[at] : null;
    }

    private int Position(Node node) => Position(At(node), node.Id);

    private int Position(DateTimeOffset time, string id)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Compare(_nodes[middle], time, id) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private DateTimeOffset At(Node node) => by is null ? node.Start : by(node);

    private int Compare(Node a, DateTimeOffset time, string id)
    {
        var order = At(a).CompareTo(time);
        return order != 0 ? order : string.CompareOrdinal(a.Id, id);
    }
}
