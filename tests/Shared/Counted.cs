using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Correlation.Tests.Shared;

/// <summary>Adds up what counters count while it lives; a tag's value is part of the name.</summary>
internal sealed class Counted : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _sums = [];
    private readonly MeterListener _listener = new();

    /// <summary>Counts what some instruments say.</summary>
    public Counted(Func<Instrument, bool> isCounted)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (isCounted(instrument)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) => _sums.AddOrUpdate(
            tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}", count, (_, sum) => sum + count));
        _listener.Start();
    }

    /// <summary>The sum of an instrument, with its tag's value after a space; 0 where it counted nothing.</summary>
    public long this[string name] => _sums.GetValueOrDefault(name);

    public void Dispose() => _listener.Dispose();
}
