using System.Globalization;

namespace Correlation.Detection;

/// <summary>What a value did to the anomaly of its metric.</summary>
public enum MetricStep : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It opened one.</summary>
    Opened = 1,

    /// <summary>It closed the one that was open.</summary>
    Closed = 2,
}

/// <summary>What a detector says of a value.</summary>
/// <param name="Score">How many usual deviations it lies off the usual value; 0 while too little is known, at most
/// <see cref="MetricDetector.MaxScore"/>.</param>
/// <param name="Up">Whether it lies above.</param>
/// <param name="Step">What it did to the anomaly.</param>
/// <param name="Usual">The usual value.</param>
public readonly record struct MetricVerdict(double Score, bool Up, MetricStep Step, double Usual);

/// <summary>Watches one metric, value by value in the order of time, knowing only the past: the rolling median says what is
/// usual, the
/// median (or mean, whichever is larger) absolute deviation by how much it usually differs.</summary>
public sealed class MetricDetector(DetectorOptions options)
{
    /// <summary>The largest score.</summary>
    public const double MaxScore = 1000;

    /// <summary>Makes the median absolute deviation of a normal distribution its standard deviation.</summary>
    private const double MedianToSigma = 1.4826;

    /// <summary>Makes the mean absolute deviation of a normal distribution its standard deviation.</summary>
    private const double MeanToSigma = 1.2533;

    private readonly Queue<double> _window = new();
    private int _unusual;
    private int _usual;

    /// <summary>Whether an anomaly is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Judges a value by those before it, then remembers it. One that is no number is passed over.</summary>
    public MetricVerdict Observe(double value)
    {
        if (!double.IsFinite(value)) return default;
        var verdict = Judge(value);
        _window.Enqueue(value);
        if (_window.Count > options.Window) _window.Dequeue();
        return verdict with { Step = StepOf(verdict.Score) };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_window.Count} values, {(IsOpen ? "unusual" : "usual")}");

    private MetricVerdict Judge(double value)
    {
        if (_window.Count < options.MinValues) return default;
        double[] sorted = [.. _window];
        Array.Sort(sorted);
        var usual = Median(sorted);
        var mean = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = Math.Abs(sorted[i] - usual);
            mean += sorted[i] / sorted.Length;
        }

        Array.Sort(sorted);
        var deviation = Math.Max(MedianToSigma * Median(sorted), MeanToSigma * mean);
        deviation = Math.Max(deviation, options.RelativeFloor * Math.Abs(usual));
        var off = Math.Abs(value - usual);
        var score = off == 0 ? 0 : deviation > 0 ? Math.Min(off / deviation, MaxScore) : MaxScore;
        return new MetricVerdict(score, value > usual, MetricStep.None, usual);
    }

    private MetricStep StepOf(double score)
    {
        _unusual = score >= options.Open ? _unusual + 1 : 0;
        _usual = score < options.Close ? _usual + 1 : 0;
        if (!IsOpen && _unusual >= options.Persist)
        {
            IsOpen = true;
            return MetricStep.Opened;
        }

        if (!IsOpen || _usual < options.Persist) return MetricStep.None;
        IsOpen = false;
        return MetricStep.Closed;
    }

    private static double Median(double[] sorted)
    {
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
