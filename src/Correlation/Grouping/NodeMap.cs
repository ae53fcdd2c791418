namespace Correlation.Grouping;

/// <summary>Nodes, each with a score, by id. Most have a few; one that everything is compared with has thousands.</summary>
internal sealed class NodeMap
{
    private (Node Node, double Score)[] _items = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The nodes with their scores, in order of id; valid until the next change.</summary>
    public ReadOnlySpan<(Node Node, double Score)> Items => _items.AsSpan(0, Count);

    /// <summary>The score of a node; 0 where it is not in it.</summary>
    public double Of(Node node)
    {
        var at = Find(node);
        return at < 0 ? 0 : _items[at].Score;
    }

    /// <summary>Adds a node or replaces its score.</summary>
    public void Set(Node node, double score)
    {
        var at = Find(node);
        if (at >= 0)
        {
            _items[at] = (node, score);
            return;
        }

        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(2, 2 * Count));
        Array.Copy(_items, ~at, _items, ~at + 1, Count - ~at);
        _items[~at] = (node, score);
        Count++;
    }

    /// <summary>Removes a node; nothing where it is not in it.</summary>
    public void Remove(Node node)
    {
        var at = Find(node);
        if (at < 0) return;
        Count--;
        Array.Copy(_items, at + 1, _items, at, Count - at);
        _items[Count] = default;
        if (Count == 0) _items = [];
    }

    /// <summary>Removes all.</summary>
    public void Clear() => (_items, Count) = ([], 0);

    private int Find(Node node)
    {
        var (low, high) = (0, Count - 1);
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
