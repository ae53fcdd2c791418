using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Correlation.Cli.Backtests;

/// <summary>What <c>backtest</c> can be asked.</summary>
internal sealed class BacktestOptions
{
    /// <summary>The recordings.</summary>
    public Option<string[]> Signals { get; } = new("--signals")
    {
        Description = $"Files of recorded signals: lines {Correlation.Replay.RecordedLine.Forms}",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>From when on a cluster's signals are wanted.</summary>
    public Option<DateTimeOffset?> Since { get; } = new("--since")
    {
        CustomParser = Time,
        Description = "Instead of files: what the running cluster's streams still hold from this time on",
    };

    /// <summary>Until when.</summary>
    public Option<DateTimeOffset?> Until { get; } = new("--until")
    {
        CustomParser = Time,
        Description = "With --since: up to this time [default: now]",
    };

    /// <summary>What seconds count from.</summary>
    public Option<DateTimeOffset?> Start { get; } = new("--start")
    {
        CustomParser = Time,
        Description = "The time that second 0 of a recording stands for; needed where its times are seconds",
    };

    /// <summary>The two configurations.</summary>
    public Option<string[]> Configurations { get; } = new("--config")
    {
        Description = "A configuration as the silo reads it (JSON), or the word default; give it twice: A, then B",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The customers file of a configuration that names none.</summary>
    public Option<string?> Customers { get; } = new("--customers")
    {
        Description = "customers.json, where a configuration names none",
    };

    /// <summary>The Resource Graph export of a configuration that names none.</summary>
    public Option<string?> Topology { get; } = new("--topology")
    {
        Description = "The Resource Graph export, where a configuration names none",
    };

    /// <summary>What really belongs together.</summary>
    public Option<string?> Labels { get; } = new("--labels")
    {
        Description = "What really belongs together, to score by: lines {\"id\": signal id, \"incident\": name or null}",
    };

    /// <summary>Where the difference is kept.</summary>
    public Option<string?> Save { get; } = new("--save") { Description = "Write the whole difference here, as JSON" };

    /// <summary>Checks what was asked.</summary>
    /// <exception cref="CliException">It does not fit together.</exception>
    public BacktestPlan Read(ParseResult parsed)
    {
        var signals = parsed.GetValue(Signals) ?? [];
        var since = parsed.GetValue(Since);
        if (signals.Length > 0 == since.HasValue)
            throw Wrong("Say where the signals come from: either --signals FILES or --since TIME.");
        if (since is null && parsed.GetValue(Until) is not null) throw Wrong("--until goes with --since only.");
        if (since is not null && parsed.GetValue(Start) is not null) throw Wrong("--start goes with --signals only.");
        if (parsed.GetValue(Configurations) is not [var a, var b])
            throw Wrong("Say which two configurations to compare: --config A --config B; one may be the word default.");
        var save = parsed.GetValue(Save);
        if (save is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(save))))
            throw Wrong($"--save {TerminalText.Clean(save)}: there is no such folder.");
        return new BacktestPlan(
            signals, (since ?? default, parsed.GetValue(Until)), parsed.GetValue(Start), a, b,
            (parsed.GetValue(Customers), parsed.GetValue(Topology)), parsed.GetValue(Labels), save);
    }

    /// <summary>An ISO 8601 time; one without a zone is UTC, as in the API.</summary>
    private static DateTimeOffset? Time(ArgumentResult result)
    {
        if (DateTimeOffset.TryParse(
            result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
        result.AddError($"'{result.Tokens[0].Value}' is no ISO 8601 time, for example 2026-01-31T12:00:00Z.");
        return null;
    }

    private static CliException Wrong(string sentence) => new(ExitCode.Usage, sentence);
}

/// <summary>A backtest to run.</summary>
/// <param name="Signals">The recordings; none for the cluster's.</param>
/// <param name="Times">From and until when the cluster's signals are wanted.</param>
/// <param name="Start">What second 0 stands for.</param>
/// <param name="A">The one configuration.</param>
/// <param name="B">The other.</param>
/// <param name="Files">The customers file and Resource Graph export of a configuration that names none.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Save">Where the difference is kept.</param>
internal sealed record BacktestPlan(
    string[] Signals, (DateTimeOffset Since, DateTimeOffset? Until) Times, DateTimeOffset? Start, string A, string B,
    (string? Customers, string? Topology) Files, string? Labels, string? Save);
