using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>Which symptoms are compared at all: by resource, parts, dependencies, keys and platform events.</summary>
/// <remarks>
/// A symptom is <i>in</i> lists and <i>reads</i> lists; of each list it reads it picks the nearest before and after it. What it
/// picks is a function of the set of symptoms, whatever the order they came in. It reads by the topology in force when it began.
/// </remarks>
internal sealed class CandidateIndex(GroupingHistory settings, TopologyHistory topology)
{
    private readonly Dictionary<IndexKey, IndexList> _lists = [];

    /// <summary>Who reads a list, as far as that does not follow from what is in other lists
    /// (<see cref="IndexKinds.ReadersAreIn"/>).</summary>
    private readonly Dictionary<IndexKey, IndexList> _readers = [];
    private readonly ChangeIndex _changes = new(settings, topology);

    /// <summary>Adds a node, and names those whose picks that may have changed.</summary>
    public void Add(Node node, ISet<string> affected)
    {
        Place(node);
        foreach (var key in node.In)
        {
            ListOf(_lists, key).Add(node);
            Affected(key, node, affected);
        }

        if (!node.Sealed) foreach (var key in Noted(node)) ListOf(_readers, key).Add(node);
        affected.Add(node.Id);
    }

    /// <summary>Lets a node become what its symptom has come to, where that leaves it in all of its places.</summary>
    /// <returns>Whether it does; if not, it must be removed and added anew.</returns>
    public bool Renew(Node node, Symptom symptom)
    {
        if (node.Start != symptom.Start) return false;
        var (places, reads) = (node.In, node.Reads);
        node.Become(symptom);
        Place(node);
        if (places.SequenceEqual(node.In) && reads.SequenceEqual(node.Reads)) return true;
        (node.In, node.Reads) = (places, reads);
        return false;
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
        foreach (var key in Noted(node)) Drop(_readers, key, node);
    }

    /// <summary>Adds changes.</summary>
    /// <returns>The nodes that they may explain, sealed ones apart.</returns>
    public IReadOnlyCollection<Node> Add(IEnumerable<Change> changes)
    {
        var found = new HashSet<Node>();
        foreach (var (resource, at) in _changes.Add(changes))
        {
            found.UnionWith(On(resource).Concat(PartsOf(resource))
                .Where(node => !node.Sealed && _changes.Reaches(at, node.Start)));
        }

        return found;
    }

    /// <summary>Where a resource is: as its other symptoms have it.</summary>
    public ResourcePlace PlaceOf(ResourceId resource)
    {
        if (_lists.TryGetValue(OwnKey(resource.Canonical), out var own)) return own.First.Place;
        var place = new ResourcePlace(resource);
        if (place.GroupId is { } group && _lists.TryGetValue(new IndexKey(IndexKind.Group, group), out var others))
            place.ShareWith(others.First.Place);
        return place;
    }

    /// <summary>What a node picks, each once, itself and sealed ones apart.</summary>
    /// <param name="node">The node.</param>
    /// <param name="more">What it picks whatever the lists say.</param>
    /// <param name="mark">What they are marked with; no mark of before.</param>
    public List<Node> Picks(Node node, IEnumerable<Node> more, long mark)
    {
        var picks = new List<Node>();
        node.Mark = mark;
        var options = settings.At(node.Start);
        foreach (var key in node.Reads)
        {
            if (_lists.TryGetValue(key, out var list))
                Pick(list.Around(node, options.Neighbours, options.SlowWindow), mark, picks);
        }

        Pick(more, mark, picks);
        return picks;
    }

    private static void Pick(IEnumerable<Node> others, long mark, List<Node> picks)
    {
        foreach (var other in others)
        {
            if (other.Sealed || other.Mark == mark) continue;
            other.Mark = mark;
            picks.Add(other);
        }
    }

    /// <summary>The symptoms of a resource itself, sealed ones included.</summary>
    public IEnumerable<Node> On(string resource) =>
        _lists.TryGetValue(OwnKey(resource), out var list) ? list.Between(null, null) : [];

    private IEnumerable<Node> PartsOf(string resource) =>
        _lists.TryGetValue(new IndexKey(IndexKind.PartOf, resource), out var list) ? list.Between(null, null) : [];

    private static IndexKey OwnKey(string resource) => new(IndexKind.Resource, resource);

