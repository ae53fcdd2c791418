using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>Which symptoms time alone may make an incident, and when. Follows the graph; what it names may have changed since,
/// so that whoever is told looks again.</summary>
internal sealed class HeldOpenings
{
    private readonly PriorityQueue<string, DateTimeOffset> _due = new();
    private readonly HashSet<(string, DateTimeOffset)> _queued = [];

    /// <summary>The versions by which alerts are held.</summary>
    public OpeningHolds Holds { get; private set; } = new(new LearnedVersions());

    /// <summary>When the first is due; null for never.</summary>
    public DateTimeOffset? Next => _due.TryPeek(out _, out var next) ? next : null;

    /// <summary>Begins anew.</summary>
    public void Reset(LearnedVersions versions)
    {
        _due.Clear();
        _queued.Clear();
        Holds = new OpeningHolds(versions);
    }

    /// <summary>Takes in symptoms that are new or have changed.</summary>
    public void Watch(IEnumerable<Symptom> symptoms)
    {
        foreach (var symptom in symptoms)
        {
            if (Holds.Over(symptom) is { } over && _queued.Add((symptom.Id, over))) _due.Enqueue(symptom.Id, over);
        }
    }

    /// <summary>The symptoms in the graph that are due by a time; they are not told again.</summary>
    public IEnumerable<string> Due(DateTimeOffset now, CandidateGraph graph)
    {
        while (_due.TryPeek(out var id, out var over) && over <= now)
        {
            _due.Dequeue();
            _queued.Remove((id, over));
            if (graph.Find(id) is { Sealed: false }) yield return id;
        }
    }
}
