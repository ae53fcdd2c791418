using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Correlation.Estate;

namespace Correlation.LoadTests;

/// <summary>Writes an estate's messages, ground truth and customers into a folder, or says how easy it is.</summary>
internal static class EstateVerb
{
    public const string Usage = "estate [--seed N] [--hours H] [--kinds demo|tuning|reporting|7-12,…] [--failures N] "
        + "[--overlap SHARE] [--noise FACTOR] [--storm ALERTS] [--quiet yes|no] [--form bundle|signals] [--end TIME] "
        + "(--out DIR | --baselines SEEDS)";

    public static Task<int> RunAsync(Arguments arguments)
    {
        var options = Options(arguments);
        if (arguments.Number("baselines", 0) is var seeds and > 0) { return Baselines(options, (int)seeds); }

        var folder = arguments.Text("out");
        var day = Generate(options);
        if (arguments.Text("form", "bundle") == "signals") { SignalsWriter.Write(day, End(arguments), folder); }
        else { BundleWriter.Write(day, folder); }

        var (counts, truth) = (day.Truth.Counts, day.Truth);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{counts.Messages} messages, {counts.Records} records ({counts.Metrics} metrics, {counts.Logs} logs, ")
            + string.Create(CultureInfo.InvariantCulture,
            $"{counts.Activity} activity, {counts.Alerts} alerts), {counts.Late} late, {counts.Duplicates} duplicates")
            + string.Create(CultureInfo.InvariantCulture, $"; {truth.Failures.Count} failures of ")
            + string.Create(CultureInfo.InvariantCulture,
            $"{truth.Failures.Sum(f => f.Symptoms.Count)} symptoms, {truth.Noise.Count} symptoms of nothing"));
        return Task.FromResult(0);
    }

    private static EstateOptions Options(Arguments arguments)
    {
        var usual = new EstateOptions();
        return usual with
        {
            Seed = (ulong)arguments.Number("seed", 1),
            Hours = (int)arguments.Number("hours", usual.Hours),
            Kinds = EstateOptions.ParseKinds(arguments.Text("kinds", "demo")),
            FailuresPerCustomer = (int)arguments.Number("failures", usual.FailuresPerCustomer),
            Overlap = Real(arguments, "overlap", usual.Overlap),
            NoiseFactor = Real(arguments, "noise", usual.NoiseFactor),
            StormAlerts = (int)arguments.Number("storm", usual.StormAlerts),
            QuietTraffic = arguments.Text("quiet", "yes") != "no",
        };
    }

    /// <summary>How far the plain baselines come on so many seeds from the given one on.</summary>
    private static Task<int> Baselines(EstateOptions options, int seeds)
    {
        var days = Enumerable.Range(0, seeds).Select(i => Generate(options with { Seed = options.Seed + (ulong)i })).ToList();
        var (window, alertmanager) = (BaselineFigures.Window(days), BaselineFigures.Alertmanager(days));
        foreach (var (name, figures) in new[] { ("window", window), ("Alertmanager", alertmanager) })
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: pairwise F1 {figures.F1:0.000} (precision {figures.Pairs.Precision:0.000}, recall ")
                + string.Create(CultureInfo.InvariantCulture,
                $"{figures.Pairs.Recall:0.000}), macro F1 {figures.MacroF1:0.000}, best setting {figures.Setting}"));
        }

        Console.WriteLine($"RESULT {JsonSerializer.Serialize(new
        {
            windowF1 = Math.Round(window.F1, 4),
            windowMacroF1 = Math.Round(window.MacroF1, 4),
            alertmanagerF1 = Math.Round(alertmanager.F1, 4),
            alertmanagerMacroF1 = Math.Round(alertmanager.MacroF1, 4),
            seeds,
        })}");
        return Task.FromResult(0);
    }

    private static EstateDay Generate(EstateOptions options)
    {
        try
        {
            return AzureEstate.Generate(options);
        }
        catch (ValidationException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }

    private static DateTimeOffset End(Arguments arguments) =>
        DateTimeOffset.TryParse(arguments.Text("end", "2026-06-30T20:00:00Z"), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var end) ? end : throw new ArgumentException("--end is no time.");

    private static double Real(Arguments arguments, string name, double otherwise) =>
        double.TryParse(arguments.Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), NumberStyles.Float,
            CultureInfo.InvariantCulture, out var number) ? number : throw new ArgumentException($"--{name} is no number.");
}
