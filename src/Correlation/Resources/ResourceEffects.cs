using System.Collections.Immutable;

namespace Correlation.Resources;

/// <summary>What a resource has to tell its customers.</summary>
/// <param name="Reports">The latest report of each condition that changed, for each customer concerned, by sequence.</param>
/// <param name="Changes">Changes made on the resource, in the order they were applied.</param>
public sealed record ResourceEffects(ImmutableArray<OwnedReport> Reports, ImmutableArray<OwnedChange> Changes)
{
    /// <summary>Other resources that its signals named, in the order they were applied.</summary>
    public ImmutableArray<OwnedLink> Links { get; init; } = [];

    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsEmpty => Reports.IsEmpty && Changes.IsEmpty && Links.IsEmpty;
}
