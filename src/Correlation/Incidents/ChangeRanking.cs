using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Incidents;

/// <summary>Ranks changes near the outbreak of an incident as its cause.</summary>
internal static class ChangeRanking
{
    private const int Most = 5;

    /// <summary>The likeliest changes, best first.</summary>
    /// <param name="symptoms">The incident's symptoms, at least one.</param>
    /// <param name="first">When they broke out (<see cref="Onset"/>).</param>
    /// <param name="changes">All that are known.</param>
    /// <param name="topology">What depends on what, as of every time.</param>
    /// <param name="window">How far before the start a change counts.</param>
    /// <param name="names">What a symptom names.</param>
    public static IReadOnlyList<WeighedChange> Rank(
        IReadOnlyCollection<Symptom> symptoms, DateTimeOffset first, IReadOnlyCollection<Change> changes,
        TopologyHistory topology, TimeSpan window, Func<Symptom, IEnumerable<string>> names)
    {
        var near = changes.Where(change => change.At <= first + ChangeScale.After && first - change.At <= window)
            .DistinctBy(change => change.Id).ToList();
        if (near.Count == 0) return [];
        var scale = new ChangeScale(symptoms, first, changes, topology, names);
        return
        [
            .. near.Where(scale.MayBeRelated).Select(scale.Weigh).Where(weighed => weighed.IsRelated)
                .OrderByDescending(weighed => weighed.Score).ThenBy(weighed => weighed.Change.Id, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    /// <summary>A change weighed whatever comes of it: what keeps it from being a cause, and every term.</summary>
    /// <param name="change">The change.</param>
    /// <param name="symptoms">The symptoms that it may be the cause of, at least one.</param>
    /// <param name="first">When they broke out.</param>
    /// <param name="changes">All that are known.</param>
    /// <param name="topology">What depends on what, as of every time.</param>
    /// <param name="window">How far before the start a change counts.</param>
    public static (Separation Rule, ChangeJudgement Judgement) Explain(
        Change change, IReadOnlyCollection<Symptom> symptoms, DateTimeOffset first, IEnumerable<Change> changes,
        TopologyHistory topology, TimeSpan window)
    {
        var weighed = new ChangeScale(symptoms, first, changes, topology, TextNames.AllOf).Weigh(change);
        var rule = first - change.At > window ? Separation.TooEarly
            : change.At > first + ChangeScale.After ? Separation.AfterStart
            : weighed.IsRelated ? Separation.None
            : Separation.NoRelation;
        return (rule, new ChangeJudgement(change, weighed.Score, weighed.Terms, 0));
    }
}
