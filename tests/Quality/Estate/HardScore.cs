using System.Globalization;
using Correlation.Estate;

namespace Correlation.Quality.Estate;

/// <summary>Plays hard estates, one for each seed, and judges the incidents by the ids and places of their signals.</summary>
internal static class HardScore
{
    public const string Usage = "[--failures N] [--overlap SHARE] [--noise FACTOR] [--storm ALERTS] [--quiet yes|no]"
        + " [--incidents FILE]";

    public static IReadOnlyDictionary<string, object> Run(Arguments arguments)
    {
        var options = Options(arguments, EstateOptions.ParseKinds(arguments.Text("kinds")), quiet: true);
        List<EstateScore> scores = [], alerts = [];
        List<(double Sure, bool Right)> causes = [];
        List<EstateDay> days = [];
        var delays = new OpeningDelays();
        var dump = arguments.Find("incidents") is { } file ? new IncidentDump(file) : null;
        foreach (var seed in arguments.Range("seeds"))
        {
            var day = AzureEstate.Generate(options with { Seed = (ulong)seed });
            var estate = new EstateCase(day);
            var found = estate.Play(Judgement.Grouping).Incidents;
            var incidents = estate.Incidents(found);
            days.Add(day);
            delays.Add(day.Truth, found, incidents);
            dump?.Add(day.Truth, found, incidents);
            scores.Add(EstateScore.Of(day.Truth, incidents));
            var sure = found.Where(one => !one.Causes.IsEmpty).ToDictionary(one => one.Id, one => one.Causes[0].Score);
            causes.AddRange(scores[^1].Failures.Where(one => one.Main is not null && sure.ContainsKey(one.Main))
                .Select(one => (sure[one.Main!], one.CauseRank == 1)));
            alerts.Add(EstateScore.Of(day.Truth, incidents, EstateScore.IsAlert));
        }

        var kinds = scores.SelectMany(s => s.Failures).GroupBy(f => f.Kind).OrderBy(k => k.Key, StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind.Key,-24} failures {kind.Count(),3}  F1 {kind.Average(f => f.F1):0.000}  ")
                + string.Create(CultureInfo.InvariantCulture,
                $"cause top-1 {Share(kind, f => f.CauseRank == 1):0.00} ")
                + string.Create(CultureInfo.InvariantCulture,
                $"top-3 {Share(kind, f => f.CauseRank is > 0 and <= 3):0.00}  ")
                + string.Create(CultureInfo.InvariantCulture,
                $"incidents beside the main one {kind.Average(f => Math.Max(0, f.Incidents - 1)):0.00}"));
        }

        var (window, alertmanager) = (BaselineFigures.Window(days), BaselineFigures.Alertmanager(days));
        return new Dictionary<string, object>(Figures(scores).Concat(delays.Figures()))
        {
            ["causeError"] = Rounded(Calibration.Error(causes)),
            ["f1OfAlerts"] = Rounded(Sum(alerts).F1),
            ["macroF1OfAlerts"] = Rounded(alerts.Average(s => s.MacroF1)),
            ["windowF1"] = Rounded(window.F1),
            ["windowMacroF1"] = Rounded(window.MacroF1),
            ["alertmanagerF1"] = Rounded(alertmanager.F1),
            ["alertmanagerMacroF1"] = Rounded(alertmanager.MacroF1),
        };
    }

    /// <summary>The estates that a command's arguments ask for.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="kinds">The kinds of failure.</param>
    /// <param name="quiet">Whether there is quiet traffic where <c>--quiet</c> does not say.</param>
    public static EstateOptions Options(Arguments arguments, IReadOnlyList<FailureKind> kinds, bool quiet)
    {
        var usual = new EstateOptions();
        return usual with
        {
            Kinds = kinds,
            Hours = arguments.Number("hours", usual.Hours),
            FailuresPerCustomer = arguments.Number("failures", usual.FailuresPerCustomer),
            Overlap = Real(arguments, "overlap", usual.Overlap),
            NoiseFactor = Real(arguments, "noise", usual.NoiseFactor),
            StormAlerts = arguments.Number("storm", usual.StormAlerts),
            QuietTraffic = arguments.Find("quiet") is { } asked ? asked != "no" : quiet,
        };
    }

    /// <summary>The figures of several estates together.</summary>
    public static Dictionary<string, object> Figures(IReadOnlyList<EstateScore> scores)
    {
        var (pairs, failures) = (Sum(scores), scores.SelectMany(s => s.Failures).ToList());
        var (incidents, wrong) = (scores.Sum(s => s.Incidents), scores.Sum(s => s.False));
        var changed = failures.Where(f => f.HasChange).ToList();
        return new Dictionary<string, object>
        {
            ["estates"] = scores.Count,
            ["failures"] = failures.Count,
            ["found"] = failures.Count(f => f.Main is not null),
            ["incidents"] = incidents,
            ["f1"] = Rounded(pairs.F1),
            ["precision"] = Rounded(pairs.Precision),
            ["recall"] = Rounded(pairs.Recall),
            ["macroF1"] = Rounded(scores.Average(s => s.MacroF1)),
            ["causeTop1"] = Rounded(Share(failures, f => f.CauseRank == 1)),
            ["causeTop3"] = Rounded(Share(failures, f => f.CauseRank is > 0 and <= 3)),
            ["changeTop1"] = Rounded(Share(changed, f => f.ChangeRank == 1)),
            ["changeTop3"] = Rounded(Share(changed, f => f.ChangeRank is > 0 and <= 3)),
            ["falseShare"] = Rounded(incidents == 0 ? 0 : wrong / (double)incidents),
            ["acrossCustomers"] = scores.Sum(s => s.AcrossCustomers),
        };
    }

    private static PairCounts Sum(IEnumerable<EstateScore> scores) =>
        scores.Aggregate(default(PairCounts), (sum, s) => sum + s.Pairs);

    private static double Share(IEnumerable<FailureScore> failures, Func<FailureScore, bool> matches) =>
        failures.Select(f => matches(f) ? 1.0 : 0).DefaultIfEmpty(0).Average();

    private static double Rounded(double figure) => Math.Round(figure, 4);

    private static double Real(Arguments arguments, string name, double otherwise) =>
        arguments.Find(name) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"--{name} is no number.");
}
