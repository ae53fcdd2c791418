namespace Correlation.Grouping;

/// <summary>What became of a group among those of the other side.</summary>
internal enum GroupFate
{
    /// <summary>It shares with one, that one with no other, and both hold the same.</summary>
    Equal,

    /// <summary>The same, but something of the one is in no group of the other side.</summary>
    Changed,

    /// <summary>It shares with several.</summary>
    Several,

    /// <summary>It shares with one, which shares with others too.</summary>
    OneOfSeveral,

    /// <summary>It shares with none.</summary>
    None,
}

/// <summary>What a group shares with one of the other side.</summary>
/// <param name="Other">The other's place.</param>
/// <param name="Count">How much is in both.</param>
internal readonly record struct GroupShare(int Other, int Count);

/// <summary>Which groups of a side A are which of a side B, of the same things. What is in several groups of a side belongs to
/// the first; two groups <i>share</i> when something is in both.</summary>
internal sealed class GroupMatching<T>
    where T : notnull
{
    private readonly int[] _sizesA;
    private readonly int[] _sizesB;
    private readonly ILookup<int, GroupShare> _ofA;
    private readonly ILookup<int, GroupShare> _ofB;

    /// <summary>Matches two sides.</summary>
    public GroupMatching(IReadOnlyList<IEnumerable<T>> a, IReadOnlyList<IEnumerable<T>> b)
    {
        var (inA, inB) = (OwnersOf(a), OwnersOf(b));
        (_sizesA, _sizesB) = (Sizes(inA, a.Count), Sizes(inB, b.Count));
        var shared = inA.Where(pair => inB.ContainsKey(pair.Key)).CountBy(pair => (A: pair.Value, B: inB[pair.Key]))
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key.A).ThenBy(count => count.Key.B).ToList();
        _ofA = shared.ToLookup(count => count.Key.A, count => new GroupShare(count.Key.B, count.Value));
        _ofB = shared.ToLookup(count => count.Key.B, count => new GroupShare(count.Key.A, count.Value));
    }

    /// <summary>What a group of A shares with which of B, the largest share first.</summary>
    public IReadOnlyList<GroupShare> OfA(int place) => [.. _ofA[place]];

    /// <summary>What a group of B shares with which of A, the largest share first.</summary>
    public IReadOnlyList<GroupShare> OfB(int place) => [.. _ofB[place]];

    /// <summary>What became of a group of A.</summary>
    public GroupFate FateOfA(int place) => Fate(place, _ofA, _ofB, _sizesA, _sizesB);

    /// <summary>What became of a group of B.</summary>
    public GroupFate FateOfB(int place) => Fate(place, _ofB, _ofA, _sizesB, _sizesA);

    private static GroupFate Fate(
        int place, ILookup<int, GroupShare> own, ILookup<int, GroupShare> theirs, int[] sizes, int[] theirSizes)
    {
        var shares = own[place].Take(2).ToList();
        if (shares.Count == 0) return GroupFate.None;
        if (shares.Count > 1) return GroupFate.Several;
        var (other, count) = shares[0];
        if (theirs[other].Skip(1).Any()) return GroupFate.OneOfSeveral;
        return count == sizes[place] && count == theirSizes[other] ? GroupFate.Equal : GroupFate.Changed;
    }

    private static Dictionary<T, int> OwnersOf(IReadOnlyList<IEnumerable<T>> groups)
    {
        var owners = new Dictionary<T, int>();
        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var one in groups[i]) owners.TryAdd(one, i);
        }

        return owners;
    }

    private static int[] Sizes(Dictionary<T, int> owners, int groups)
    {
        var sizes = new int[groups];
        foreach (var owner in owners.Values) sizes[owner]++;
        return sizes;
    }
}
