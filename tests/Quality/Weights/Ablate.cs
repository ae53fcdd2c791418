using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Correlation.Estate;
using Correlation.Grouping;
using Correlation.Quality.Estate;

namespace Correlation.Quality.Weights;

/// <summary>What each weight brings: the figures with it at 0 beside those of all.</summary>
internal static class Ablate
{
    private static readonly (string Name, string Title)[] Columns =
    [
        ("f1", "F1"), ("precision", "precision"), ("recall", "recall"), ("macroF1", "macro F1"), ("causeTop1", "top-1"),
        ("causeTop3", "top-3"), ("falseShare", "false share"),
    ];

    /// <summary>The weights that are taken away: all that may be 0.</summary>
    public static ImmutableArray<string> Terms { get; } =
        [.. GroupingWeights.Names.Where(name => GroupingWeights.Allows(name, 0))];

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var kinds = arguments.Find("kinds") is { } text ? EstateOptions.ParseKinds(text) : EstateOptions.TuningKinds;
        var trials = new Trials(HardScore.Options(arguments, kinds, quiet: true), arguments.Range("seeds"));
        var all = Trials.WeightsOf(Judgement.Grouping);
        var scores = trials.Of([all, .. Terms.Select(name => all.SetItem(name, 0))]);
        var figures = scores.Select(HardScore.Figures).ToList();
        Console.WriteLine($"| without | weight | {string.Join(" | ", Columns.Select(column => column.Title))} |");
        Console.WriteLine($"|---|---{string.Concat(Columns.Select(_ => "|---"))}|");
        Console.WriteLine(Row("–", "", figures[0], figures[0]));
        foreach (var (name, found) in Terms.Zip(figures.Skip(1)))
        {
            Console.WriteLine(Row(name, all[name].ToString("0.###", CultureInfo.InvariantCulture), found, figures[0]));
        }

        foreach (var (name, found) in Terms.Zip(figures.Skip(1)))
        {
            var line = new Dictionary<string, object> { ["without"] = name };
            foreach (var (figure, value) in found) line[figure] = value;
            Console.WriteLine($"RESULT {JsonSerializer.Serialize(line)}");
        }

        return new Dictionary<string, object>(figures[0]) { ["terms"] = Terms.Length, ["played"] = trials.Played };
    }

    private static string Row(
        string name, string weight, Dictionary<string, object> found, Dictionary<string, object> full) =>
        $"| {name} | {weight} | {string.Join(" | ", Columns.Select(column => Cell(found, full, column.Name)))} |";

    /// <summary>A figure, with its difference to that of all where there is one.</summary>
    private static string Cell(Dictionary<string, object> found, Dictionary<string, object> full, string name)
    {
        var (value, usual) = ((double)found[name], (double)full[name]);
        var difference = Math.Round(value - usual, 4);
        return string.Create(CultureInfo.InvariantCulture, $"{value:.0000}")
            + (difference == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({difference:+.0000;−.0000})"));
    }
}
