using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>Which symptoms are of a condition that comes again and again, and in what rhythm.</summary>
/// <remarks>A function of the set of symptoms alone. What has a rhythm is compared with what else has one, whatever it is, in the
/// order of when that could first be known: so what comes to have one later puts nothing out of the picks of what may have been
/// sealed by then.</remarks>
internal sealed class Rhythms(GroupingHistory settings)
{
    /// <summary>So many symptoms of the condition before one, and as many after it, count for its rhythm.</summary>
    private const int Symptoms = 4;

    /// <summary>How long before a symptom the rhythm goes back. Its future is bounded by what delays sealing.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(3);

    private readonly Dictionary<(string Resource, Condition Condition), IndexList> _conditions = [];
    private readonly IndexList _rhythmic = new(node => node.Rhythm!.Since);
    private readonly HashSet<string> _touched = [];

    /// <summary>Counts a node.</summary>
    public void Add(Node node)
    {
        var key = KeyOf(node);
        if (!_conditions.TryGetValue(key, out var list)) _conditions[key] = list = new IndexList();
        list.Add(node);
        Touch(list, node);
        _touched.Add(node.Id);
    }

    /// <summary>A node is another, in its place.</summary>
    public void Renew(Node node)
    {
        Touch(_conditions[KeyOf(node)], node);
        _touched.Add(node.Id);
    }

    /// <summary>Counts a node no more, and names those whose picks that may change.</summary>
    public void Remove(Node node, ISet<string> affected)
    {
        var key = KeyOf(node);
        var list = _conditions[key];
        Touch(list, node);
        list.Remove(node);
        if (list.Count == 0) _conditions.Remove(key);
        _touched.Remove(node.Id);
        Leave(node, affected);
    }

    /// <summary>Finds the rhythms anew that may be others since the last time.</summary>
    /// <param name="find">Finds a node.</param>
    /// <param name="affected">Takes those whose picks may be others.</param>
    /// <returns>The nodes whose rhythm is another: all that they are compared with has to be weighed anew.</returns>
    public IReadOnlySet<string> Settle(Func<string, Node?> find, ISet<string> affected)
    {
        var changed = new HashSet<string>();
        foreach (var id in _touched)
        {
            if (find(id) is not { } node) continue;
            var rhythm = Of(node);
            if (Equals(rhythm, node.Rhythm)) continue;
            Leave(node, affected);
            node.Rhythm = rhythm;
            Join(node, affected);
            if (!node.Sealed) changed.Add(id);
        }

        _touched.Clear();
        return changed;
    }

    /// <summary>The rhythm of a node as it is, in the list or not.</summary>
    public Rhythm? Of(Node node)
    {
        var options = settings.At(node.Start);
        return options.InStep == 0 || !_conditions.TryGetValue(KeyOf(node), out var list)
            || (list.Count == 1 && node.Symptom.Signals.Length <= 1)
            ? null : Rhythm.Of(node, list.Around(node, Symptoms, Before), Before, options.Window);
    }

    /// <summary>The nodes with a rhythm nearest to one with a rhythm; none for any other.</summary>
    public IEnumerable<Node> Around(Node node)
    {
        if (node.Rhythm is not { } own) return [];
        var options = settings.At(node.Start);
        return _rhythmic.Around(node, options.Neighbours, options.SlowWindow).Where(other => own.Meets(other.Rhythm!));
    }

    private void Join(Node node, ISet<string> affected)
    {
        if (node.Rhythm is null) return;
        _rhythmic.Add(node);
        Affect(node, affected);
    }

    private void Leave(Node node, ISet<string> affected)
    {
        if (node.Rhythm is null) return;
        Affect(node, affected);
        _rhythmic.Remove(node);
    }

    private void Affect(Node node, ISet<string> affected)
    {
        foreach (var other in _rhythmic.Around(node, settings.Neighbours, settings.SlowWindow))
        {
            if (!other.Sealed) affected.Add(other.Id);
        }
    }

    private void Touch(IndexList list, Node node)
    {
        if (list.Count <= 1) return;
        foreach (var other in list.Around(node, Symptoms, Before)) _touched.Add(other.Id);
    }

    private static (string Resource, Condition Condition) KeyOf(Node node) => (node.Resource, node.Symptom.Condition);
}
