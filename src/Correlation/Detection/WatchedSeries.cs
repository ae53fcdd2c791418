namespace Correlation.Detection;

/// <summary>What is known of one series: its past, its last minutes, and its own habit of going off.</summary>
internal sealed class WatchedSeries(MetricSeries series, DetectorSettings options)
{
    /// <summary>For how many minutes the belief in a series' own habit counts.</summary>
    private const double BeliefMinutes = 400;

    private readonly SeriesHistory _history = new(series.Unit, options);
    private readonly ExcessTail _tail = new(BeliefMinutes);
    private readonly Queue<double> _last = new();
    private double _peak;
    private bool _doubtful;

    public MetricSeries Series => series;

    /// <summary>The last minute that had a value.</summary>
    public long Seen { get; private set; } = -1;

    /// <summary>See <see cref="SeriesHistory.Level"/>.</summary>
    public double? Level => _history.Level;

    /// <summary>How many deviations a value lies off; null while too little is known.</summary>
    public double? Observe(double value, long minute, double level)
    {
        if (minute - Seen > 1) _last.Clear();
        Seen = minute;
        return _history.Observe(value, minute, level);
    }

    /// <summary>By how much it was off at the least in each of the last minutes; 0 where it was not off on the same side in all,
    /// or was not measured in all.</summary>
    public double Persistent(double deviations)
    {
        _last.Enqueue(deviations);
        if (_last.Count > options.Persist) _last.Dequeue();
        return _last.Count < options.Persist || _last.Min() * _last.Max() < 0 ? 0 : _last.Min(Math.Abs);
    }

    /// <summary>How odd that is for this series.</summary>
    public double Surprise(double persistent) => _tail.Surprise(persistent);

    /// <summary>Learns a minute, and an excursion when it is over.</summary>
    /// <param name="persistent">By how much it was off.</param>
    /// <param name="failing">Whether its resource is failing: then it is no habit.</param>
    /// <param name="metric">What is known of the metric over all resources.</param>
    public void Learn(double persistent, bool failing, ExcessTail metric)
    {
        _tail.Minute();
        metric.Minute();
        if (persistent > ExcessTail.Bound)
        {
            _peak = Math.Max(_peak, persistent);
            _doubtful |= failing;
            return;
        }

        if (_peak > 0 && !_doubtful)
        {
            _tail.Excursion(_peak);
            metric.Excursion(_peak);
        }

        _peak = 0;
        _doubtful = false;
    }
}
