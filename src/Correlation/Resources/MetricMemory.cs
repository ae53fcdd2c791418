using System.IO.Hashing;
using System.Runtime.InteropServices;
using Correlation.Signals;

namespace Correlation.Resources;

/// <summary>The metrics of a resource: the latest value of each, and which values came already.</summary>
/// <remarks>
/// A metric value is identified by name, grain and time. Values on the grid of their grain cost one bit each within the last 64
/// grains; one off the grid, or pushed out of those while it may still come again, is remembered like any other signal.
/// </remarks>
[GenerateSerializer, Alias("metric-memory")]
internal sealed class MetricMemory
{
    [Id(0)] private readonly List<KeptMetric> _metrics = [];

    /// <summary>The latest values.</summary>
    public IReadOnlyList<KeptMetric> Latest => _metrics;

    /// <summary>Notes a value.</summary>
    /// <returns>False where it came before.</returns>
    public bool Add(MetricValue value, DateTimeOffset time, in Room room)
    {
        var metric = Find(value);
        if (metric is null && _metrics.Count < room.Options.MaxMetrics)
            _metrics.Add(metric = new KeptMetric { Name = value.Name, Grain = value.Grain });
        if (!(metric is null ? AddLoose(value.Name, value.Grain, time, room) : AddPoint(metric, time, room))) return false;
        if (metric is null)
        {
            room.Counts.MetricsUntracked++;
            return true;
        }

        metric.Count++;
        if (time >= metric.At) (metric.At, metric.Average) = (time, value.Average);
        return true;
    }

    private KeptMetric? Find(MetricValue value)
    {
        foreach (var metric in _metrics)
        {
            if (metric.Grain == value.Grain && metric.Name == value.Name) return metric;
        }

        return null;
    }

    private static bool AddPoint(KeptMetric metric, DateTimeOffset time, in Room room)
    {
        var step = metric.Grain * TimeSpan.TicksPerSecond;
        if (step <= 0 || time.UtcTicks % step != 0) return AddLoose(metric.Name, metric.Grain, time, room);
        var point = time.UtcTicks / step;
        if (metric.Newest == 0) metric.Newest = point;
        if (point > metric.Newest) Shift(metric, point, step, room);
        var back = metric.Newest - point;
        if (back >= KeptMetric.Points) return AddLoose(metric.Name, metric.Grain, time, room);
        var bit = 1UL << (int)back;
        if ((metric.Seen & bit) != 0) return false;
        metric.Seen |= bit;
        return true;
    }

    /// <summary>Moves the window; points that leave it while they may still come again go to the general memory.</summary>
    private static void Shift(KeptMetric metric, long newest, long step, in Room room)
    {
        var by = newest - metric.Newest;
        for (var back = KeptMetric.Points - 1; back >= 0 && back + by >= KeptMetric.Points; back--)
        {
            if ((metric.Seen & (1UL << back)) == 0) continue;
            var time = new DateTimeOffset((metric.Newest - back) * step, TimeSpan.Zero);
            if (time >= room.Watermark) AddLoose(metric.Name, metric.Grain, time, room);
        }

        metric.Seen = by >= KeptMetric.Points ? 0 : metric.Seen << (int)by;
        metric.Newest = newest;
    }

    private static bool AddLoose(string name, int grain, DateTimeOffset time, in Room room)
    {
        Span<long> numbers = [grain, time.UtcTicks];
        var key = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()))
            ^ XxHash64.HashToUInt64(MemoryMarshal.AsBytes(numbers), 1);
        if (room.Keys.Contains(key, time)) return false;
        room.Counts.DedupEvicted += room.Keys.Add(key, time, room.Options.MaxDedupKeys);
        return true;
    }

    /// <summary>What a note is made with.</summary>
    /// <param name="Keys">The general memory.</param>
    /// <param name="Watermark">Nothing before it can come again.</param>
    /// <param name="Options">Limits.</param>
    /// <param name="Counts">Where it is counted that a limit was hit.</param>
    internal readonly record struct Room(
        DedupMemory Keys, DateTimeOffset Watermark, ResourceOptions Options, ResourceTally Counts);
}