    private void Affected(IndexKey key, Node node, ISet<string> affected)
    {
        var list = _lists[key];
        var most = settings.Neighbours;
        var from = list.Offset(node, -most - 1);
        var to = list.Offset(node, most + 1);
        if (_readers.TryGetValue(key, out var noted)) Affected(noted.Between(from, to), node, affected);
        foreach (var kind in key.Kind.ReadersAreIn())
        {
            if (_lists.TryGetValue(key with { Kind = kind }, out var readers))
                Affected(readers.Between(from, to), node, affected);
        }
    }

    private void Affected(IEnumerable<Node> readers, Node node, ISet<string> affected)
    {
        foreach (var reader in readers)
        {
            if (!reader.Sealed && (reader.Start - node.Start).Duration() <= settings.At(reader.Start).SlowWindow)
                affected.Add(reader.Id);
        }
    }

    /// <summary>The lists that it reads and is not known to read by those that it is in.</summary>
    private static IEnumerable<IndexKey> Noted(Node node) =>
        node.Reads.Where(key => !key.Kind.ReadersAreIn().Any(kind => node.In.Contains(key with { Kind = kind })));

    private void Place(Node node)
    {
        var own = OwnKey(node.Resource);
        var places = new List<IndexKey> { own };
        var reads = new List<IndexKey> { own };
        if (node.Parent is { } parent)
        {
            places.Add(new IndexKey(IndexKind.PartOf, parent));
            reads.Add(new IndexKey(IndexKind.PartOf, parent));
            reads.AddRange(node.Place.Ancestors.Select(OwnKey));
        }

        if (!node.IsScope) reads.Add(new IndexKey(IndexKind.PartOf, node.Resource));
        foreach (var key in node.CauseKeys)
        {
            places.Add(new IndexKey(IndexKind.CauseKey, key));
            reads.Add(new IndexKey(IndexKind.CauseKey, key));
        }

        Platform(node, places, reads);
        Both(places, reads, IndexKind.Rule, node.Rule);
        Both(places, reads, IndexKind.Text, node.Saying);
        Both(places, reads, IndexKind.Group, node.Place.GroupId);
        foreach (var name in node.DimensionNames) Both(places, reads, IndexKind.Dimension, name);
        node.ExplainedBy = _changes.Of(node);
        foreach (var change in node.ExplainedBy) Both(places, reads, IndexKind.Change, change.Id);
        Words(node, places, reads);
        places.AddRange(node.Linked.Select(id => new IndexKey(IndexKind.Names, id)));
        reads.Add(new IndexKey(IndexKind.Names, node.Resource));
        reads.AddRange(node.Linked.Select(OwnKey));
        reads.AddRange(topology.At(node.Start).Topology.Around(node.Resource).Select(OwnKey));
        var most = settings.At(node.Start).Lists;
        (node.In, node.Reads) = node.Place.Share([.. places.Distinct()], [.. reads.Distinct().Take(most)]);
    }

    private static void Both(List<IndexKey> places, List<IndexKey> reads, IndexKind kind, string? value)
    {
        if (value is null) return;
        places.Add(new IndexKey(kind, value));
        reads.Add(new IndexKey(kind, value));
    }

    private static void Words(Node node, List<IndexKey> places, List<IndexKey> reads)
    {
        foreach (var name in node.Place.Names)
        {
            places.Add(new IndexKey(IndexKind.Called, name));
            reads.Add(new IndexKey(IndexKind.Word, name));
        }

        foreach (var name in node.DimensionNames)
        {
            Both(places, reads, IndexKind.Word, name);
            reads.Add(new IndexKey(IndexKind.Called, name));
        }

        foreach (var word in node.Words)
        {
            Both(places, reads, IndexKind.Word, word);
            reads.Add(new IndexKey(IndexKind.Called, word));
        }
    }

    private static void Platform(Node node, List<IndexKey> places, List<IndexKey> reads)
    {
        if (node.Subscription is not { } subscription) return;
        var platform = new IndexKey(IndexKind.Platform, subscription);
        if (node.IsPlatform) places.Add(platform);
        else reads.Add(platform);
        if (!node.IsHealth) return;
        places.Add(new IndexKey(IndexKind.Health, subscription));
        reads.Add(new IndexKey(IndexKind.Health, subscription));
    }

    private static IndexList ListOf(Dictionary<IndexKey, IndexList> lists, IndexKey key)
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = new IndexList();
        return list;
    }

    private static void Drop(Dictionary<IndexKey, IndexList> lists, IndexKey key, Node node)
    {
        if (!lists.TryGetValue(key, out var list)) return;
        list.Remove(node);
        if (list.Count == 0) lists.Remove(key);
    }
}
