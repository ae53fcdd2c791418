using Correlation.Resources;

namespace Correlation.Grouping;

/// <summary>The unsealed symptoms of a customer and the links between them that reach the threshold.</summary>
/// <remarks>Derived: it is rebuilt from the customer's state, never stored. Which links there are depends on the set of symptoms
/// alone.</remarks>
internal sealed class CandidateGraph(GroupingOptions options, TopologyHistory topology)
{
    private readonly CandidateIndex _index = new(options, topology);
    private readonly Dictionary<string, Node> _nodes = [];
    private readonly Dictionary<string, HashSet<string>> _picks = [];
    private readonly Dictionary<string, HashSet<string>> _pickedBy = [];
    private readonly Dictionary<string, Dictionary<string, double>> _links = [];

    /// <summary>Weighs the evidence.</summary>
    public Scorer Scorer { get; } = new(options, topology);

    /// <summary>How many symptoms it holds, sealed ones included.</summary>
    public int Count => _nodes.Count;

    /// <summary>The ids of all symptoms that are not sealed.</summary>
    public IEnumerable<string> Live => _nodes.Values.Where(node => !node.Sealed).Select(node => node.Id);

    /// <summary>The node of a symptom; null where there is none.</summary>
    public Node? Find(string id) => _nodes.GetValueOrDefault(id);

    /// <summary>The ids of a resource's symptoms that are not sealed.</summary>
    public IEnumerable<string> LiveOn(string resource) => _index.On(resource).Where(node => !node.Sealed).Select(node => node.Id);

    /// <summary>Takes symptoms in, new or changed, and others out.</summary>
    /// <returns>The ids whose links may have changed, and those they were linked with: where to group anew.</returns>
    public IReadOnlySet<string> Update(IEnumerable<Symptom> put, IEnumerable<string> remove)
    {
        var affected = new HashSet<string>();
        var touched = new HashSet<string>();
        foreach (var id in remove) Remove(id, affected, touched);
        foreach (var symptom in put)
        {
            if (_nodes.ContainsKey(symptom.Id)) Remove(symptom.Id, affected, touched);
            var node = new Node(symptom);
            _nodes[node.Id] = node;
            _index.Add(node, affected);
            touched.Add(node.Id);
        }

        foreach (var id in affected) Repick(id, touched);
        touched.RemoveWhere(id => !_nodes.ContainsKey(id));
        return touched;
    }

    /// <summary>Adds a sealed symptom, which keeps its places in the indexes and links to nothing.</summary>
    public void AddSealed(Symptom symptom)
    {
        var node = new Node(symptom) { Sealed = true };
        _nodes[node.Id] = node;
        _index.Add(node, new HashSet<string>());
    }

    /// <summary>Seals symptoms: whole components of the graph.</summary>
    public void Seal(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            if (!_nodes.TryGetValue(id, out var node) || node.Sealed) continue;
            Unlink(id, new HashSet<string>());
            _index.StopReading(node);
            node.Sealed = true;
        }
    }

    /// <summary>What a symptom is linked with.</summary>
    public IReadOnlyDictionary<string, double> LinksOf(string id) =>
        _links.TryGetValue(id, out var links) ? links : new Dictionary<string, double>();

    /// <summary>What a symptom would be linked with if it went on without an end.</summary>
    public IEnumerable<string> WithinReachOf(string id)
    {
        if (!_nodes.TryGetValue(id, out var node)) return [];
        var lasting = new Node(node.Symptom with { End = null, ExpectedEnd = null });
        return _picks.GetValueOrDefault(id, []).Union(_pickedBy.GetValueOrDefault(id, []))
            .Where(other => Scorer.Score(lasting, _nodes[other]) >= options.Threshold);
    }

    private void Remove(string id, HashSet<string> affected, HashSet<string> touched)
    {
        if (!_nodes.Remove(id, out var node)) return;
        Unlink(id, touched);
        _index.Remove(node, affected);
        touched.Remove(id);
    }

    private void Unlink(string id, HashSet<string> touched)
    {
        foreach (var other in LinksOf(id).Keys.ToList())
        {
            SetLink(id, other, 0);
            touched.Add(other);
        }

        foreach (var other in _picks.GetValueOrDefault(id, [])) _pickedBy[other].Remove(id);
        foreach (var other in _pickedBy.GetValueOrDefault(id, [])) _picks[other].Remove(id);
        _picks.Remove(id);
        _pickedBy.Remove(id);
    }

    private void Repick(string id, HashSet<string> touched)
    {
        if (!_nodes.TryGetValue(id, out var node) || node.Sealed) return;
        var before = _picks.GetValueOrDefault(id, []);
        var now = _index.Picks(node);
        _picks[id] = now;
        foreach (var gone in before.Where(other => !now.Contains(other)))
        {
            _pickedBy.GetValueOrDefault(gone)?.Remove(id);
            if (!_picks.GetValueOrDefault(gone, []).Contains(id)) Rescore(id, gone, 0, touched);
        }

        foreach (var other in now.Where(other => !before.Contains(other)))
        {
            if (!_pickedBy.TryGetValue(other, out var pickers)) _pickedBy[other] = pickers = [];
            pickers.Add(id);
            Rescore(id, other, Scorer.Score(node, _nodes[other]), touched);
        }
    }

    private void Rescore(string a, string b, double score, HashSet<string> touched)
    {
        var before = LinksOf(a).GetValueOrDefault(b);
        var now = score >= options.Threshold ? score : 0;
        if (before.Equals(now)) return;
        SetLink(a, b, now);
        touched.Add(a);
        touched.Add(b);
    }

    private void SetLink(string a, string b, double score)
    {
        SetHalf(a, b, score);
        SetHalf(b, a, score);
    }

    private void SetHalf(string from, string to, double score)
    {
        if (score > 0)
        {
            if (!_links.TryGetValue(from, out var links)) _links[from] = links = [];
            links[to] = score;
        }
        else if (_links.TryGetValue(from, out var links) && links.Remove(to) && links.Count == 0)
        {
            _links.Remove(from);
        }
    }
}
