using System.Collections.Immutable;
using Correlation.Learning;

namespace Correlation.Grouping;

/// <summary>The versions of what was learned of a customer. Follows the customer's state.</summary>
internal sealed class LearnedVersions
{
    /// <summary>The versions, oldest first.</summary>
    public ImmutableArray<LearnedModel> All { get; set; } = [];

    /// <summary>The version in force at a time; null before the oldest that is kept.</summary>
    public LearnedModel? At(DateTimeOffset time)
    {
        for (var i = All.Length - 1; i >= 0; i--)
        {
            if (All[i].InForce <= time) return All[i];
        }

        return null;
    }
}
