namespace Correlation.Grouping;

/// <summary>A cluster in the making: symptoms that were joined so far.</summary>
internal sealed class Group
{
    /// <summary>Of so many conditions, one is found by looking at each: most groups have few.</summary>
    private const int Few = 8;

    private readonly List<(string From, string To)> _joins = [];
    private List<List<Node>>? _conditions;
    private Dictionary<Node, List<Node>>? _byCondition;
    private DateTimeOffset _first;

    public Group(Node node)
    {
        (_first, Last, Origin) = (node.Start, node.Start, Mix((ulong)node.Stamp));
        Members.Add(node);
    }

    /// <summary>When the last of them began.</summary>
    public DateTimeOffset Last { get; private set; }

    /// <summary>Tells apart groups of other members, or of members joined in another order, in 64 bits.</summary>
    public ulong Origin { get; private set; }

    /// <summary>Its members, first the one that it began with.</summary>
    public List<Node> Members { get; } = new(1);

    /// <summary>Its members by their condition, in the order they were joined. Found where it is asked for: most groups are
    /// taken in by others before.</summary>
    public List<List<Node>> Conditions => _conditions ?? Sorted();

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
        var (fewer, more) = a.Conditions.Count <= b.Conditions.Count ? (a, b) : (b, a);
        var shared = 0;
        foreach (var condition in fewer.Conditions)
        {
            if (more.Like(condition[0]) is not null) shared++;
        }

        return (double)shared / fewer.Conditions.Count;
    }

    /// <summary>Takes all of another group in.</summary>
    public void Take(Group other, Node from, Node to)
    {
        foreach (var member in other.Members)
        {
            member.InGroup = this;
            Members.Add(member);
            if (_conditions is not null) Sort(_conditions, member);
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

    private List<List<Node>> Sorted()
    {
        _conditions = new List<List<Node>>(1);
        foreach (var member in Members) Sort(_conditions, member);
        return _conditions;
    }

    private void Sort(List<List<Node>> conditions, Node node)
    {
        if (Like(node) is { } same)
        {
            same.Add(node);
            return;
        }

        same = new List<Node>(1) { node };
        conditions.Add(same);
        if (_byCondition is not null) _byCondition[node] = same;
        else if (conditions.Count > Few) _byCondition = conditions.ToDictionary(one => one[0], Node.ByCondition);
    }

    /// <summary>The members of a node's condition; null where there is none. Only once <see cref="Conditions"/> are found.
    /// </summary>
    private List<Node>? Like(Node node)
    {
        if (_byCondition is not null) return _byCondition.GetValueOrDefault(node);
        foreach (var condition in _conditions!)
        {
            if (Node.ByCondition.Equals(condition[0], node)) return condition;
        }

        return null;
    }
}
