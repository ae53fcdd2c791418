namespace Correlation.Detection;

/// <summary>The past of one series, and how far a value lies off it: robustly, on a logarithmic scale, by the last hour and
/// by the last day, whichever finds it less odd.</summary>
internal sealed class SeriesHistory(MetricUnit unit, DetectorSettings options)
{
    /// <summary>For how many minutes the usual is not worked out anew, once enough is known.</summary>
    private const int Refresh = 5;

    /// <summary>Below so many values it is worked out for each.</summary>
    private const int Few = 30;

    /// <summary>Makes the median absolute deviation of a normal distribution its standard deviation.</summary>
    private const double MedianToSigma = 1.4826;

    /// <summary>Within so much of the top, percentages do not differ.</summary>
    private const double NearTop = 2;

    private readonly Queue<double> _values = new();
    private double _floor;
    private (double Middle, double Spread)[]? _usual;
    private long _refreshed;
    private int _off;

    /// <summary>The mean size of the last values; null where there are none.</summary>
    public double? Level
    {
        get
        {
            if (_values.Count == 0) return null;
            var count = Math.Min(options.Short, _values.Count);
            return _values.Skip(_values.Count - count).Sum(Math.Abs) / count;
        }
    }

    /// <summary>Judges a value by those before it, then remembers it unless it is too odd to be usual.</summary>
    /// <param name="value">The value, finite.</param>
    /// <param name="minute">The minute's number.</param>
    /// <param name="level">The metric's mean level over all resources.</param>
    /// <returns>How many deviations it lies off, below 0 for under the usual; null while too little is known.</returns>
    public double? Observe(double value, long minute, double level)
    {
        var deviations = _values.Count < options.MinValues ? (double?)null : Judge(value, minute, level);
        _off = Math.Abs(deviations ?? 0) > options.Learned ? _off + 1 : 0;
        if (_off > 0 && _off <= options.NewLevel) return deviations;
        _values.Enqueue(value);
        if (_values.Count > options.Long) _values.Dequeue();
        return deviations;
    }

    private double Judge(double value, long minute, double level)
    {
        if (_usual is null || _values.Count < Few || minute / Refresh != _refreshed / Refresh)
        {
            _floor = (options.Floor * level) + 1e-9;
            _refreshed = minute;
            var values = _values.ToArray();
            for (var i = 0; i < values.Length; i++) values[i] = Scaled(values[i]);
            var recent = values[^Math.Min(options.Short, values.Length)..];
            _usual = [Usual(recent), Usual(values)];
        }

        var scaled = Scaled(value);
        var (byHour, byDay) = ((scaled - _usual[0].Middle) / _usual[0].Spread, (scaled - _usual[1].Middle) / _usual[1].Spread);
        if (byHour * byDay <= 0) return 0;
        return Math.Abs(byHour) <= Math.Abs(byDay) ? byHour : byDay;
    }

    /// <summary>On this scale equal steps are equal ratios, and what lies below the floor is about nothing.</summary>
    private double Scaled(double value)
    {
        var scaled = Math.CopySign(Math.Log(1 + (Math.Abs(value) / _floor)), value);
        return unit == MetricUnit.Percent ? scaled - Math.Log(Math.Max(NearTop, 100 - value)) : scaled;
    }

    private (double Middle, double Spread) Usual(double[] values)
    {
        Array.Sort(values);
        var middle = Median(values);
        var off = Array.ConvertAll(values, value => Math.Abs(value - middle));
        Array.Sort(off);
        var spread = MedianToSigma * Median(off);
        var (n, prior) = (values.Length, options.PriorValues);
        var variance = ((n * spread * spread) + (prior * options.PriorSpread * options.PriorSpread)) / (n + prior);
        return (middle, Math.Sqrt(variance + (options.LeastChange * options.LeastChange)));
    }

    /// <summary>The middle of sorted values.</summary>
    public static double Median(double[] sorted)
    {
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
