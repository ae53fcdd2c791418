using System.Collections.Immutable;
using System.Globalization;
using Correlation.Grouping;
using Correlation.Signals;

namespace Correlation.Detection;

/// <summary>Watches the metrics of resources that can fail together, minute by minute, knowing only the past.</summary>
/// <remarks>
/// Each value is compared with its own series' last hour and day; what all resources do together is taken off; what is left must
/// last some minutes; how odd that is comes from how often, and how far, this metric and this series went off before. An anomaly
/// opens an outbreak where chance alone would open fewer than <see cref="DetectorSettings.FalsePerHour"/> over all series.
/// Pure and deterministic; the order of samples within a minute does not matter. Not safe for concurrent use.
/// </remarks>
/// <param name="options">What counts as unusual.</param>
public sealed class MetricDetector(DetectorSettings options)
{
    /// <summary>The largest surprise: more tells nothing further.</summary>
    public const double MaxSurprise = 30;

    private const int MinutesPerHour = 60;

    /// <summary>For how many minutes the levels are not worked out anew.</summary>
    private const int LevelRefresh = 10;

    /// <summary>A longer pause of all input breaks what lasts; a shorter one is a minute that came late or not at all.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Within this after its opening, what goes off in an outbreak is not learned as a habit.</summary>
    private static readonly TimeSpan Failing = TimeSpan.FromMinutes(10);

    private readonly SortedDictionary<MetricSeries, WatchedSeries> _series = [];
    private readonly Dictionary<(string, bool), WatchedMetric> _metrics = [];
    private readonly Outbreaks _outbreaks = new(options);
    private DateTimeOffset? _last;
    private long _minute = -1;
    private long _levelsOf = -1;
    private int _judged = 1;

    /// <summary>How many values were passed over because too many series are watched.</summary>
    public long PassedOver { get; private set; }

    /// <summary>Judges the values of a minute, then remembers them.</summary>
    /// <param name="minute">The minute's start, after the last one's.</param>
    /// <param name="samples">The values; the last of a series counts.</param>
    /// <param name="topology">What depends on what, as of the minute.</param>
    /// <exception cref="ArgumentOutOfRangeException">The minute is not after the last one.</exception>
    public MinuteVerdict Observe(DateTimeOffset minute, IEnumerable<MetricSample> samples, Topology topology)
    {
        if (minute <= _last) throw new ArgumentOutOfRangeException(nameof(minute), minute, "Minutes go forward.");
        _minute += minute - _last > LongestPause ? 2 : 1;
        _last = minute;
        var values = Kept(samples);
        RefreshLevels(values);
        var deviations = CommonMovement.TakeOff(Deviations(values), options.CommonFrom);
        _judged = Math.Max(_judged, deviations.Count);
        var opening = Math.Log(MinutesPerHour * _judged / options.FalsePerHour);
        var lasting = deviations.ConvertAll(one => (one.Of, Up: one.Deviations > 0, Off: one.Of.Persistent(one.Deviations)));
        var anomalies = lasting.Where(one => one.Off > ExcessTail.Bound)
            .Select(one => new Anomaly(one.Of.Series, Surprise(one.Of, one.Off, one.Up), one.Up)).ToImmutableArray();
        var (steps, opened) = _outbreaks.Observe(minute, opening, anomalies, topology);
        var failing = FailingOf(minute, opening, anomalies);
        foreach (var (series, _, off) in lasting)
            series.Learn(off, failing.Contains(series.Series.Resource), MetricOf(series.Series).Tail);
        return new MinuteVerdict(opening, anomalies, steps, opened);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_series.Count} series, {_minute + 1} minutes");

    private SortedDictionary<MetricSeries, double> Kept(IEnumerable<MetricSample> samples)
    {
        var values = new SortedDictionary<MetricSeries, double>();
        foreach (var (series, value) in samples)
        {
            if (!double.IsFinite(value)) continue;
            if (!_series.ContainsKey(series))
            {
                if (_series.Count >= options.MaxSeries)
                {
                    PassedOver++;
                    continue;
                }

                _series[series] = new WatchedSeries(series, options);
            }

            values[series] = value;
        }

        return values;
    }

    private List<(WatchedSeries Of, double Deviations)> Deviations(SortedDictionary<MetricSeries, double> values)
    {
        var found = new List<(WatchedSeries, double)>(values.Count);
        foreach (var (series, value) in values)
        {
            var watched = _series[series];
            var level = MetricOf(series).Level!.Value;
            if (watched.Observe(value, _minute, level) is { } deviations) found.Add((watched, deviations));
        }

        return found;
    }

    /// <summary>Works out the metrics' levels from the past, and forgets series that ended; a metric without a past takes its
    /// level from its first minute.</summary>
    private void RefreshLevels(SortedDictionary<MetricSeries, double> values)
    {
        if (_levelsOf < 0 || _minute / LevelRefresh != _levelsOf / LevelRefresh)
        {
            _levelsOf = _minute;
            var ended = _series.Values.Where(series => series.Seen >= 0 && _minute - series.Seen > options.Long).ToList();
            foreach (var series in ended) _series.Remove(series.Series);
            foreach (var group in _series.Values.GroupBy(series => MetricOf(series.Series)))
                group.Key.Level = group.Average(series => series.Level) ?? group.Key.Level;
        }

        foreach (var group in values.GroupBy(pair => MetricOf(pair.Key)).Where(group => group.Key.Level is null).ToList())
            group.Key.Level = group.Average(pair => Math.Abs(pair.Value));
    }

    /// <summary>How odd it is, for the metric or for the series, whichever is used to more.</summary>
    private double Surprise(WatchedSeries series, double off, bool up)
    {
        var surprise = Math.Min(MetricOf(series.Series).Tail.Surprise(off), series.Surprise(off));
        if (!up && !series.Series.IsIndicator) surprise *= options.Fall;
        return Math.Min(MaxSurprise, surprise);
    }

    private HashSet<ResourceId> FailingOf(DateTimeOffset minute, double opening, IEnumerable<Anomaly> anomalies) =>
        !_outbreaks.IsYoung(minute, Failing) ? [] :
        [
            .. anomalies.Where(anomaly => anomaly.Surprise > opening * options.Goes).Select(anomaly => anomaly.Series.Resource),
        ];

    private WatchedMetric MetricOf(MetricSeries series)
    {
        if (!_metrics.TryGetValue((series.Metric, series.IsIndicator), out var metric))
            _metrics[(series.Metric, series.IsIndicator)] = metric = new WatchedMetric();
        return metric;
    }
}
