using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Grouping;

/// <summary>Where a resource is, taken apart once for all of its symptoms.</summary>
internal sealed class ResourcePlace
{
    private static readonly HashSet<string> Scopes = ["subscription", "resourcegroup", "tenant"];

    private ImmutableArray<IndexKey> _in = [];
    private ImmutableArray<IndexKey> _reads = [];

    public ResourcePlace(ResourceId resource)
    {
        Resource = resource.Canonical;
        IsScope = Scopes.Contains(resource.Type);
        var parent = ClusterOf(resource) ?? resource.Parent;
        Parent = parent is null || Scopes.Contains(parent.Type) ? null : parent.Canonical;
        Subscription = resource.Subscription;
        Group = resource.ResourceGroup;
        GroupId = Group is null ? null : $"{Subscription}/{Group}";
        Ancestors = parent is null ? [] : [.. parent.WithParents().Select(one => one.Canonical)];
        Names = TextNames.Calling(resource);
    }

    /// <summary>Its canonical id.</summary>
    public string Resource { get; }

    /// <summary>Whether it is a subscription, resource group or tenant.</summary>
    public bool IsScope { get; }

    /// <summary>The resource that it is part of; null where only a scope contains it.</summary>
    public string? Parent { get; }

    public string? Subscription { get; private set; }

    public string? Group { get; private set; }

    /// <summary>Its resource group's name with the subscription; null where it has none.</summary>
    public string? GroupId { get; private set; }

    /// <summary>What a text may call it by: its own name and those of what it is part of, the nearest first.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The resources that it is part of, the nearest first.</summary>
    public ImmutableArray<string> Ancestors { get; }

    /// <summary>The cluster that a resource is a node pool, balancer or disk of: Azure calls the group that it manages for a
    /// cluster <c>MC_group_cluster_region</c> (Learn: AKS, node resource group). Null where that is not plain.</summary>
    private static ResourceId? ClusterOf(ResourceId resource)
    {
        if (resource.ResourceGroup is not { } group || !group.StartsWith("mc_", StringComparison.Ordinal)) return null;
        var parts = group.Split('_');
        if (parts.Length != 4 || (resource.Parent is { } parent && !Scopes.Contains(parent.Type))) return null;
        return ResourceId.TryParse($"/subscriptions/{resource.Subscription}/resourcegroups/{parts[1]}"
            + $"/providers/microsoft.containerservice/managedclusters/{parts[2]}");
    }

    /// <summary>Takes over the texts of another place in the same group of the same subscription, so that there is one of
    /// each.</summary>
    public void ShareWith(ResourcePlace other) =>
        (Subscription, Group, GroupId) = (other.Subscription, other.Group, other.GroupId);

    /// <summary>The same keys, in one array for all symptoms of the resource whose keys are these.</summary>
    public (ImmutableArray<IndexKey> In, ImmutableArray<IndexKey> Reads) Share(
        ImmutableArray<IndexKey> places, ImmutableArray<IndexKey> reads)
    {
        if (!_in.SequenceEqual(places)) _in = places;
        if (!_reads.SequenceEqual(reads)) _reads = reads;
        return (_in, _reads);
    }
}
