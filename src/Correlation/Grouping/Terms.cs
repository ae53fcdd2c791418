using System.Collections.Immutable;

namespace Correlation.Grouping;

/// <summary>The terms that can speak for two symptoms, with what each can add: what an explanation can say is missing.</summary>
internal static class Terms
{
    private static readonly ImmutableArray<(string Name, Func<GroupingOptions, double> Most, string Means)> For =
    [
        ("commonChange", o => o.CommonChange, "a change that may explain both"),
        ("causeKey", o => o.CauseKey, "a shared correlation, tracking or deployment id"),
        ("sameResource", o => o.SameResource, "the same resource"),
        ("contains", o => o.Contains, "one resource is part of the other"),
        ("dependsOn", o => o.DependsOn, "one resource depends on the other"),
        ("linked", o => o.Linked, "a signal of one names the other's resource"),
        ("platformRegion", o => o.PlatformRegion, "a platform event in the region of the other"),
        ("sameRule", o => o.SameRule, "the same rule or operation at the same moment"),
        ("sameText", o => o.SameText, "the same words of an error"),
        ("sameDimension", o => o.SameDimension, "one value of a dimension that names a thing"),
        ("inStep", o => o.InStep, "both come again and again, each time together"),
        ("named", o => o.Named, "the text of one names the other, or both name a third thing"),
        ("learned", o => o.Learned, "the customer's history says that one follows the other"),
        ("sibling", o => o.Sibling, "both are parts of one resource"),
        ("healthTogether", o => o.HealthTogether, "both are losses of health in one subscription"),
        ("again", o => o.Again, "the same condition of the resource again"),
        ("endedTogether", o => o.EndTogether, "both ended at the same moment"),
        ("surge", o => o.Surge, "far more than usual began at the same time"),
        ("near", o => o.Near, "both start at the same moment"),
        ("dependsOn2", o => o.TwoHops, "one depends on the other over a third"),
        ("dependsOnFar", o => o.FarHops, "one depends on the other over others"),
        ("overlaps", o => o.Overlap, "one began while the other lasted"),
        ("platformScope", o => o.PlatformScope, "a platform event in the subscription of the other"),
        ("sameScope", o => o.SameScope, "the same subscription, resource group or tenant"),
        ("resourceGroup", o => o.ResourceGroup, "the same resource group"),
        ("subscription", o => o.Subscription, "the same subscription"),
    ];

    /// <summary>The terms that say where two resources are: one at most holds.</summary>
    private static readonly ImmutableHashSet<string> Places =
    [
        "sameResource", "contains", "sibling", "sameScope", "resourceGroup", "subscription", "dependsOn", "dependsOn2",
        "dependsOnFar", "linked",
    ];

    /// <summary>The terms that a pair does not have, by what each would add, largest first.</summary>
    /// <param name="link">The pair; of its terms of place only what a nearer place adds counts as missing.</param>
    /// <param name="options">The weights.</param>
    /// <param name="most">At most so many.</param>
    public static ImmutableArray<Evidence> Absent(Link link, GroupingOptions options, int most)
    {
        var has = link.Terms.Select(term => term.Name).ToHashSet();
        var place = link.Terms.Where(term => Places.Contains(term.Name)).Sum(term => term.Weight);
        return
        [
            .. For.Where(term => !has.Contains(term.Name))
                .Select(term => new Evidence(
                    term.Name, term.Most(options) - (Places.Contains(term.Name) ? place : 0), term.Means))
                .Where(term => term.Weight > 0)
                .OrderByDescending(term => term.Weight).ThenBy(term => term.Name, StringComparer.Ordinal).Take(most),
        ];
    }

    /// <summary>The names of all terms that can speak for two symptoms.</summary>
    public static IEnumerable<string> Names => For.Select(term => term.Name);
}
