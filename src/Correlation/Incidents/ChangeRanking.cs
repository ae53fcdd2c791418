using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Resources;

namespace Correlation.Incidents;

/// <summary>Ranks changes near the start of an incident as its cause.</summary>
internal static class ChangeRanking
{
    private const int Most = 5;
    private const double Place = 0.4;
    private const double Time = 0.4;
    private const double Key = 0.2;
    private static readonly TimeSpan After = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Decay = TimeSpan.FromMinutes(30);

    /// <summary>The likeliest changes, best first.</summary>
    /// <param name="symptoms">The incident's symptoms.</param>
    /// <param name="changes">All that are known.</param>
    /// <param name="topology">What depends on what, as of every time.</param>
    /// <param name="window">How far before the start a change counts.</param>
    public static ImmutableArray<RankedChange> Rank(
        IReadOnlyCollection<Symptom> symptoms, IEnumerable<Change> changes, TopologyHistory topology, TimeSpan window)
    {
        if (symptoms.Count == 0) return [];
        var first = symptoms.Min(symptom => symptom.Start);
        return
        [
            .. changes.Where(change => change.At <= first + After && first - change.At <= window)
                .DistinctBy(change => change.Id)
                .Select(change => Judge(change, symptoms, first, topology)).OfType<RankedChange>()
                .OrderByDescending(ranked => ranked.Score).ThenBy(ranked => ranked.Change.Id, StringComparer.Ordinal).Take(Most),
        ];
    }

    /// <summary>A change weighed whatever comes of it: what keeps it from being a cause, and every term.</summary>
    /// <param name="change">The change.</param>
    /// <param name="symptoms">The symptoms that it may be the cause of, at least one.</param>
    /// <param name="topology">What depends on what, as of every time.</param>
    /// <param name="window">How far before the start a change counts.</param>
    public static (Separation Rule, ChangeJudgement Judgement) Explain(
        Change change, IReadOnlyCollection<Symptom> symptoms, TopologyHistory topology, TimeSpan window)
    {
        var first = symptoms.Min(symptom => symptom.Start);
        var before = first - change.At;
        var shared = symptoms.SelectMany(symptom => symptom.CauseKeys).Intersect(change.CauseKeys)
            .Order(StringComparer.Ordinal).FirstOrDefault();
        var (place, where) = symptoms
            .Select(symptom => Relation(
                change.Resource.Canonical, symptom.Resource.Canonical, topology.Between(change.At, symptom.Start)))
            .MaxBy(found => found.Weight);
        var when = before >= TimeSpan.Zero
            ? $"{before.TotalMinutes:0} min before the first symptom" : $"{-before.TotalMinutes:0} min after the first symptom";
        ImmutableArray<Evidence> terms =
        [
            new("place", Place * place, place > 0 ? where : "on nothing that a symptom is on, depends on or is part of"),
            new("time", Time * Math.Exp(-(before.Duration() / Decay)), when),
            new("causeKey", shared is null ? 0 : Key, shared is null ? "no key is shared" : $"shares {shared}"),
        ];
        var rule = before > window ? Separation.TooEarly
            : change.At > first + After ? Separation.AfterStart
            : place <= 0 && shared is null ? Separation.NoRelation
            : Separation.None;
        return (rule, new ChangeJudgement(change, Math.Round(terms.Sum(term => term.Weight), 4), terms, 0));
    }

    private static RankedChange? Judge(
        Change change, IReadOnlyCollection<Symptom> symptoms, DateTimeOffset first, TopologyHistory topology)
    {
        var reasons = new List<string>();
        var shared = symptoms.SelectMany(symptom => symptom.CauseKeys).Intersect(change.CauseKeys)
            .Order(StringComparer.Ordinal).FirstOrDefault();
        var (place, where) = symptoms
            .Select(symptom => Relation(
                change.Resource.Canonical, symptom.Resource.Canonical, topology.Between(change.At, symptom.Start)))
            .MaxBy(found => found.Weight);
        if (place <= 0 && shared is null) return null;
        if (place > 0) reasons.Add(where);
        var before = first - change.At;
        reasons.Add(
            before >= TimeSpan.Zero ? $"{before.TotalMinutes:0} min before the first symptom" : "as the first symptom began");
        if (shared is not null) reasons.Add($"shares {shared}");
        var score = (Place * place) + (Time * Math.Exp(-(before.Duration() / Decay))) + (shared is null ? 0 : Key);
        return new RankedChange(change, Math.Round(score, 4), [.. reasons]);
    }

    private static (double Weight, string Text) Relation(string changed, string resource, Topology topology)
    {
        if (changed == resource) return (1, "on a resource of the incident");
        if (topology.DependsOn(resource, changed)) return (0.8, "on what a resource of the incident depends on");
        if (changed.StartsWith(resource + "/", StringComparison.Ordinal)) return (0.7, "on a part of a resource of the incident");
        return resource.StartsWith(changed + "/", StringComparison.Ordinal)
            ? (changed.Contains("/providers/", StringComparison.Ordinal) ? 0.7 : 0.4,
                "on what contains a resource of the incident")
            : (0, "");
    }
}
