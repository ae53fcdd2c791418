using System.CommandLine;
using Correlation.Replay;

namespace Correlation.Cli.Backtests;

/// <summary><c>correlate backtest</c>: what another configuration would have made of recorded signals.</summary>
internal static class BacktestCommand
{
    /// <summary>The command.</summary>
    public static Command Build(GlobalOptions options)
    {
        var asked = new BacktestOptions();
        var command = new Command("backtest", "Replay recorded signals through two configurations and show the difference")
        {
            asked.Signals, asked.Since, asked.Until, asked.Start, asked.Configurations, asked.Customers, asked.Topology,
            asked.Labels, asked.Save,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var plan = asked.Read(parsed);
            var (a, b) = (JudgingFiles.Read(plan.A, plan.Files), JudgingFiles.Read(plan.B, plan.Files));
            var labels = plan.Labels is { } file ? LabelFile.Read(file) : null;
            using var client = options.Client(parsed);
            var signals = plan.Signals.Length > 0
                ? BacktestSignals.OfFiles(plan.Signals, plan.Start)
                : await BacktestSignals.OfClusterAsync(new Api(client, options.Host), options.Host, plan.Times, cancel);
            var run = new BacktestRun(options.Host, signals, labels);
            var report = BacktestReport.Of(run.Play("A", plan.A, a, cancel), run.Play("B", plan.B, b, cancel));
            if (plan.Save is { } path) await File.WriteAllTextAsync(path, report.ToJson() + "\n", cancel);
            if (parsed.GetValue(options.Json)) await options.Host.Out.WriteLineAsync(report.ToJson());
            else BacktestTables.Show(options.Host.Tables, report);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary>Replays signals, and tells how far it is.</summary>
internal sealed class BacktestRun(
    CliHost host, IReadOnlyList<RecordedSignals> signals, IReadOnlyDictionary<string, string?>? labels)
{
    /// <summary>Replays the signals by one configuration.</summary>
    /// <param name="side">A or B.</param>
    /// <param name="name">The configuration as it was asked for.</param>
    /// <param name="setup">What it says.</param>
    /// <param name="cancel">Stops.</param>
    public BacktestSide Play(string side, string name, ReplaySetup setup, CancellationToken cancel)
    {
        var result = RecordedSignals.Play(setup, signals, at =>
        {
            cancel.ThrowIfCancellationRequested();
            var percent = 100 * at.Messages / Math.Max(1, signals.Count);
            host.Error.WriteLine(
                $"{side} {percent,3} %  {at.Messages} of {signals.Count} messages, to {at.LogTime.UtcDateTime:yyyy-MM-dd HH:mm}, "
                + $"{at.Incidents} incidents");
        });
        return new BacktestSide(name, result, labels is null ? null : LabelScore.Of(result, labels));
    }
}
