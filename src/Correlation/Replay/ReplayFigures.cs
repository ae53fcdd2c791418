using System.Collections.Immutable;

namespace Correlation.Replay;

/// <summary>The figures of one replay.</summary>
/// <param name="Incidents">How many incidents there are.</param>
/// <param name="Degraded">How many of them may lack symptoms.</param>
/// <param name="Alone">How many symptoms are in no incident.</param>
/// <param name="SignalsMean">Signals of an incident, the mean; 0 without incidents.</param>
/// <param name="SignalsMedian">The median.</param>
/// <param name="DetectedMedian">The time from the start of an incident's first symptom (event time) to its opening (log
/// time), the median; null without incidents. Known to within a <see cref="ReplaySetup.Beat"/>.</param>
/// <param name="DetectedP90">The 90th percentile.</param>
public sealed record ReplayFigures(
    int Incidents, int Degraded, int Alone, double SignalsMean, int SignalsMedian, TimeSpan? DetectedMedian,
    TimeSpan? DetectedP90)
{
    /// <summary>The figures of a replay. Percentiles are by nearest rank: a value that was there.</summary>
    public static ReplayFigures Of(ReplayResult result)
    {
        var sizes = result.Incidents.Select(SignalsOf).Order().ToList();
        var times = result.Incidents.Select(TimeToDetect).Order().ToList();
        return new ReplayFigures(
            sizes.Count,
            result.Incidents.Count(incident => incident.Degraded),
            result.Alone.Length,
            sizes.Count == 0 ? 0 : sizes.Average(),
            sizes.Count == 0 ? 0 : Percentile(sizes, 50),
            times.Count == 0 ? null : Percentile(times, 50),
            times.Count == 0 ? null : Percentile(times, 90));
    }

    /// <summary>How many signals an incident has.</summary>
    public static int SignalsOf(ReplayedIncident incident) =>
        incident.Members.SelectMany(member => member.Signals).Select(signal => signal.Position).Distinct().Count();

    /// <summary>When an incident's first symptom began, event time.</summary>
    public static DateTimeOffset StartOf(ReplayedIncident incident) => incident.Members.Min(member => member.Symptom.Start);

    private static TimeSpan TimeToDetect(ReplayedIncident incident) => incident.Opened - StartOf(incident);

    private static T Percentile<T>(List<T> ordered, int percent) =>
        ordered[Math.Max(0, (int)Math.Ceiling(ordered.Count * percent / 100.0) - 1)];
}

/// <summary>How well the incidents of a replay agree with labels, over pairs of labelled signals.</summary>
/// <param name="Labelled">How many labels there are.</param>
/// <param name="Unknown">How many of them name a signal that is in no symptom of the replay.</param>
/// <param name="Precision">Of the pairs in one incident, the share that belongs together by the labels.</param>
/// <param name="Recall">Of the pairs that belong together by the labels, the share in one incident.</param>
public sealed record LabelScore(int Labelled, int Unknown, double Precision, double Recall)
{
    /// <summary>The harmonic mean of precision and recall; 0 where both are.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;

    /// <summary>Scores a replay.</summary>
    /// <param name="result">The replay.</param>
    /// <param name="labels">For each signal's id (alertId, eventDataId or the like; else its position) the incident that it
    /// really belongs to; null for none.</param>
    /// <remarks>An id is in the incident that holds most of its signals, the first where two hold as many; alone where none
    /// does. What is not labelled does not count. Without a pair, precision or recall is 0.</remarks>
    public static LabelScore Of(ReplayResult result, IReadOnlyDictionary<string, string?> labels)
    {
        var found = IncidentsOf(result);
        var placed = labels.Select(label => (Truth: label.Value, Found: found.GetValueOrDefault(label.Key))).ToList();
        var together = Pairs(placed.Where(one => one is { Truth: not null, Found: not null }).CountBy(one => one));
        var predicted = Pairs(placed.Where(one => one.Found is not null).CountBy(one => one.Found!.Value));
        var real = Pairs(placed.Where(one => one.Truth is not null).CountBy(one => one.Truth!));
        return new LabelScore(
            labels.Count, labels.Keys.Count(id => !found.ContainsKey(id)), Share(together, predicted), Share(together, real));
    }

    /// <summary>For each id in a symptom its incident by place; null where all its symptoms are alone.</summary>
    private static Dictionary<string, int?> IncidentsOf(ReplayResult result)
    {
        var counts = result.Incidents
            .SelectMany((incident, i) => SignalIdsOf(incident.Members).Select(id => (Id: id, Incident: i)))
            .CountBy(one => one).OrderByDescending(count => count.Value).ThenBy(count => count.Key.Incident);
        var found = new Dictionary<string, int?>(StringComparer.Ordinal);
        foreach (var ((id, incident), _) in counts) found.TryAdd(id, incident);
        foreach (var id in SignalIdsOf([.. result.Alone.Select(alone => alone.Symptom)])) found.TryAdd(id, null);
        return found;
    }

    private static IEnumerable<string> SignalIdsOf(ImmutableArray<ReplayedSymptom> symptoms) => symptoms
        .SelectMany(symptom => symptom.Signals).DistinctBy(signal => signal.Position)
        .Select(signal => signal.ExternalId ?? signal.Position.ToString());

    private static long Pairs<T>(IEnumerable<KeyValuePair<T, int>> counts) =>
        counts.Sum(count => count.Value * (count.Value - 1L) / 2);

    private static double Share(long part, long whole) => whole == 0 ? 0 : part / (double)whole;
}
