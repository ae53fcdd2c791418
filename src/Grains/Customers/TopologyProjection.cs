using Correlation.Contracts;
using Correlation.Customers;

namespace Correlation.Grains.Customers;

/// <summary>What the gateway reads of what depends on what at a customer.</summary>
internal static class TopologyProjection
{
    private const int LimitMax = 500;

    /// <summary>A page of edges, by their ends, kind and source.</summary>
    public static Page<TopologyEdge> List(CustomerState state, Estates estates, CustomerKey customer, TopologyQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, LimitMax);
        var found = estates.EdgesOf(customer)
            .Where(known => IsAskedFor(known.Edge.From, known.Edge.To, query.Resource))
            .Select(known => new TopologyEdge(
                known.Edge.From, known.Edge.To, known.Edge.Kind, known.Source,
                known.Since == DateTimeOffset.MinValue ? null : known.Since, null, null))
            .Concat(state.Discovered.Values
                .Where(edge => IsAskedFor(edge.From, edge.To, query.Resource))
                .Select(edge => new TopologyEdge(
                    edge.From, edge.To, edge.Kind, edge.Source, edge.Known, edge.First, edge.Last)))
            .Where(edge => query.Cursor is null || string.CompareOrdinal(PlaceOf(edge), query.Cursor) > 0)
            .OrderBy(PlaceOf, StringComparer.Ordinal)
            .Take(limit + 1).ToList();
        return new Page<TopologyEdge>([.. found.Take(limit)], found.Count > limit ? PlaceOf(found[limit - 1]) : null);
    }

    private static bool IsAskedFor(string from, string to, string? resource) =>
        resource is null || from == resource || to == resource;

    private static string PlaceOf(TopologyEdge edge) => $"{edge.From}|{edge.To}|{(byte)edge.Kind}|{(byte)edge.Source}";
}
