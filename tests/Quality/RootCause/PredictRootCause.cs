using Correlation.Replay;
using Correlation.Signals;

namespace Correlation.Quality.RootCause;

/// <summary>Ranks the entities of failures as their root: each failure is a customer's incident, its alerts come at once. Metric
/// alerts open a condition that stays; trace and log alerts say that something was so at that moment.</summary>
internal static class PredictRootCause
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var files = arguments.Files(2);
        var graphs = JsonLines.Read<GraphLine>(arguments.Text("graphs")).ToDictionary(graph => graph.Graph);
        var history = arguments.Find("history") is { } past ? JsonLines.Read<FailureLine>(past).ToList() : [];
        var failures = JsonLines.Read<FailureLine>(files[0]).ToList();
        var rankings = failures.ConvertAll(failure =>
            new RankingLine(failure.Id, Rank(failure, graphs.GetValueOrDefault(failure.Graph))));
        JsonLines.Write(files[1], rankings);
        return new Dictionary<string, object>
        {
            ["failures"] = failures.Count,
            ["history"] = history.Count,
            ["alerts"] = failures.Sum(failure => failure.Alerts.Count),
            ["unranked"] = rankings.Count(ranking => ranking.Ranking.Count == 0),
        };
    }

    /// <summary>The causes of the failure's incidents, the largest incident first, then whatever else alerted.</summary>
    public static IReadOnlyList<string> Rank(FailureLine failure, GraphLine? graph)
    {
        var signals = new PlainSignals("system");
        var engine = new ReplayEngine(signals.Setup((graph?.Edges ?? []).Select(edge => (edge[0], edge[1]))));
        var nodes = graph?.Nodes.ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var names = new Dictionary<string, string>();
        foreach (var alert in failure.Alerts.Where(alert => alert.Count > 2 && ResourceId.TryParse(alert[1]) is not null))
        {
            names.TryAdd(ResourceId.Parse(alert[1]).Canonical, alert[1]);
            engine.Feed(Translate(signals, alert, nodes));
        }

        var result = engine.Finish();
        return
        [
            .. result.Incidents.OrderByDescending(incident => incident.Members.Length)
                .SelectMany(incident => incident.Causes.Select(cause => cause.Resource)
                    .Concat(incident.Members.Select(member => member.Symptom.Resource)))
                .Concat(result.Alone.Select(alone => alone.Symptom.Symptom.Resource))
                .Select(resource => names[resource.Canonical]).Distinct(),
        ];
    }

    private static Signal Translate(PlainSignals signals, IReadOnlyList<string> alert, HashSet<string> nodes)
    {
        var isMetric = alert[0] == "M";
        var kind = alert[0] switch
        {
            "M" => ConditionKind.Alert,
            "T" => ConditionKind.StatelessAlert,
            _ => ConditionKind.LogError,
        };
        var linked = alert.Count > 3 && nodes.Contains(alert[3]) && !alert[3].Equals(alert[1], StringComparison.OrdinalIgnoreCase)
            ? ResourceId.TryParse(alert[3]) : null;
        var condition = new PlainCondition(kind, $"{alert[0]}:{alert[2]}", Severity.Error)
        {
            Linked = linked is null ? [] : [linked],
        };
        return signals.Make(Start, alert[1], condition, isMetric ? SignalRole.Open : SignalRole.Pulse);
    }
}
