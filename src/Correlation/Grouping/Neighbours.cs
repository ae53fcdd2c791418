namespace Correlation.Grouping;

/// <summary>What one node has to do with another that it is compared with.</summary>
/// <param name="Node">The other.</param>
/// <param name="Score">The score of the link between the two; 0 where they are not linked.</param>
/// <param name="Picked">Whether the one picked the other.</param>
/// <param name="PickedBy">Whether the other picked the one.</param>
internal readonly record struct Neighbour(Node Node, double Score, bool Picked, bool PickedBy);

/// <summary>All that a node is compared with, by id: one array, for there are millions of such pairs. Most nodes have a few; one
/// that everything is compared with has thousands.</summary>
internal sealed class Neighbours
{
    private Neighbour[] _items = [];
    private int _count;

    /// <summary>Them in order of id; valid until the next change.</summary>
    public ReadOnlySpan<Neighbour> Items => _items.AsSpan(0, _count);

    /// <summary>The nodes that it picked.</summary>
    public List<Node> Picks()
    {
        var picks = new List<Node>(_count);
        foreach (var one in Items)
        {
            if (one.Picked) picks.Add(one.Node);
        }

        return picks;
    }

    /// <summary>The nodes, whoever picked whom.</summary>
    public IEnumerable<Node> Nodes() => _items.Take(_count).Select(one => one.Node);

    /// <summary>Whether it is compared with a node.</summary>
    public bool Compares(Node node) => Find(node) >= 0;

    /// <summary>What it has to do with a node; nothing where it is not compared with it.</summary>
    public Neighbour Of(Node node)
    {
        var at = Find(node);
        return at < 0 ? new Neighbour(node, 0, false, false) : _items[at];
    }

    /// <summary>Says what it has to do with a node from now on; one that neither picked is none any more.</summary>
    public void Set(Neighbour neighbour)
    {
        var at = Find(neighbour.Node);
        if (!neighbour.Picked && !neighbour.PickedBy)
        {
            if (at >= 0) RemoveAt(at);
            return;
        }

        if (at < 0) Insert(at = ~at);
        _items[at] = neighbour;
    }

    /// <summary>Removes a node; nothing where it is not in it.</summary>
    public void Remove(Node node)
    {
        var at = Find(node);
        if (at >= 0) RemoveAt(at);
    }

    /// <summary>Removes all.</summary>
    public void Clear() => (_items, _count) = ([], 0);

    private void Insert(int at)
    {
        if (_count == _items.Length) Array.Resize(ref _items, _count + (_count / 4) + 1);
        Array.Copy(_items, at, _items, at + 1, _count - at);
        _count++;
    }

    private void RemoveAt(int at)
    {
        _count--;
        Array.Copy(_items, at + 1, _items, at, _count - at);
        _items[_count] = default;
        if (_count <= _items.Length / 2) Array.Resize(ref _items, _count);
    }

    private int Find(Node node)
    {
        var (low, high) = (0, _count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(_items[middle].Node.Id, node.Id);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
