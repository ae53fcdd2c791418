using Correlation.Contracts;
using Correlation.Problems;
using Correlation.Signals;

namespace Correlation.Grains.Problems;

/// <summary>Problems as others see them.</summary>
internal static class ProblemViews
{
    private const int IncidentsMax = 20;

    /// <summary>The view of one problem.</summary>
    public static ProblemView Of(ProblemsState state, ProblemRecord problem, ProblemReading reading)
    {
        var occurrences = state.OccurrencesOf(problem.Id)
            .OrderByDescending(o => o.Started).ThenBy(o => o.Incident, StringComparer.Ordinal).ToList();
        var totals = occurrences.Aggregate(
            problem.Forgotten,
            (sum, o) => sum.With(o, reading.Now, ProblemCost.Of(o, reading.Now, reading.Options)));
        var cadence = Cadence.Find(occurrences.Select(o => o.Started), reading.Zone);
        return new ProblemView
        {
            Id = problem.Id,
            Customer = problem.Id[..problem.Id.LastIndexOf('.')],
            Version = problem.Version,
            Fingerprint = problem.Fingerprint.ToString(),
            Title = problem.Title,
            State = problem.State,
            Occurrences = totals.Count,
            First = totals.First ?? problem.Opened,
            Last = occurrences.Count > 0 ? occurrences[0].Started : problem.Opened,
            Cadence = cadence.Text,
            TimeSpent = totals.TimeSpent,
            Cost = Math.Round(totals.Cost, 2),
            Severity = occurrences.Select(o => o.Severity).DefaultIfEmpty(Severity.Unknown).Max(),
            Resource = ResourceId.TryParse(problem.Fingerprint.Cause),
            Incidents = [.. occurrences.Take(IncidentsMax).Select(o => o.Incident)],
            KnownError = problem.KnownError,
            LastFix = problem.Fix,
            FixHeld = FixWatch.Held(problem, cadence, reading.Now, reading.Options),
        };
    }
}

/// <summary>What a problem is read by.</summary>
/// <param name="Zone">The customer's time zone.</param>
/// <param name="Now">The time until which open occurrences count.</param>
/// <param name="Options">The options in force.</param>
internal sealed record ProblemReading(TimeZoneInfo Zone, DateTimeOffset Now, ProblemOptions Options);
