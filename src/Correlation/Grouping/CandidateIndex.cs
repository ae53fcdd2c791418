namespace Correlation.Grouping;

/// <summary>Which symptoms are compared at all: by resource, parts, dependencies, keys and platform events.</summary>
/// <remarks>
/// A symptom is <i>in</i> lists and <i>reads</i> lists; of each list it reads it picks the nearest before and after it. What it
/// picks is a function of the set of symptoms, whatever the order they came in. It reads by the topology in force when it began.
/// </remarks>
internal sealed class CandidateIndex(GroupingOptions options, TopologyHistory topology)
{
    private readonly Dictionary<string, IndexList> _lists = [];
    private readonly Dictionary<string, IndexList> _readers = [];

    /// <summary>Adds a node, and names those whose picks that may have changed.</summary>
    public void Add(Node node, ISet<string> affected)
    {
        Place(node);
        foreach (var key in node.In)
        {
            ListOf(_lists, key).Add(node);
            Affected(key, node, affected);
        }

        if (!node.Sealed) foreach (var key in node.Reads) ListOf(_readers, key).Add(node);
        affected.Add(node.Id);
    }

    /// <summary>Removes a node, and names those whose picks that may have changed.</summary>
    public void Remove(Node node, ISet<string> affected)
    {
        foreach (var key in node.In)
        {
            Affected(key, node, affected);
            Drop(_lists, key, node);
        }

        StopReading(node);
        affected.Remove(node.Id);
    }

    /// <summary>A node keeps its places but picks no more.</summary>
    public void StopReading(Node node)
    {
        foreach (var key in node.Reads) Drop(_readers, key, node);
    }

    /// <summary>The ids that a node picks, itself and sealed ones apart.</summary>
    public HashSet<string> Picks(Node node)
    {
        var picks = new HashSet<string>();
        foreach (var key in node.Reads)
        {
            if (!_lists.TryGetValue(key, out var list)) continue;
            foreach (var other in list.Around(node, options.Neighbours, options.SlowWindow))
            {
                if (!other.Sealed) picks.Add(other.Id);
            }
        }

        picks.Remove(node.Id);
        return picks;
    }

    /// <summary>The symptoms of a resource itself, sealed ones included.</summary>
    public IEnumerable<Node> On(string resource) =>
        _lists.TryGetValue(OwnKey(resource), out var list) ? list.Between(null, null) : [];

    private static string OwnKey(string resource) => "r:" + resource;

    private void Affected(string key, Node node, ISet<string> affected)
    {
        if (!_readers.TryGetValue(key, out var readers)) return;
        var list = _lists[key];
        var from = list.Offset(node, -options.Neighbours - 1);
        var to = list.Offset(node, options.Neighbours + 1);
        foreach (var reader in readers.Between(from, to))
        {
            if ((reader.Start - node.Start).Duration() <= options.SlowWindow) affected.Add(reader.Id);
        }
    }

    private void Place(Node node)
    {
        var own = OwnKey(node.Resource);
        var places = new List<string> { own };
        var reads = new List<string> { own };
        if (node.Parent is { } parent)
        {
            places.Add("p:" + parent);
            reads.Add("p:" + parent);
            reads.AddRange(Ancestors(node).Select(OwnKey));
        }

        if (!node.IsScope) reads.Add("p:" + node.Resource);
        foreach (var key in node.CauseKeys)
        {
            places.Add("k:" + key);
            reads.Add("k:" + key);
        }

        Platform(node, places, reads);
        places.AddRange(node.Linked.Select(id => "l:" + id));
        reads.Add("l:" + node.Resource);
        reads.AddRange(node.Linked.Select(OwnKey));
        reads.AddRange(topology.At(node.Start).Topology.Around(node.Resource).Select(OwnKey));
        node.In = [.. places.Distinct()];
        node.Reads = [.. reads.Distinct().Take(options.Lists)];
    }

    private static void Platform(Node node, List<string> places, List<string> reads)
    {
        if (node.Subscription is not { } subscription) return;
        if (node.IsPlatform) places.Add("s:" + subscription);
        else reads.Add("s:" + subscription);
        if (!node.IsHealth) return;
        places.Add("h:" + subscription);
        reads.Add("h:" + subscription);
    }

    private static IEnumerable<string> Ancestors(Node node)
    {
        for (var parent = node.Symptom.Resource.Parent; parent is not null && parent.Type.Contains('/'); parent = parent.Parent)
        {
            yield return parent.Canonical;
        }
    }

    private static IndexList ListOf(Dictionary<string, IndexList> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = new IndexList();
        return list;
    }

    private static void Drop(Dictionary<string, IndexList> lists, string key, Node node)
    {
        if (!lists.TryGetValue(key, out var list)) return;
        list.Remove(node);
        if (list.Count == 0) lists.Remove(key);
    }
}
