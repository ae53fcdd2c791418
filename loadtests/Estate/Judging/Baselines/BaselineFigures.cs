namespace Correlation.Estate;

/// <summary>How well a plain baseline does at its best setting over several estates: what is measured says how easy they are.
/// </summary>
/// <param name="Setting">The setting that did best.</param>
/// <param name="F1">The pairwise F1 over all estates.</param>
/// <param name="MacroF1">The mean over estates of the mean over kinds.</param>
/// <param name="Pairs">The pairs.</param>
public sealed record BaselineFigures(string Setting, double F1, double MacroF1, PairCounts Pairs)
{
    /// <summary>What both baselines may reach at most on the kinds for reporting; more, and the estate is too easy.</summary>
    public const double Gate = 0.75;

    /// <summary>Per customer and resource group in a window of time.</summary>
    public static BaselineFigures Window(IReadOnlyList<EstateDay> days) => Best(days, WindowBaseline.Settings
        .Select(s => ($"{s.Window} s {(s.Sliding ? "since the last" : "since the first")}, {string.Join('+', s.Labels)}",
            (Func<IReadOnlyList<AlertSignal>, IReadOnlyList<SignalIncident>>)s.Group)));

    /// <summary>Alertmanager's grouping.</summary>
    public static BaselineFigures Alertmanager(IReadOnlyList<EstateDay> days) => Best(days, AlertmanagerBaseline.Settings
        .Select(s => ($"group_by {string.Join('+', s.GroupBy)}, group_wait {s.GroupWait} s, group_interval {s.GroupInterval} s, "
            + $"resolve_timeout {s.ResolveTimeout} s",
            (Func<IReadOnlyList<AlertSignal>, IReadOnlyList<SignalIncident>>)s.Group)));

    private static BaselineFigures Best(IReadOnlyList<EstateDay> days,
        IEnumerable<(string Name, Func<IReadOnlyList<AlertSignal>, IReadOnlyList<SignalIncident>> Group)> settings)
    {
        var signals = days.Select(AlertSignal.Of).ToList();
        return settings
            .Select(setting =>
            {
                var scores = days.Zip(signals,
                    (day, alerts) => EstateScore.Of(day.Truth, setting.Group(alerts), EstateScore.IsAlert)).ToList();
                var pairs = scores.Aggregate(default(PairCounts), (sum, score) => sum + score.Pairs);
                return new BaselineFigures(setting.Name, pairs.F1, scores.Average(s => s.MacroF1), pairs);
            })
            .MaxBy(f => f.F1)!;
    }
}
