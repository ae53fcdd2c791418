using Correlation.Estate;
using Correlation.Replay;

namespace Correlation.Quality.Estate;

/// <summary>How long after a failure's first symptom began an incident with any of its symptoms was opened.</summary>
internal sealed class OpeningDelays
{
    private readonly List<double> _minutes = [];
    private int _missed;

    /// <summary>Takes an estate in.</summary>
    /// <param name="truth">What really happened.</param>
    /// <param name="found">The incidents.</param>
    /// <param name="judged">The same, by the truth's ids of their signals.</param>
    public void Add(Truth truth, IReadOnlyList<ReplayedIncident> found, IReadOnlyList<SignalIncident> judged)
    {
        var opened = judged.Zip(found)
            .SelectMany(pair => pair.First.Members.Select(id => (Id: id, pair.Second.Opened)))
            .ToLookup(one => one.Id, one => one.Opened, StringComparer.OrdinalIgnoreCase);
        foreach (var failure in truth.Failures.Where(failure => failure.MinIncidents > 0))
        {
            var all = failure.Symptoms.SelectMany(symptom => symptom.ExternalIds).SelectMany(id => opened[id]).ToList();
            var began = EstateCase.End + TimeSpan.FromSeconds(failure.Symptoms.Min(symptom => symptom.Start));
            if (all.Count == 0) _missed++;
            else _minutes.Add(Math.Max(0, (all.Min() - began).TotalMinutes));
        }
    }

    /// <summary>The figures: minutes at the median, at nine of ten and on the mean, and how many failures have no incident at
    /// all.</summary>
    public IEnumerable<KeyValuePair<string, object>> Figures()
    {
        var sorted = _minutes.Order().ToList();
        yield return new("opensAfterMedian", Minutes(At(sorted, 0.5)));
        yield return new("opensAfterP90", Minutes(At(sorted, 0.9)));
        yield return new("opensAfterMean", Minutes(sorted.DefaultIfEmpty().Average()));
        yield return new("withoutIncident", _missed);
    }

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];

    private static double Minutes(double minutes) => Math.Round(minutes, 2);
}
