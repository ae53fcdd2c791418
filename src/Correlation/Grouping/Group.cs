using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>A cluster in the making: symptoms that were joined so far.</summary>
internal sealed class Group(Node node)
{
    /// <summary>Its members, first the one that it began with.</summary>
    public List<Node> Members { get; } = [node];

    /// <summary>What it is about: the platform's or the resource's own health before other things,
    /// then the earliest.</summary>
    public Node Core { get; private set; } = node;

    /// <summary>When the last of them began.</summary>
    public DateTimeOffset Last { get; private set; } = node.Start;

    private readonly List<(string From, string To)> _joins = [];
    private DateTimeOffset _first = node.Start;

    /// <summary>The time between the first and the last start in two groups.</summary>
    public static TimeSpan Spread(Group a, Group b)
    {
        var first = a._first < b._first ? a._first : b._first;
        var last = a.Last > b.Last ? a.Last : b.Last;
        return last - first;
    }

    /// <summary>Takes all of another group in.</summary>
    public void Take(Group other, Node from, Node to)
    {
        foreach (var member in other.Members) member.InGroup = this;
        Members.AddRange(other.Members);
        _joins.AddRange(other._joins);
        _joins.Add((from.Id, to.Id));
        if (IsBefore(other.Core, Core)) Core = other.Core;
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

    private static bool IsBefore(Node a, Node b)
    {
        var order = Rank(a).CompareTo(Rank(b));
        return order != 0 ? order < 0 : Node.Compare(a, b) < 0;
    }

    private static int Rank(Node node) => node.Symptom.Condition.Kind switch
    {
        ConditionKind.ServiceHealth => 0,
        ConditionKind.ResourceHealth => 1,
        _ => 2,
    };
}
