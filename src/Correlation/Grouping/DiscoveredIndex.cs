using System.Collections.Immutable;
using Correlation.Dependencies;

namespace Correlation.Grouping;

/// <summary>On which side of a discovered edge the other resource is.</summary>
internal enum EdgeEnd : byte
{
    /// <summary>It is depended on.</summary>
    Upstream,

    /// <summary>It depends.</summary>
    Downstream,

    /// <summary>Nobody knows.</summary>
    Weak,
}

/// <summary>The discovered edges by the resources at their ends. Follows the customer's state; which edges count at a time
/// depends on those alone.</summary>
internal sealed class DiscoveredIndex
{
    private readonly Dictionary<string, List<Entry>> _entries = new(StringComparer.Ordinal);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Puts an edge, in the place of what was known of it.</summary>
    public void Put(ResourceEdge edge, DateTimeOffset since)
    {
        Remove(edge);
        Add(edge.From, new Entry(edge, edge.To, edge.IsWeak ? EdgeEnd.Weak : EdgeEnd.Upstream, since));
        Add(edge.To, new Entry(edge, edge.From, edge.IsWeak ? EdgeEnd.Weak : EdgeEnd.Downstream, since));
    }

    /// <summary>Removes an edge, and no other between the same two resources.</summary>
    public void Remove(ResourceEdge edge)
    {
        Remove(edge.From, edge);
        Remove(edge.To, edge);
    }

    /// <summary>Removes all.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>What lies on a side of a resource, those given and those known at a time together, in order.</summary>
    public ImmutableArray<string> With(ImmutableArray<string> given, string resource, EdgeEnd end, DateTimeOffset asOf)
    {
        if (!_entries.TryGetValue(resource, out var entries)) return given;
        var news = entries.Where(entry => entry.End == end && entry.Since <= asOf).Select(entry => entry.Other).ToList();
        return news.Count == 0 ? given : [.. given.Concat(news).Distinct().Order(StringComparer.Ordinal)];
    }

    private void Add(string resource, Entry entry)
    {
        if (!_entries.TryGetValue(resource, out var entries)) _entries[resource] = entries = [];
        entries.Add(entry);
    }

    private void Remove(string resource, ResourceEdge edge)
    {
        if (!_entries.TryGetValue(resource, out var entries)) return;
        entries.RemoveAll(entry => entry.Edge == edge);
        if (entries.Count == 0) _entries.Remove(resource);
    }

    private readonly record struct Entry(ResourceEdge Edge, string Other, EdgeEnd End, DateTimeOffset Since);
}
