namespace Correlation.Grouping;

/// <summary>Finds the way between two symptoms along the pairs that joined their group.</summary>
internal static class JoinPath
{
    /// <summary>The shortest way, both ends included; empty where there is none.</summary>
    /// <remarks>The pairs that joined a cluster are a tree, so that there it is the only one.</remarks>
    public static List<string> Between(IEnumerable<(string From, string To)> joins, string from, string to)
    {
        var next = joins.SelectMany(join => new[] { join, (From: join.To, To: join.From) })
            .ToLookup(join => join.From, join => join.To);
        var cameFrom = new Dictionary<string, string> { [from] = from };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var id) && id != to)
        {
            foreach (var other in next[id].Where(other => cameFrom.TryAdd(other, id))) open.Enqueue(other);
        }

        var way = new List<string>();
        if (!cameFrom.ContainsKey(to)) return way;
        for (var at = to; at != from; at = cameFrom[at]) way.Add(at);
        way.Add(from);
        way.Reverse();
        return way;
    }
}
