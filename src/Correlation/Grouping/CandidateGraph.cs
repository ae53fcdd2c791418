using System.Collections.Immutable;
using Correlation.Resources;

namespace Correlation.Grouping;

/// <summary>The unsealed symptoms of a customer and the links between them that reach the threshold, or did while both
/// lasted.</summary>
/// <remarks>Derived: it is rebuilt from the customer's state, never stored. Which links there are depends on the set of symptoms
/// alone.</remarks>
internal sealed class CandidateGraph
{
    /// <summary>A component of so many is grouped anew seldom; see <see cref="AreOfMany"/>.</summary>
    public const int Many = 256;

    /// <summary>The score of a link that was one until the two were seen to end apart. It joins nothing, but both are sealed
    /// together as before: when something is sealed may not depend on when it is asked.</summary>
    public const double Held = double.Epsilon;

    private readonly CandidateIndex _index;
    private readonly Surges _surges;
    private readonly Rhythms _rhythms;
    private readonly Dictionary<string, Node> _nodes = [];
    private long _mark;
    private long _visit;
    private long _stamp;

    public CandidateGraph(GroupingOptions options, TopologyHistory topology, LearnedVersions learned)
    {
        Settings = new GroupingHistory(options, topology);
        _index = new CandidateIndex(Settings, topology);
        _surges = new Surges(Settings);
        _rhythms = new Rhythms(Settings);
        Scorer = new Scorers(Settings, topology, learned, _surges);
        Memory = new GroupingMemory(Scorer);
    }

    /// <summary>What decides, as of every time.</summary>
    public GroupingHistory Settings { get; }

    /// <summary>Weighs the evidence.</summary>
    public Scorers Scorer { get; }

    /// <summary>Puts links in order.</summary>
    public LinkOrder Links { get; } = new();

    /// <summary>What grouping need not weigh again.</summary>
    public GroupingMemory Memory { get; }

    /// <summary>How many symptoms it holds, sealed ones included.</summary>
    public int Count => _nodes.Count;

    /// <summary>The ids of all symptoms that are not sealed.</summary>
    public IEnumerable<string> Live => _nodes.Values.Where(node => !node.Sealed).Select(node => node.Id);

    /// <summary>The node of a symptom; null where there is none.</summary>
    public Node? Find(string id) => _nodes.GetValueOrDefault(id);

    /// <summary>A number by which nodes are marked as seen.</summary>
    public long NewVisit() => ++_visit;

    /// <summary>The ids of a resource's symptoms that are not sealed.</summary>
    public IEnumerable<string> LiveOn(string resource) => _index.On(resource).Where(node => !node.Sealed).Select(node => node.Id);

    /// <summary>Whether some symptoms are in a component that had so many already that grouping it anew for each of them would
    /// cost their square.</summary>
    /// <param name="touched">As <see cref="Update"/> tells them.</param>
    public bool AreOfMany(IEnumerable<string> touched) =>
        touched.Any(id => _nodes.GetValueOrDefault(id)?.Component >= Many);

    /// <summary>Takes symptoms in, new or changed, and others out.</summary>
    /// <returns>The ids whose links may have changed, and those they were linked with: where to group anew.</returns>
    public IReadOnlySet<string> Update(IEnumerable<Symptom> put, IEnumerable<string> remove)
    {
        var affected = new HashSet<string>();
        var touched = new HashSet<string>();
        var anew = new HashSet<string>();
        foreach (var id in remove) Remove(id, affected, touched);
        foreach (var symptom in put)
        {
            if (Renew(symptom))
            {
                anew.Add(symptom.Id);
            }
            else
            {
                Remove(symptom.Id, affected, touched);
                Add(symptom, isSealed: false, affected);
            }

            touched.Add(symptom.Id);
        }

        var otherwise = new HashSet<string>(_rhythms.Settle(Find, affected));
        otherwise.UnionWith(_surges.Settle());
        affected.UnionWith(otherwise);
        touched.UnionWith(otherwise);
        anew.UnionWith(otherwise);
        foreach (var id in anew) Restamp(id);
        foreach (var id in affected) Repick(id, touched);
        foreach (var id in anew) WeighAnew(id, touched);
        touched.RemoveWhere(id => !_nodes.ContainsKey(id));
        return touched;
    }

