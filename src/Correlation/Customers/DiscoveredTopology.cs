using System.Collections.Immutable;
using Correlation.Dependencies;
using Correlation.Resources;

namespace Correlation.Customers;

/// <summary>An edge that signals named.</summary>
/// <param name="From">The resource that depends, canonical.</param>
/// <param name="To">The resource that it depends on, canonical.</param>
/// <param name="Kind">What sort of dependency it is.</param>
/// <param name="Source">What named it; the activity log where that ever did.</param>
/// <param name="Known">The log time from which it counts.</param>
/// <param name="First">When it was first seen, event time.</param>
/// <param name="Last">When it was last seen, event time, to the day.</param>
[GenerateSerializer, Immutable, Alias("discovered-edge")]
public sealed record DiscoveredEdge(
    [property: Id(0)] string From,
    [property: Id(1)] string To,
    [property: Id(2)] EdgeKind Kind,
    [property: Id(3)] EdgeSource Source,
    [property: Id(4)] DateTimeOffset Known,
    [property: Id(5)] DateTimeOffset First,
    [property: Id(6)] DateTimeOffset Last)
{
    /// <summary>What it is known by.</summary>
    public string Key => $"{From}|{To}|{(byte)Kind}";

    /// <summary>The edge.</summary>
    public ResourceEdge Edge => new(From, To, Kind);
}

/// <summary>What a customer's signals say of what depends on what. What is known of an edge is a function of the set of links,
/// whatever order they come in.</summary>
internal static class DiscoveredTopology
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    /// <summary>The edges, as they are to be known from now on, of which links say something new.</summary>
    public static ImmutableArray<DiscoveredEdge> News(
        ImmutableDictionary<string, DiscoveredEdge> known, IEnumerable<LearntLink> links)
    {
        var news = new Dictionary<string, DiscoveredEdge>(StringComparer.Ordinal);
        foreach (var link in links)
        {
            var edge = LinkKinds.Of(link.Resource, link.Other);
            if (IsWithin(edge.From, edge.To) || IsWithin(edge.To, edge.From)) continue;
            var said = new DiscoveredEdge(edge.From, edge.To, edge.Kind, link.Source, link.Known, link.First, link.Last);
            var before = news.GetValueOrDefault(said.Key) ?? known.GetValueOrDefault(said.Key);
            var after = before is null ? said : Together(before, said);
            if (after != before) news[said.Key] = after;
        }

        return [.. news.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];
    }

    /// <summary>Takes edges in, and forgets those seen longest ago where there are too many.</summary>
    public static void Take(CustomerState state, ImmutableArray<DiscoveredEdge> edges)
    {
        if (edges.IsDefaultOrEmpty) return;
        state.Discovered = state.Discovered.SetItems(edges.Select(edge => KeyValuePair.Create(edge.Key, edge)));
        if (state.Discovered.Count <= CustomerLimits.DiscoveredEdges) return;
        var room = CustomerLimits.DiscoveredEdges / 20;
        state.Discovered = state.Discovered.RemoveRange(state.Discovered.Values
            .OrderBy(edge => edge.Last).ThenBy(edge => edge.Key, StringComparer.Ordinal)
            .Take(state.Discovered.Count - CustomerLimits.DiscoveredEdges + room).Select(edge => edge.Key));
    }

    /// <summary>Forgets, once an hour, what was not seen for long.</summary>
    public static void Forget(CustomerState state)
    {
        if (state.Discovered.IsEmpty || state.Now - state.DiscoveredSwept < SweepEvery) return;
        state.DiscoveredSwept = state.Now;
        var before = LogClock.Before(state.Now, CustomerLimits.DiscoveredKept);
        state.Discovered = state.Discovered.RemoveRange(
            state.Discovered.Values.Where(edge => edge.Last < before).Select(edge => edge.Key));
    }

    private static DiscoveredEdge Together(DiscoveredEdge one, DiscoveredEdge other) => one with
    {
        Source = one.Source == EdgeSource.ActivityLog ? one.Source : other.Source,
        Known = one.Known < other.Known ? one.Known : other.Known,
        First = one.First < other.First ? one.First : other.First,
        Last = one.Last > other.Last ? one.Last : other.Last,
    };

    /// <summary>That one contains the other needs no edge.</summary>
    internal static bool IsWithin(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] == '/');
}
