using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Incidents;

/// <summary>How well a change fits symptoms as their cause.</summary>
/// <param name="Change">The change.</param>
/// <param name="Place">How near what it touched is to the nearest symptom's resource, 0 to 1.</param>
/// <param name="Where">That in words.</param>
/// <param name="Reach">The mean of the same over all the symptoms' resources: how much of the whole it explains.</param>
/// <param name="Rare">How unlikely it is that such a change comes so shortly before by chance, 0 to 1.</param>
/// <param name="Before">How long before the outbreak it was; below zero for after it.</param>
/// <param name="When">That in words.</param>
/// <param name="Key">A key of Azure's that it shares with a symptom; null for none.</param>
public sealed record WeighedChange(
    Change Change, double Place, string Where, double Reach, double Rare, TimeSpan Before, string When, string? Key)
{
    private const double PlaceWeight = 0.2;
    private const double ReachWeight = 0.3;
    private const double RareWeight = 0.3;
    private const double KeyWeight = 0.2;

    /// <summary>Whether it has anything to do with the symptoms.</summary>
    public bool IsRelated => Place > 0 || Key is not null;

    /// <summary>0 to 1: the sum of <see cref="Terms"/>.</summary>
    public double Score => Math.Round(
        (PlaceWeight * Place) + (ReachWeight * Reach) + (RareWeight * Rare) + (Key is null ? 0 : KeyWeight), 4);

    /// <summary>What makes up the score.</summary>
    public ImmutableArray<Evidence> Terms =>
    [
        new("place", PlaceWeight * Place, Place > 0 ? Where : "on nothing that a symptom is on, depends on, is part of or names"),
        new("reach", ReachWeight * Reach, FormattableString.Invariant($"explains {Reach:0%} of the resources")),
        new("rare", RareWeight * Rare, When),
        new("causeKey", Key is null ? 0 : KeyWeight, Key is null ? "no key is shared" : $"shares {Key}"),
    ];

    /// <summary>As a likely cause.</summary>
    public RankedChange Ranked() => new(Change, Score, [.. Terms.Where(term => term.Weight > 0).Select(term => term.Input)]);
}
