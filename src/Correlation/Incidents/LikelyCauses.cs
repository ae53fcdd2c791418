using System.Collections.Immutable;
using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Incidents;

/// <summary>What an incident likely comes from.</summary>
/// <param name="Resources">The resources, best first.</param>
/// <param name="Changes">The changes, best first.</param>
internal sealed record LikelyCauses(ImmutableArray<RankedCause> Resources, ImmutableArray<RankedChange> Changes)
{
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
