using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>The deletions and creations of a resource: a creation after a deletion begins a new incarnation.</summary>
[GenerateSerializer, Alias("lifecycle")]
internal sealed class Lifecycle
{
    private const string GroupType = "resourcegroup";
    private const string GroupOperations = "microsoft.resources/subscriptions/resourcegroups";

    [Id(0)] private int _incarnation = 1;
    [Id(1)] private bool _deleted;

    /// <summary>By time, a deletion before a creation of the same moment.</summary>
    [Id(2)] private readonly List<LifecycleEvent> _events = [];

    /// <summary>Whether a deletion still matters.</summary>
    public bool AnyDeletion => _events.Exists(static known => !known.Created);

    /// <summary>When it was deleted, as far as it matters to facts that are kept.</summary>
    public IReadOnlyList<DateTimeOffset> Deletions =>
        _events.Count == 0 ? [] : _events.FindAll(known => !known.Created).ConvertAll(known => known.At);

    /// <summary>The incarnation now.</summary>
    public int Incarnation => IncarnationAt(DateTimeOffset.MaxValue);

    /// <summary>What a change says of the life of the resource itself (not of a lock or a diagnostic setting on it).</summary>
    /// <returns>True for created or written, false for deleted, null for neither.</returns>
    public static bool? Read(Signal change)
    {
        var operation = change.Detail?.Operation?.ToLowerInvariant();
        if (operation is null || change.Role != SignalRole.Change) return null;
        var type = change.Resource.Type == GroupType ? GroupOperations : change.Resource.Type;
        if (!operation.StartsWith(type, StringComparison.Ordinal)) return null;
        return operation.AsSpan(type.Length) switch { "/write" => true, "/delete" => false, _ => null };
    }

    /// <summary>The incarnation at a time.</summary>
    public int IncarnationAt(DateTimeOffset time)
    {
        var (incarnation, deleted) = (_incarnation, _deleted);
        foreach (var known in _events.TakeWhile(known => known.At <= time))
            (incarnation, deleted) = Next(incarnation, deleted, known);
        return incarnation;
    }

    /// <summary>Adds a creation or deletion.</summary>
    /// <returns>Whether the oldest had to go because there would be more than the limit.</returns>
    public bool Add(DateTimeOffset at, bool created, int limit)
    {
        var added = new LifecycleEvent(at, created);
        var index = _events.BinarySearch(added);
        if (index >= 0) return false;
        _events.Insert(~index, added);
        if (_events.Count <= limit) return false;
        Fold(1);
        return true;
    }

    /// <summary>Forgets what lies before a time before which no symptom that may still change begins, and writes that no
    /// deletion can come before any more.</summary>
    public void Forget(DateTimeOffset before, DateTimeOffset watermark)
    {
        if (_events.Count == 0) return;
        Fold(_events.TakeWhile(known => known.At < before).Count());
        for (var i = _events.Count - 1; i >= 0; i--)
        {
            var deleted = i == 0 ? _deleted : !_events[i - 1].Created;
            if (_events[i].Created && !deleted && _events[i].At < watermark) _events.RemoveAt(i);
        }
    }

    private void Fold(int count)
    {
        foreach (var known in _events.Take(count)) (_incarnation, _deleted) = Next(_incarnation, _deleted, known);
        _events.RemoveRange(0, count);
    }

    private static (int Incarnation, bool Deleted) Next(int incarnation, bool deleted, LifecycleEvent known) =>
        known.Created ? (deleted ? incarnation + 1 : incarnation, false) : (incarnation, true);
}
