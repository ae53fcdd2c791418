using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Correlation.Tests.Shared;

/// <summary>Makes meters, and adds up what their counters count; a tag's value is part of the name.</summary>
internal sealed class Meters : IMeterFactory
{
    private readonly ConcurrentDictionary<string, long> sums = [];
    private readonly ConcurrentBag<Meter> made = [];
    private readonly MeterListener listener = new();

    public Meters()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == this) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
            sums.AddOrUpdate(tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}", count, (_, sum) => sum + count));
        listener.Start();
    }

    /// <summary>The sum of an instrument, with its tag's value after a space; 0 where it counted nothing.</summary>
    public long this[string name] => sums.GetValueOrDefault(name);

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options.Name, options.Version, options.Tags, this);
        made.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        listener.Dispose();
        foreach (var meter in made) meter.Dispose();
    }
}
