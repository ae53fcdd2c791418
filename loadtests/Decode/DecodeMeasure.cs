using System.Diagnostics;
using System.Text.Json;
using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.LoadTests.Decode;

/// <summary>Measures one family: rounds of a bare scan and of decoding, taken in turns with the other families'.</summary>
internal sealed class DecodeMeasure(DecodeFamily family)
{
    private readonly MessageDecoder decoder = new(new DecodingLimits(), new ResourceIds());
    private readonly Message message = new("load", 1, 0, 0, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<double> scans = [];
    private readonly List<double> decodes = [];
    private readonly List<double> ratios = [];
    private long signals;
    private long allocated;

    public string Name => family.Name;

    /// <summary>Million bytes a second of the bare scan, the median of the rounds.</summary>
    public double ScanRate => family.Bytes / Median(scans) / 1e6;

    /// <summary>Million bytes a second of decoding, the median of the rounds.</summary>
    public double DecodeRate => family.Bytes / Median(decodes) / 1e6;

    /// <summary>How fast decoding is beside the scan of the same round: the median of the rounds.</summary>
    public double Ratio => Median(ratios);

    public double SignalsPerSecond => signals / Median(decodes);

    public double BytesPerSignal => (double)allocated / signals;

    public double BytesPerMessage => (double)family.Bytes / family.Bodies.Count;

    /// <exception cref="InvalidOperationException">A payload was rejected: what is measured would be something
    /// else.</exception>
    public void Round(bool counts)
    {
        var scan = Time(Scan);
        var decode = Time(Decode);
        if (!counts) return;
        scans.Add(scan);
        decodes.Add(decode);
        ratios.Add(scan / decode);
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Scan()
    {
        foreach (var body in family.Bodies)
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                // Every token is looked at, none is used.
            }
        }
    }

    private void Decode()
    {
        signals = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var body in family.Bodies)
        {
            var decoded = decoder.Decode(body, message);
            if (decoded.Rejections.Count > 0) throw new InvalidOperationException($"{Name}: {decoded.Rejections[0]}");
            signals += decoded.Signals.Count;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