    /// <summary>What a symptom names in its text and its dimensions, read before where it is in the graph.</summary>
    public IEnumerable<string> NamesIn(Symptom symptom) =>
        _nodes.TryGetValue(symptom.Id, out var node) && ReferenceEquals(node.Symptom, symptom)
            ? node.Words.Concat(node.DimensionNames) : TextNames.AllOf(symptom);

    /// <summary>Counts what began and is forgotten, before the next <see cref="Update"/>.</summary>
    /// <param name="counts">How many in all, by slot (<see cref="Surges.SlotOf"/>).</param>
    public void Began(ImmutableSortedDictionary<long, int> counts) => _surges.Began(counts);

    /// <summary>Takes changes in: what they may explain is compared anew.</summary>
    /// <returns>As <see cref="Update"/>.</returns>
    public IReadOnlySet<string> Meet(IEnumerable<Change> changes) =>
        Update([.. _index.Add(changes).Select(node => node.Symptom)], []);

    /// <summary>Adds a sealed symptom, which keeps its places in the indexes and links to nothing.</summary>
    public void AddSealed(Symptom symptom) => Add(symptom, isSealed: true, new HashSet<string>());

    /// <summary>Seals symptoms: whole components of the graph.</summary>
    public void Seal(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if (!_nodes.TryGetValue(id, out var node) || node.Sealed) continue;
            Unlink(node, new HashSet<string>());
            _index.StopReading(node);
            node.Sealed = true;
        }
    }

    /// <summary>What a symptom would be linked with if it went on without an end, or ended together with that.</summary>
    public IEnumerable<string> WithinReachOf(string id)
    {
        if (!_nodes.TryGetValue(id, out var node)) return [];
        var lasting = As(node, node.Symptom with { End = null, ExpectedEnd = null });
        var found = new HashSet<string>();
        foreach (var one in node.Neighbours.Items) MayReach(lasting, one.Node, found);
        return found;
    }

    /// <summary>Whether a symptom will be linked with one that is still open, if nothing more is heard of that: when it ceased
    /// is known only by its time-out, long after.</summary>
    public bool AwaitsSilence(string id)
    {
        if (!_nodes.TryGetValue(id, out var node)) return false;
        foreach (var one in node.Neighbours.Items)
        {
            if (one is { Score: 0, Node.Symptom: { IsOpen: true, ExpectedEnd: not null } } && MayFallSilent(one.Node, node))
                return true;
        }

        return false;
    }

    private bool MayFallSilent(Node open, Node other) => ScoreOf(
        As(open, open.Symptom with { End = open.Symptom.ExpectedEnd, EndReason = EndReason.TimedOut }), other) > 0;

    /// <summary>A node with what its symptom may come to be, outside the graph.</summary>
    private Node As(Node node, Symptom symptom)
    {
        var other = new Node(symptom, node.Place) { ExplainedBy = node.ExplainedBy };
        other.Rhythm = _rhythms.Of(other);
        return other;
    }

    private void MayReach(Node lasting, Node other, HashSet<string> found)
    {
        var settings = Settings.Between(lasting.Start, other.Start);
        var more = settings.EndTogether + (lasting.Rhythm is null || other.Rhythm is null ? 0 : settings.InStep);
        if (Scorer.Score(lasting, other) + more >= settings.Threshold) found.Add(other.Id);
    }

    /// <summary>Most of what comes of a symptom that is known, as its end, leaves it where it is in the indexes: nobody's picks
    /// are others then, and only what it is compared with is weighed anew.</summary>
    private bool Renew(Symptom symptom)
    {
        if (!_nodes.TryGetValue(symptom.Id, out var node) || node.Sealed || !_index.Renew(node, symptom)) return false;
        _rhythms.Renew(node);
        return true;
    }

    private void Add(Symptom symptom, bool isSealed, HashSet<string> affected)
    {
        var node = new Node(symptom, _index.PlaceOf(symptom.Resource)) { Sealed = isSealed };
        node.Stamp = ++_stamp;
        _nodes[node.Id] = node;
        _index.Add(node, affected);
        _surges.Add(node, affected);
        _rhythms.Add(node);
    }

    private void Restamp(string id)
    {
        if (_nodes.TryGetValue(id, out var node)) node.Stamp = ++_stamp;
    }

    private void Remove(string id, HashSet<string> affected, HashSet<string> touched)
    {
        if (!_nodes.Remove(id, out var node)) return;
        Unlink(node, touched);
        _index.Remove(node, affected);
        _surges.Remove(node, affected);
        _rhythms.Remove(node, affected);
        touched.Remove(id);
    }

    private static void Unlink(Node node, HashSet<string> touched)
    {
        foreach (var one in node.Neighbours.Items)
        {
            one.Node.Neighbours.Remove(node);
            if (one.Score > 0) touched.Add(one.Node.Id);
        }

        node.Neighbours.Clear();
    }

    /// <summary>Finds what a node picks now, and weighs what it was not compared with before.</summary>
    /// <param name="id">Whose picks may be others.</param>
    /// <param name="touched">Takes those whose links are others.</param>
    private void Repick(string id, HashSet<string> touched)
    {
        if (!_nodes.TryGetValue(id, out var node) || node.Sealed) return;
        var mark = ++_mark;
        var picks = _index.Picks(node, _surges.Around(node).Concat(_rhythms.Around(node)), mark);
        foreach (var old in node.Neighbours.Picks())
        {
            if (old.Mark == mark)
            {
                old.Mark = 0;
                continue;
            }

            var before = node.Neighbours.Of(old);
            Set(node, before, picked: false, before.PickedBy ? before.Score : 0, touched);
        }

        foreach (var other in picks)
        {
            if (other.Mark != mark) continue;
            var before = node.Neighbours.Of(other);
            Set(node, before, picked: true, before.PickedBy ? before.Score : ScoreOf(node, other), touched);
        }
    }

    /// <summary>Weighs a node with all that it is compared with.</summary>
    private void WeighAnew(string id, HashSet<string> touched)
    {
        if (!_nodes.TryGetValue(id, out var node) || node.Sealed) return;
        foreach (var one in node.Neighbours.Items.ToArray())
            Set(node, one, one.Picked, ScoreOf(node, one.Node), touched);
    }

    /// <summary>The score of a link; <see cref="Held"/> or 0 where there is none.</summary>
    private double ScoreOf(Node one, Node other)
    {
        var score = Scorer.Score(one, other, out var lasting);
        var least = Settings.Between(one.Start, other.Start).Threshold;
        return score >= least ? score : lasting >= least ? Held : 0;
    }

    /// <summary>Whether one picks the other, and the score of their link, as both have it.</summary>
    /// <param name="from">The one.</param>
    /// <param name="before">The other, as the one had it until now.</param>
    /// <param name="picked">Whether the one picks it.</param>
    /// <param name="score">The score.</param>
    /// <param name="touched">Takes both where their score is another.</param>
    private static void Set(Node from, Neighbour before, bool picked, double score, HashSet<string> touched)
    {
        if (before.Picked == picked && before.Score.Equals(score)) return;
        var to = before.Node;
        from.Neighbours.Set(before with { Picked = picked, Score = score });
        to.Neighbours.Set(new Neighbour(from, score, Picked: before.PickedBy, PickedBy: picked));
        if (before.Score.Equals(score)) return;
        touched.Add(from.Id);
        touched.Add(to.Id);
    }
}
