using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Correlation.Tests.Shared;

/// <summary>Makes meters, and adds up what their counters count, apart from all other meters of the process.</summary>
internal sealed class Meters : IMeterFactory
{
    private readonly ConcurrentBag<Meter> made = [];
    private readonly Counted counted;

    public Meters() => counted = new Counted(instrument => instrument.Meter.Scope == this);

    /// <summary>The sum of an instrument, as <see cref="Counted"/> names it.</summary>
    public long this[string name] => counted[name];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options.Name, options.Version, options.Tags, this);
        made.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        counted.Dispose();
        foreach (var meter in made) meter.Dispose();
    }
}
