using Correlation.Learning;

namespace Correlation.Quality.RootCause;

/// <summary>Ranks the entities of failures as their root: each failure is an incident of one customer, and those of the
/// history are over before it. Metric alerts open a condition that stays; trace and log alerts say that something was so at
/// that moment.</summary>
/// <remarks>The data gives the alerts' order and no time, so that each comes a millisecond after the one before it. What
/// belongs to a failure is given too: its symptoms are ranked as one incident, whatever grouping would make of
/// them.</remarks>
internal static class PredictRootCause
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var files = arguments.Files(2);
        var graphs = JsonLines.Read<GraphLine>(arguments.Text("graphs")).ToDictionary(graph => graph.Graph);
        var failures = Read(files[0], graphs);
        var folds = arguments.Number("folds", 1);
        if (folds > 1 && arguments.Find("history") is not null) throw new ArgumentException("--folds is its own history.");
        var history = arguments.Find("history") is { } past ? Read(past, graphs) : [];
        var rankings = new RankingLine[failures.Count];
        for (var fold = 0; fold < folds; fold++)
        {
            var learnt = History(folds > 1 ? failures.Where((_, i) => i % folds != fold) : history);
            for (var i = fold; i < failures.Count; i += folds) rankings[i] = failures[i].Rank(learnt);
        }

        JsonLines.Write(files[1], rankings);
        return new Dictionary<string, object>
        {
            ["failures"] = failures.Count,
            ["history"] = folds > 1 ? failures.Count - (failures.Count / folds) : history.Count,
            ["alerts"] = failures.Sum(failure => failure.Alerts),
            ["unranked"] = rankings.Count(ranking => ranking.Ranking.Count == 0),
        };
    }

    private static List<PlayedFailure> Read(string file, Dictionary<int, GraphLine> graphs) =>
        [.. JsonLines.Read<FailureLine>(file).Select(one => PlayedFailure.Play(one, graphs.GetValueOrDefault(one.Graph), Start))];

    /// <summary>The failures of the history were over one day before the other.</summary>
    private static FailureHistory History(IEnumerable<PlayedFailure> failures) =>
        failures.Where(failure => failure.Symptoms.Count > 0).Index().Aggregate(
            FailureHistory.Empty,
            (history, one) => history.With(one.Item.Over(Start.AddDays(-1 - one.Index))));
}
