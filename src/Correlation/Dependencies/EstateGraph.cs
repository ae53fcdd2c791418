using System.Collections.Immutable;

namespace Correlation.Dependencies;

/// <summary>The edges of a whole estate, of all customers, as they are stored and sent: ids once, edges by place.</summary>
/// <param name="Resources">The canonical ids that edges name, in order.</param>
/// <param name="Edges">The edges, in order of their ends.</param>
/// <param name="Tenants">The Entra tenant of each subscription that says one, both lower case, in order.</param>
/// <param name="Rows">How many resources the export held.</param>
/// <param name="LeftOut">How many edges were left out because a row gave too many.</param>
[GenerateSerializer, Immutable, Alias("estate-graph")]
public sealed record EstateGraph(
    [property: Id(0)] ImmutableArray<string> Resources,
    [property: Id(1)] ImmutableArray<PlacedEdge> Edges,
    [property: Id(2)] ImmutableArray<SubscriptionTenant> Tenants,
    [property: Id(3)] int Rows,
    [property: Id(4)] long LeftOut)
{
    /// <summary>There is no export.</summary>
    public static EstateGraph None { get; } = new([], [], [], 0, 0);

    /// <summary>Makes the stored form of edges; the order they come in plays no part.</summary>
    public static EstateGraph Of(
        IReadOnlyCollection<ResourceEdge> edges, IReadOnlyDictionary<string, string> tenants, int rows, long leftOut)
    {
        ImmutableArray<string> ids =
            [.. edges.SelectMany(edge => new[] { edge.From, edge.To }).Distinct().Order(StringComparer.Ordinal)];
        var places = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++) places[ids[i]] = i;
        return new EstateGraph(
            ids,
            [
                .. edges.Select(edge => new PlacedEdge(places[edge.From], places[edge.To], edge.Kind))
                    .Distinct().OrderBy(edge => edge.From).ThenBy(edge => edge.To).ThenBy(edge => edge.Kind),
            ],
            [
                .. tenants.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new SubscriptionTenant(pair.Key, pair.Value)),
            ],
            rows,
            leftOut);
    }

    /// <summary>The edges themselves; one whose ends are not in the list (another program stored it) is passed over.</summary>
    public IEnumerable<ResourceEdge> Read() => Edges
        .Where(edge => (uint)edge.From < (uint)Resources.Length && (uint)edge.To < (uint)Resources.Length)
        .Select(edge => new ResourceEdge(Resources[edge.From], Resources[edge.To], edge.Kind));
}

/// <summary>An edge by the places of its ends.</summary>
/// <param name="From">The place of the resource that depends.</param>
/// <param name="To">The place of the resource that it depends on.</param>
/// <param name="Kind">What sort of dependency it is; one that this program does not know counts as any other.</param>
[GenerateSerializer, Immutable, Alias("placed-edge")]
public readonly record struct PlacedEdge([property: Id(0)] int From, [property: Id(1)] int To, [property: Id(2)] EdgeKind Kind);

/// <summary>The tenant of a subscription.</summary>
/// <param name="Subscription">The subscription, lower case.</param>
/// <param name="Tenant">Its Entra tenant, lower case.</param>
[GenerateSerializer, Immutable, Alias("subscription-tenant")]
public sealed record SubscriptionTenant([property: Id(0)] string Subscription, [property: Id(1)] string Tenant);
