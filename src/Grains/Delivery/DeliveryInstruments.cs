using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Correlation.Grains.Delivery;

/// <summary>What the flusher tells of its flushes; recorded once a flush, never once a state.</summary>
internal sealed class DeliveryInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Correlation.Delivery";

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _states;
    private readonly Counter<long> _lost;

    /// <summary>Makes the instruments.</summary>
    public DeliveryInstruments(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(Name);
        _duration = _meter.CreateHistogram(
            "correlation.delivery.flush.duration", "s", "How long a flush took, from its closing until its states were written",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        _states = _meter.CreateCounter<long>("correlation.delivery.states", "{state}", "States of resources written");
        _lost = _meter.CreateCounter<long>("correlation.delivery.lost", "{flush}",
            "Flushes that failed, met a state written elsewhere, or waited for an activation that ended; readers go back to "
            + "their checkpoints");
    }

    /// <summary>The source of a flush's spans.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <summary>Shows how many states of flushes that are not settled await their customers' acknowledgement.</summary>
    public void ObserveDebts(Func<long> debts) => _meter.CreateObservableUpDownCounter(
        "correlation.delivery.debts", debts, "{state}", "States written whose reports a customer has not acknowledged yet");

    /// <summary>A flush begins.</summary>
    public long Begin() => _time.GetTimestamp();

    /// <summary>The flushes that are not settled were lost without one having failed.</summary>
    public void OnAbandoned() => _lost.Add(1);

    /// <summary>A flush was written, or was lost.</summary>
    public void OnFlushed(long begun, int states, bool isLost)
    {
        _duration.Record(_time.GetElapsedTime(begun).TotalSeconds);
        if (isLost) _lost.Add(1);
        else _states.Add(states);
    }
}
