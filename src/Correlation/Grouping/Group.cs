namespace Correlation.Grouping;

/// <summary>A cluster in the making: symptoms that were joined so far.</summary>
internal sealed class Group
{
    private readonly Dictionary<Node, List<Node>> _byCondition = new(Node.ByCondition);
    private readonly List<(string From, string To)> _joins = [];
    private DateTimeOffset _first;

    public Group(Node node)
    {
        (_first, Last, Origin) = (node.Start, node.Start, Mix((ulong)node.Stamp));
        Add(node);
    }

    /// <summary>When the last of them began.</summary>
    public DateTimeOffset Last { get; private set; }

    /// <summary>Tells apart groups of other members, or of members joined in another order, in 64 bits.</summary>
    public ulong Origin { get; private set; }

    /// <summary>Its members, first the one that it began with.</summary>
    public List<Node> Members { get; } = [];

    /// <summary>Its members by their condition, in the order they were joined.</summary>
    public List<List<Node>> Conditions { get; } = [];

    /// <summary>The time between the first and the last start in two groups.</summary>
    public static TimeSpan Spread(Group a, Group b)
    {
        var first = a._first < b._first ? a._first : b._first;
        var last = a.Last > b.Last ? a.Last : b.Last;
        return last - first;
    }

    /// <summary>What share of the conditions of the group with fewer are the other's too.</summary>
    public static double SharedConditions(Group a, Group b)
    {
        var (fewer, more) = a._byCondition.Count <= b._byCondition.Count ? (a, b) : (b, a);
        return (double)fewer._byCondition.Keys.Count(more._byCondition.ContainsKey) / fewer._byCondition.Count;
    }

    /// <summary>Takes all of another group in.</summary>
    public void Take(Group other, Node from, Node to)
    {
        foreach (var member in other.Members)
        {
            member.InGroup = this;
            Add(member);
        }

        Origin = Mix(Mix(Origin) ^ other.Origin);
        _joins.AddRange(other._joins);
        _joins.Add((from.Id, to.Id));
        if (other._first < _first) _first = other._first;
        if (other.Last > Last) Last = other.Last;
    }

    /// <summary>What it came to.</summary>
    public Cluster ToCluster()
    {
        var members = Members.ConvertAll(member => member.Id);
        members.Sort(StringComparer.Ordinal);
        return new Cluster(members, _joins);
    }

    /// <summary>The finaliser of SplitMix64 (Steele et al., Fast splittable pseudorandom number generators, 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private void Add(Node node)
    {
        Members.Add(node);
        if (_byCondition.TryGetValue(node, out var same))
        {
            same.Add(node);
            return;
        }

        _byCondition[node] = same = [node];
        Conditions.Add(same);
    }
}
