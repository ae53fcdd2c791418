using System.Diagnostics;
using System.Diagnostics.Metrics;
using Correlation.Delivery;
using Correlation.Signals;

namespace Correlation.Grains.Parking;

/// <summary>What parking tells of itself; recorded once a call, never once a signal.</summary>
internal sealed class ParkingInstruments
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Correlation.Parking";

    private readonly Meter _meter;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _shed;
    private readonly Counter<long> _drained;
    private readonly Counter<long> _discarded;
    private readonly Counter<long> _failures;

    /// <summary>Makes the instruments.</summary>
    public ParkingInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _parked = _meter.CreateCounter<long>("correlation.parking.parked", "{signal}", "Signals parked");
        _shed = _meter.CreateCounter<long>(
            "correlation.parking.shed", "{signal}", "Signals left out: their lane is full, or they repeat in a storm");
        _drained = _meter.CreateCounter<long>(
            "correlation.parking.drained", "{signal}", "Signals applied out of a lane, by fate");
        _discarded = _meter.CreateCounter<long>("correlation.parking.discarded", "{signal}", "Signals that operators gave up");
        _failures = _meter.CreateCounter<long>("correlation.parking.failures", "{try}", "Tries to drain a lane that failed");
    }

    /// <summary>The source of a drain's spans.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <summary>Shows how many signals wait.</summary>
    public void ObserveWaiting(Func<long> waiting) => _meter.CreateObservableUpDownCounter(
        "correlation.parking.waiting", waiting, "{signal}", "Signals in all lanes, as this silo last saw them");

    /// <summary>Shows how many customers are over their credit.</summary>
    public void ObserveOver(Func<int> over) => _meter.CreateObservableUpDownCounter(
        "correlation.parking.over", over, "{customer}", "Customers over their credit: what they send is parked");

    /// <summary>Signals were parked, or found their lane full.</summary>
    public void OnParked(long parked, long shed)
    {
        if (parked > 0) _parked.Add(parked);
        if (shed > 0) _shed.Add(shed);
    }

    /// <summary>Signals left their lane.</summary>
    public void OnLeft(IReadOnlyList<LaneExit> exits)
    {
        foreach (var (fate, count) in exits.CountBy(exit => exit.Fate))
        {
            var word = fate.ToString().ToLowerInvariant();
            if (fate == Fate.Failed) _discarded.Add(count);
            else if (fate != Fate.None) _drained.Add(count, new KeyValuePair<string, object?>("fate", word));
        }
    }

    /// <summary>A lane was tried in vain and rests now.</summary>
    public void OnFailed() => _failures.Add(1);
}
