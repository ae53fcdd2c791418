using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>What an incident likely comes from.</summary>
/// <param name="Resources">The resources, best first.</param>
/// <param name="Changes">The changes, best first.</param>
internal sealed record LikelyCauses(ImmutableArray<RankedCause> Resources, ImmutableArray<RankedChange> Changes)
{
    /// <summary>After so many of its own comes what another part of the estate suggests.</summary>
    private const int Own = 2;

    /// <summary>With one more resource, unless it is ranked as high; it takes half of the score of the one that it displaces.
    /// </summary>
    public LikelyCauses With(ResourceId resource, string why)
    {
        if (Resources.Take(Own + 1).Any(cause => cause.Resource == resource)) return this;
        var rest = Resources.RemoveAll(cause => cause.Resource == resource);
        var place = Math.Min(Own, rest.Length);
        var score = place < rest.Length ? rest[place].Score / 2 : Math.Max(0, 1 - rest.Sum(cause => cause.Score));
        if (place < rest.Length) rest = rest.SetItem(place, rest[place] with { Score = score });
        return this with { Resources = rest.Insert(place, new RankedCause(resource, score, [why])) };
    }

    /// <summary>Ranks both: a change speaks for what was changed.</summary>
    /// <param name="symptoms">The incident's symptoms.</param>
    /// <param name="changes">All changes that are known.</param>
    /// <param name="topology">What depends on what, as of every time.</param>
    /// <param name="past">What the customer's past teaches.</param>
    /// <param name="setup">What counts how much.</param>
    /// <param name="names">What a symptom names (<see cref="TextNames.AllOf"/>).</param>
    public static LikelyCauses Of(
        IReadOnlyCollection<Symptom> symptoms, IReadOnlyCollection<Change> changes, TopologyHistory topology, Taught past,
        CustomerSetup setup, Func<Symptom, IEnumerable<string>> names)
    {
        if (symptoms.Count == 0) return new LikelyCauses([], []);
        var onset = new Onset(symptoms);
        var weighed = ChangeRanking.Rank(symptoms, onset.At, changes, topology, setup.Options.ChangeWindow, names);
        return new LikelyCauses(
            CauseRanking.Rank(symptoms, onset, weighed, topology, past, setup.Causes, names),
            [.. weighed.Select(one => one.Ranked())]);
    }
}
