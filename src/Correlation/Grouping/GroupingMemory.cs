namespace Correlation.Grouping;

/// <summary>What was found of pairs of symptoms and of groups, so that grouping a component anew weighs only what is new in it.
/// </summary>
/// <remarks>What is kept is a function of its key alone: a node has another <see cref="Node.Stamp"/> when anything that a score
/// comes from is another, and a group's <see cref="Group.Origin"/> tells its members and the order in which they were joined.
/// All is forgotten as time passes, for most of it is of what is sealed by then, and each kind when it grows too large.</remarks>
internal sealed class GroupingMemory(Scorers scorers)
{
    private const int Most = 16_384;

    private Dictionary<(long, long), double> _scores = [];
    private Dictionary<(ulong, ulong), bool> _together = [];

    /// <summary>As <see cref="Scorer.Score(Node, Node)"/>.</summary>
    public double Score(Node a, Node b)
    {
        var key = a.Stamp < b.Stamp ? (a.Stamp, b.Stamp) : (b.Stamp, a.Stamp);
        if (_scores.TryGetValue(key, out var score)) return score;
        if (_scores.Count >= Most) _scores.Clear();
        return _scores[key] = scorers.Score(a, b);
    }

    /// <summary>Whether two groups belong together, where that is known.</summary>
    public bool? AreTogether(Group a, Group b) => _together.TryGetValue((a.Origin, b.Origin), out var known) ? known : null;

    /// <summary>Keeps whether two groups belong together.</summary>
    public bool Keep(Group a, Group b, bool together)
    {
        if (_together.Count >= Most) _together.Clear();
        return _together[(a.Origin, b.Origin)] = together;
    }

    /// <summary>Forgets all, and gives its room back: what depends on what, or what is learned, is another, or time has passed.
    /// </summary>
    public void Clear() => (_scores, _together) = ([], []);
}
