using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>The newest signals and changes of a resource, for whoever looks.</summary>
[GenerateSerializer, Alias("recent-memory")]
internal sealed class RecentMemory
{
    [Id(0)] private readonly List<KeptSignal> _signals = [];
    [Id(1)] private readonly List<Change> _changes = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<KeptSignal> Signals => _signals;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>The change that a signal tells of.</summary>
    public static Change ChangeOf(Signal signal) => new()
    {
        Id = signal.Dedup.ToString(),
        Resource = signal.Resource,
        At = signal.EventTime,
        Verb = signal.Detail?.ChangeVerb ?? "write",
        Title = signal.Detail?.Title ?? "",
        Operation = signal.Detail?.Operation,
        Actor = signal.Detail?.Actor,
        CauseKeys = signal.Detail?.CauseKeys ?? [],
        Signal = signal.ToReference(),
    };

    public void Add(Change change, ResourceOptions options)
    {
        _changes.Insert(_changes.FindIndex(known => known.At <= change.At) is var at && at < 0 ? _changes.Count : at, change);
        if (_changes.Count > options.MaxRecentChanges) _changes.RemoveAt(_changes.Count - 1);
    }

    public void Add(Signal signal, Fate fate, ResourceOptions options)
    {
        var index = 0;
        while (index < _signals.Count && _signals[index].EventTime > signal.EventTime) index++;
        if (index >= options.MaxRecentSignals) return;
        var title = Shared(signal.Detail?.Title ?? "");
        _signals.Insert(index, new KeptSignal
        {
            Position = signal.Position,
            Kind = signal.Kind,
            Role = signal.Role,
            Severity = signal.Severity,
            EventTime = signal.EventTime,
            Title = title,
            ExternalId = signal.Detail?.ExternalId,
            Condition = signal.Condition?.Key,
            Fate = fate,
        });
        if (_signals.Count > options.MaxRecentSignals) _signals.RemoveAt(_signals.Count - 1);
    }

    private string Shared(string title)
    {
        foreach (var known in _signals)
        {
            if (known.Title == title) return known.Title;
        }

        return title;
    }
}
