using System.Globalization;
using Spectre.Console;

namespace Correlation.Cli.Backtests;

/// <summary>A backtest as tables: the figures, and the first incidents of each kind of difference.</summary>
internal static class BacktestTables
{
    private const int Shown = 20;

    /// <summary>Shows a backtest.</summary>
    public static void Show(IAnsiConsole console, BacktestReport report)
    {
        Figures(console, report.A, report.B);
        Counts(console, report);
        Whole(console, "Split: one of A, several of B", report.Difference.Split);
        Whole(console, "Merged: several of A, one of B", report.Difference.Merged);
        Incidents(console, "Lost: of A, in none of B", report.Difference.Lost);
        Incidents(console, "Gained: of B, in none of A", report.Difference.Gained);
        Pairs(console, "Changed: one of A, one of B, other signals", report.Difference.Changed, one => $"{one.Signals}");
        Pairs(console, "Causes changed", report.Difference.CausesChanged, one => Tables.Name(one.Cause ?? "none"));
    }

    private static void Figures(IAnsiConsole console, BacktestFigures a, BacktestFigures b)
    {
        var table = Tables.New("Backtest", "", $"A: {a.Configuration}", $"B: {b.Configuration}");
        void Row(string what, Func<BacktestFigures, string> show) => table.Add(what, show(a), show(b));
        Row("Messages", one => Text(one.Messages));
        Row("Signals", one => Text(one.Signals));
        Row("  rejected, duplicate, late", one => $"{Text(one.Rejected)}, {Text(one.Duplicate)}, {Text(one.Late)}");
        Row("Incidents", one => Text(one.Incidents) + (one.Degraded > 0 ? $" ({one.Degraded} degraded)" : ""));
        Row("Symptoms in no incident", one => Text(one.Alone));
        Row("Signals per incident, mean", one => Text(one.SignalsPerIncident.Mean));
        Row("  median", one => Text(one.SignalsPerIncident.Median));
        Row("Time to detect, median", one => Span(one.SecondsToDetect?.Median));
        Row("  90th percentile", one => Span(one.SecondsToDetect?.P90));
        if (a.Labels is not null && b.Labels is not null)
        {
            Row("Labelled signals", one => Text(one.Labels!.Labelled));
            Row("  in no symptom", one => Text(one.Labels!.Unknown));
            Row("Pairwise F1", one => Text(one.Labels!.F1));
            Row("  precision", one => Text(one.Labels!.Precision));
            Row("  recall", one => Text(one.Labels!.Recall));
        }

        console.Write(table);
    }

    private static void Counts(IAnsiConsole console, BacktestReport report)
    {
        var difference = report.Difference;
        var table = Tables.New("Difference", "", "Of A", "Of B");
        table.Add("Equal", Text(difference.Equal), Text(difference.Equal));
        table.Add("Changed: left signals alone, or took them in", Text(difference.Changed.Count), Text(difference.Changed.Count));
        table.Add("Split into several of B", Text(difference.Split.Count), "");
        table.Add("Part of one that was split", "", Text(difference.Parts));
        table.Add("Merged from several of A", "", Text(difference.Merged.Count));
        table.Add("Joined to one that was merged", Text(difference.Joined), "");
        table.Add("Lost", Text(difference.Lost.Count), "");
        table.Add("Gained", "", Text(difference.Gained.Count));
        var causes = Text(difference.CausesChanged.Count);
        table.Add("Cause changed, of equal and changed", causes, causes);
        console.Write(table);
    }

    private static void Whole(IAnsiConsole console, string title, IReadOnlyList<BacktestParts> all)
    {
        var table = Tables.New(title, "Id", "Customer", "Started (UTC)", "Signals", "Title", "Parts: id, shared signals, title");
        foreach (var one in all.Take(Shown))
        {
            var parts = one.Parts.Take(4).Select(part => $"{part.Id} {part.Shared} {part.Title}");
            var more = one.Parts.Count > 4 ? [$"{one.Parts.Count - 4} more"] : Array.Empty<string>();
            table.Add([.. Cells(one.Whole), string.Join("; ", parts.Concat(more))]);
        }

        Show(console, table, all.Count);
    }

    private static void Incidents(IAnsiConsole console, string title, IReadOnlyList<BacktestIncident> all)
    {
        var table = Tables.New(title, "Id", "Customer", "Started (UTC)", "Signals", "Title", "Cause");
        foreach (var one in all.Take(Shown)) table.Add([.. Cells(one), Tables.Name(one.Cause ?? "")]);
        Show(console, table, all.Count);
    }

    private static void Pairs(
        IAnsiConsole console, string title, IReadOnlyList<BacktestPair> all, Func<BacktestIncident, string> what)
    {
        var table = Tables.New(title, "Id", "Customer", "Started (UTC)", "Signals", "Title", "In B", "A", "B");
        foreach (var one in all.Take(Shown)) table.Add([.. Cells(one.A), one.B.Id, what(one.A), what(one.B)]);
        Show(console, table, all.Count);
    }

    private static string[] Cells(BacktestIncident one) =>
    [
        one.Id, one.Customer, one.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        Text(one.Signals), one.Title,
    ];

    private static void Show(IAnsiConsole console, Table table, int all)
    {
        if (all == 0) return;
        console.Write(table);
        if (all > Shown) console.Line($"{all - Shown} more: --save FILE or --json has all of them.");
    }

    private static string Text(double number) => number.ToString("#,0.####", CultureInfo.InvariantCulture);

    private static string Span(double? seconds) =>
        seconds is not { } some ? "" : TimeSpan.FromSeconds(Math.Round(some)).ToString("c", CultureInfo.InvariantCulture);
}
