using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Incidents;

/// <summary>Ranks the resources of an incident as its cause: upstream, earliest, Azure's own word, and severity.</summary>
internal static class CauseRanking
{
    private const int Most = 5;
    private const double Upstream = 0.4;
    private const double Earliest = 0.3;
    private const double Platform = 0.2;
    private const double Worst = 0.1;
    private static readonly TimeSpan EarlyDecay = TimeSpan.FromMinutes(10);

    /// <summary>The likeliest causes, best first; their scores add up to at most 1.</summary>
    public static ImmutableArray<RankedCause> Rank(IReadOnlyCollection<Symptom> symptoms, TopologyHistory topology)
    {
        if (symptoms.Count == 0) return [];
        var first = symptoms.Min(symptom => symptom.Start);
        var resources = symptoms.GroupBy(symptom => symptom.Resource).OrderBy(group => group.Key).ToList();
        var starts = resources.ConvertAll(group => (group.Key.Canonical, group.Min(symptom => symptom.Start)));
        var ranked = resources.ConvertAll(group => Judge([.. group], starts, first, topology));
        var sum = ranked.Sum(cause => cause.Score);
        return
        [
            .. ranked.Select(cause => cause with { Score = sum > 0 ? Math.Round(cause.Score / sum, 4) : 0 })
                .OrderByDescending(cause => cause.Score).ThenBy(cause => cause.Resource).Take(Most),
        ];
    }

    private static RankedCause Judge(
        List<Symptom> symptoms, List<(string Id, DateTimeOffset Start)> all, DateTimeOffset first, TopologyHistory topology)
    {
        var resource = symptoms[0].Resource;
        var reasons = new List<string>();
        var start = symptoms.Min(symptom => symptom.Start);
        var dependants = all.Count(other => IsUpstreamOf(resource.Canonical, other.Id, topology.Between(start, other.Start)));
        var score = all.Count > 1 ? Upstream * dependants / (all.Count - 1) : 0;
        if (dependants > 0) reasons.Add($"{dependants} of the {all.Count - 1} other resources depend on it or are part of it");
        score += Earliest * Math.Exp(-((start - first) / EarlyDecay));
        reasons.Add(start == first ? "failed first" : $"failed {(start - first).TotalMinutes:0} min after the first");
        if (symptoms.Any(symptom => symptom.Condition.Kind is ConditionKind.ServiceHealth or ConditionKind.ResourceHealth))
        {
            score += Platform;
            reasons.Add("Azure says that its health was lost");
        }

        var severity = symptoms.Max(symptom => symptom.Severity);
        score += Worst * (byte)severity / (byte)Severity.Critical;
        reasons.Add($"severity {severity}");
        return new RankedCause(resource, score, [.. reasons]);
    }

    private static bool IsUpstreamOf(string resource, string other, Topology topology) =>
        other != resource && (topology.DependsOn(other, resource) || other.StartsWith(resource + "/", StringComparison.Ordinal));
}
