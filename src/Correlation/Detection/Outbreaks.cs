using System.Collections.Immutable;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Detection;

/// <summary>Says which anomalies are one failure. An outbreak opens with one that is odd enough by itself, and owns the resources
/// that are off then, what they depend on and what depends on them, and the indicators. It goes on while any of these is off, so
/// that another resource's noise does not keep it alive; what opens elsewhere while it lasts joins it.</summary>
internal sealed class Outbreaks(DetectorSettings options)
{
    private readonly SortedDictionary<MetricSeries, Course> _open = [];
    private readonly HashSet<string> _owned = [];
    private Outbreak? _current;
    private int _quiet;

    /// <summary>Whether an outbreak lasts that is younger than a time: what fails in it is no habit.</summary>
    public bool IsYoung(DateTimeOffset minute, TimeSpan age) => _current is not null && minute - _current.Opened < age;

    /// <summary>Takes the anomalies of a minute.</summary>
    /// <returns>What happened, and the outbreak that opened.</returns>
    public (ImmutableArray<AnomalyStep> Steps, Outbreak? Opened) Observe(
        DateTimeOffset minute, double opening, IReadOnlyList<Anomaly> anomalies, Topology topology)
    {
        var goes = opening * options.Goes;
        if (_current is null)
        {
            if (!anomalies.Any(anomaly => anomaly.Surprise > opening)) return ([], null);
            _current = new Outbreak(minute, SurprisesOf(anomalies));
            _quiet = 0;
            _owned.Clear();
            Own(anomalies.Where(anomaly => anomaly.Surprise > goes), topology);
            return (Steps(opening, anomalies, _current), _current);
        }

        var alive = anomalies.Any(anomaly => anomaly.Surprise > goes && Owns(anomaly.Series));
        if (alive) Own(anomalies.Where(anomaly => anomaly.Surprise > opening && !Owns(anomaly.Series)).ToList(), topology);
        _quiet = alive ? 0 : _quiet + 1;
        var steps = Steps(opening, anomalies, _current);
        if (_quiet < options.Quiet && minute - _current.Opened < TimeSpan.FromMinutes(options.LongestOutbreak))
            return (steps, null);
        steps = steps.AddRange(_open.Select(pair => new AnomalyStep(pair.Value.Last, AnomalyChange.Closed, false, _current)));
        _open.Clear();
        _current = null;
        return (steps, null);
    }

    private static ImmutableSortedDictionary<ResourceId, double> SurprisesOf(IEnumerable<Anomaly> anomalies) =>
        anomalies.Where(anomaly => !anomaly.Series.IsIndicator).GroupBy(anomaly => anomaly.Series.Resource)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Max(anomaly => anomaly.Surprise));

    private bool Owns(MetricSeries series) => series.IsIndicator || _owned.Contains(series.Resource.Canonical);

    private void Own(IEnumerable<Anomaly> anomalies, Topology topology)
    {
        foreach (var resource in anomalies.Select(anomaly => anomaly.Series.Resource.Canonical))
        {
            _owned.Add(resource);
            _owned.UnionWith(topology.Upstream(resource));
            _owned.UnionWith(topology.Downstream(resource));
        }
    }

    private ImmutableArray<AnomalyStep> Steps(double opening, IEnumerable<Anomaly> anomalies, Outbreak outbreak)
    {
        var steps = ImmutableArray.CreateBuilder<AnomalyStep>();
        var going = new HashSet<MetricSeries>();
        foreach (var anomaly in anomalies.Where(one => one.Surprise > opening * options.Goes && Owns(one.Series)))
        {
            var opens = anomaly.Surprise > opening;
            going.Add(anomaly.Series);
            var known = _open.GetValueOrDefault(anomaly.Series);
            _open[anomaly.Series] = new Course(anomaly, opens || known is { Opens: true }, 0);
            if (known is null) steps.Add(new AnomalyStep(anomaly, AnomalyChange.Opened, opens, outbreak));
            else if (opens && !known.Opens) steps.Add(new AnomalyStep(anomaly, AnomalyChange.Worsened, true, outbreak));
        }

        foreach (var (series, course) in _open.Where(pair => !going.Contains(pair.Key)).ToList())
        {
            _open[series] = course with { Quiet = course.Quiet + 1 };
            if (course.Quiet + 1 < options.Quiet) continue;
            _open.Remove(series);
            steps.Add(new AnomalyStep(course.Last, AnomalyChange.Closed, false, outbreak));
        }

        return steps.ToImmutable();
    }

    /// <summary>An anomaly that is going on.</summary>
    private sealed record Course(Anomaly Last, bool Opens, int Quiet);
}
