using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Correlation.Estate;
using Correlation.Grouping;
using Correlation.Incidents;
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

    /// <summary>The weights of the evidence for causes.</summary>
    public static ImmutableArray<string> CauseTerms { get; } =
    [
        .. typeof(CauseOptions).GetProperties().Where(property => property.PropertyType == typeof(double))
            .Select(property => property.Name).Except([nameof(CauseOptions.Temperature)]).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var kinds = arguments.Find("kinds") is { } text ? EstateOptions.ParseKinds(text) : EstateOptions.TuningKinds;
        var trials = new Trials(HardScore.Options(arguments, kinds, quiet: true), arguments.Range("seeds"));
        var (names, weights, scores) = arguments.Find("of") == "causes" ? Causes(trials) : Evidence(trials);
        var figures = scores.Select(HardScore.Figures).ToList();
        Console.WriteLine($"| without | weight | {string.Join(" | ", Columns.Select(column => column.Title))} |");
        Console.WriteLine($"|---|---{string.Concat(Columns.Select(_ => "|---"))}|");
        Console.WriteLine(Row("–", "", figures[0], figures[0]));
        foreach (var (name, weight, found) in names.Zip(weights, figures.Skip(1)))
            Console.WriteLine(Row(name, weight.ToString("0.###", CultureInfo.InvariantCulture), found, figures[0]));
        foreach (var (name, found) in names.Zip(figures.Skip(1)))
        {
            var line = new Dictionary<string, object> { ["without"] = name };
            foreach (var (figure, value) in found) line[figure] = value;
            Console.WriteLine($"RESULT {JsonSerializer.Serialize(line)}");
        }

        return new Dictionary<string, object>(figures[0]) { ["terms"] = names.Length, ["played"] = trials.Played };
    }

    private static Ablation Evidence(Trials trials)
    {
        var all = Trials.WeightsOf(Judgement.Grouping);
        return new(Terms, [.. Terms.Select(name => all[name])], trials.Of([all, .. Terms.Select(name => all.SetItem(name, 0))]));
    }

    private static Ablation Causes(Trials trials)
    {
        var properties = CauseTerms.Select(name => typeof(CauseOptions).GetProperty(name)!).ToList();
        return new(
            CauseTerms, [.. properties.Select(property => (double)property.GetValue(new CauseOptions())!)],
            trials.Of([new CauseOptions(), .. properties.Select(Without)]));
    }

    private static CauseOptions Without(PropertyInfo property)
    {
        var options = new CauseOptions();
        property.SetValue(options, 0.0);
        return options;
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

    /// <summary>What was taken away, each by itself, and the scores: of all first.</summary>
    private sealed record Ablation(
        ImmutableArray<string> Names, ImmutableArray<double> Weights, IReadOnlyList<IReadOnlyList<EstateScore>> Scores);
}
