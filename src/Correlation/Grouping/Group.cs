namespace Correlation.Grouping;

/// <summary>A cluster in the making: symptoms that were joined so far.</summary>
internal sealed class Group
{
    private readonly Dictionary<Node, List<Node>> _byCondition = new(Node.ByCondition);
    private readonly List<(string From, string To)> _joins = [];
    private DateTimeOffset _first;

    public Group(Node node)
    {
        (_first, Last) = (node.Start, node.Start);
        Add(node);
    }

    /// <summary>When the last of them began.</summary>
    public DateTimeOffset Last { get; private set; }

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
