using System.Collections.Immutable;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>The ids of the changes in a customer's state; goes with them from one decision to the next, and is made anew where
/// the state is not the one that the last decision led to.</summary>
internal sealed class KnownChanges
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private ImmutableList<Change> _changes = [];

    /// <summary>Those of some changes that are not known yet, each once.</summary>
    public ImmutableArray<Change> Fresh(ImmutableList<Change> known, IEnumerable<Change> reported)
    {
        var changes = reported.DistinctBy(change => change.Id).ToList();
        if (changes.Count == 0) return [];
        if (!ReferenceEquals(known, _changes)) Follow(known);
        return [.. changes.Where(change => !_ids.Contains(change.Id))];
    }

    /// <summary>Fresh changes were put behind the known ones, and the oldest are forgotten where there were too many.</summary>
    public void Took(ImmutableList<Change> before, ImmutableArray<Change> fresh, ImmutableList<Change> after)
    {
        if (fresh.IsEmpty || !ReferenceEquals(before, _changes)) return;
        foreach (var change in fresh) _ids.Add(change.Id);
        var forgotten = before.Count + fresh.Length - after.Count;
        for (var i = 0; i < forgotten; i++) _ids.Remove(i < before.Count ? before[i].Id : fresh[i - before.Count].Id);
        _changes = after;
    }

    private void Follow(ImmutableList<Change> known)
    {
        _ids.Clear();
        foreach (var change in known) _ids.Add(change.Id);
        _changes = known;
    }
}
