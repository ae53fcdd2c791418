using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Correlation.Replay;

namespace Correlation.Cli.Backtests;

/// <summary>One replay of a backtest.</summary>
/// <param name="Configuration">The configuration as it was asked for.</param>
/// <param name="Result">What came out.</param>
/// <param name="Labels">How it agrees with the labels; null without labels.</param>
internal sealed record BacktestSide(string Configuration, ReplayResult Result, LabelScore? Labels);

/// <summary>The difference between two replays, as it is printed and saved. The same input gives the same bytes.</summary>
/// <param name="A">The figures of A.</param>
/// <param name="B">The figures of B.</param>
/// <param name="Difference">What became of the incidents; see <see cref="IncidentMatching"/>.</param>
internal sealed record BacktestReport(BacktestFigures A, BacktestFigures B, BacktestDifference Difference)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Compares two replays of the same signals.</summary>
    public static BacktestReport Of(BacktestSide a, BacktestSide b) => new(
        BacktestFigures.Of(a), BacktestFigures.Of(b),
        BacktestDifference.Of(IncidentMatching.Of(a.Result.Incidents, b.Result.Incidents)));

    /// <summary>All of it as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Form);
}

/// <summary>The figures of one side.</summary>
/// <param name="Configuration">The configuration as it was asked for.</param>
/// <param name="Messages">Messages replayed.</param>
/// <param name="Signals">Signals in them.</param>
/// <param name="Rejected">Of them rejected.</param>
/// <param name="Duplicate">Of them duplicates.</param>
/// <param name="Late">Of them late.</param>
/// <param name="Incidents">Incidents.</param>
/// <param name="Degraded">Of them degraded.</param>
/// <param name="Alone">Symptoms in no incident.</param>
/// <param name="SignalsPerIncident">Signals of an incident.</param>
/// <param name="SecondsToDetect">From the start of its first symptom (event time) to its opening (log time); null without
/// incidents.</param>
/// <param name="Labels">How it agrees with the labels; null without labels.</param>
internal sealed record BacktestFigures(
    string Configuration, long Messages, long Signals, long Rejected, long Duplicate, long Late, int Incidents, int Degraded,
    int Alone, SizeFigures SignalsPerIncident, TimeFigures? SecondsToDetect, LabelFigures? Labels)
{
    /// <summary>The figures of a replay.</summary>
    public static BacktestFigures Of(BacktestSide side)
    {
        var (figures, ledger, labels) = (ReplayFigures.Of(side.Result), side.Result.Signals, side.Labels);
        return new BacktestFigures(
            side.Configuration, ledger.Messages, ledger.Signals, ledger.Rejected, ledger.Duplicate, ledger.Late,
            figures.Incidents, figures.Degraded, figures.Alone,
            new SizeFigures(Rounded(figures.SignalsMean), figures.SignalsMedian),
            figures is { DetectedMedian: { } median, DetectedP90: { } p90 }
                ? new TimeFigures(Rounded(median.TotalSeconds), Rounded(p90.TotalSeconds)) : null,
            labels is null ? null : new LabelFigures(
                labels.Labelled, labels.Unknown, Rounded(labels.F1), Rounded(labels.Precision), Rounded(labels.Recall)));
    }

    private static double Rounded(double figure) => Math.Round(figure, 4);
}

/// <summary>Signals of an incident.</summary>
internal sealed record SizeFigures(double Mean, int Median);

/// <summary>Seconds.</summary>
internal sealed record TimeFigures(double Median, double P90);

/// <summary>Agreement with labels, over pairs of labelled signals.</summary>
internal sealed record LabelFigures(int Labelled, int Unknown, double F1, double Precision, double Recall);

/// <summary>What became of the incidents; see <see cref="IncidentMatching"/> for what each word means.</summary>
internal sealed record BacktestDifference(
    int Equal, int Joined, int Parts, IReadOnlyList<BacktestPair> Changed, IReadOnlyList<BacktestParts> Split,
    IReadOnlyList<BacktestParts> Merged, IReadOnlyList<BacktestIncident> Lost, IReadOnlyList<BacktestIncident> Gained,
    IReadOnlyList<BacktestPair> CausesChanged)
{
    /// <summary>The difference that a matching shows.</summary>
    public static BacktestDifference Of(IncidentMatching matching) => new(
        matching.Equal.Length, matching.Joined, matching.Parts,
        [.. matching.Changed.Select(Pair)], [.. matching.Split.Select(Parted)], [.. matching.Merged.Select(Parted)],
        [.. matching.Lost.Select(one => BacktestIncident.Of(one))], [.. matching.Gained.Select(one => BacktestIncident.Of(one))],
        [.. matching.CausesChanged.Select(Pair)]);

    private static BacktestPair Pair(IncidentPair pair) => new(BacktestIncident.Of(pair.A), BacktestIncident.Of(pair.B));

    private static BacktestParts Parted(IncidentParts parts) => new(
        BacktestIncident.Of(parts.Whole), [.. parts.Parts.Select(part => BacktestIncident.Of(part.Incident, part.Signals))]);
}

/// <summary>An incident of A and the one of B that it is.</summary>
internal sealed record BacktestPair(BacktestIncident A, BacktestIncident B);

/// <summary>An incident of one side that is several of the other.</summary>
internal sealed record BacktestParts(BacktestIncident Whole, IReadOnlyList<BacktestIncident> Parts);

/// <summary>An incident, in short.</summary>
/// <param name="Id">Its id in its own replay.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Title">The title of its first symptom; hostile text.</param>
/// <param name="Started">When that began, event time.</param>
/// <param name="Opened">When it was opened, log time.</param>
/// <param name="Symptoms">How many symptoms it has.</param>
/// <param name="Signals">How many signals.</param>
/// <param name="Shared">How many of them are in the whole that it is a part of; null where it is no part.</param>
/// <param name="Cause">The likeliest cause; null where there is none.</param>
/// <param name="Confidence">How likely that is.</param>
internal sealed record BacktestIncident(
    string Id, string Customer, string Title, DateTimeOffset Started, DateTimeOffset Opened, int Symptoms, int Signals,
    int? Shared, string? Cause, double? Confidence)
{
    /// <summary>An incident of a replay.</summary>
    public static BacktestIncident Of(ReplayedIncident incident, int? shared = null)
    {
        var cause = incident.Causes.IsEmpty ? null : incident.Causes[0];
        return new BacktestIncident(
            incident.Id, incident.Customer.Value, incident.Members[0].Symptom.Title, ReplayFigures.StartOf(incident),
            incident.Opened, incident.Members.Length, ReplayFigures.SignalsOf(incident), shared,
            cause?.Resource.Canonical, cause is null ? null : Math.Round(cause.Score, 4));
    }
}
