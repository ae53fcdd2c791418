using System.Diagnostics;
using System.Text.Json;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Throughput;

/// <summary>What a run measured.</summary>
/// <param name="Resources">Resources in the load.</param>
/// <param name="Signals">Signals that became durable while measured.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="SignalsPerSecond">Signals made durable a second.</param>
/// <param name="MbPerSecond">Payload read a second, in megabytes.</param>
/// <param name="CpuSecondsPerMillion">Processor seconds of the whole process for a million signals.</param>
/// <param name="WarmCpuSecondsPerMillion">The same for the second half of the messages.</param>
/// <param name="BytesPerSignal">Bytes allocated for a signal.</param>
/// <param name="ScanPerSecond">Signals a second that a bare scan of the same bytes by two threads passes.</param>
/// <param name="ScanRatio">The product's rate as a share of the scan's.</param>
/// <param name="Rewinds">How often a reader went back to its checkpoint.</param>
internal sealed record ThroughputFigures(
    int Resources,
    long Signals,
    double Seconds,
    double SignalsPerSecond,
    double MbPerSecond,
    double CpuSecondsPerMillion,
    double WarmCpuSecondsPerMillion,
    double BytesPerSignal,
    double ScanPerSecond,
    double ScanRatio,
    int Rewinds)
{
    /// <summary>How much memory the process held at the end.</summary>
    public long ResidentMegabytes { get; init; }

    public static ThroughputFigures Of(MixedLoadOptions options, LoadSet load, Samples samples, TimeSpan scan)
    {
        var (first, half, last) = samples;
        var seconds = Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;
        var signals = last.Signals - first.Signals;
        var share = signals / (double)last.Signals;
        var scanned = last.Signals / scan.TotalSeconds;
        return new ThroughputFigures(
            options.Resources,
            signals,
            Math.Round(seconds, 2),
            Math.Round(signals / seconds),
            Math.Round(load.Bytes * share / seconds / 1_000_000, 1),
            CpuPerMillion(first, last),
            CpuPerMillion(half, last),
            Math.Round((last.Allocated - first.Allocated) / (double)signals),
            Math.Round(scanned),
            Math.Round(signals / seconds / scanned, 4),
            last.Rewinds);
    }

    public string Json() => JsonSerializer.Serialize(this, ScenarioReport.Written);

    /// <summary>By messages read, since the ledger follows in leaps; making durable what was read before counts too.</summary>
    private static double CpuPerMillion(Sample from, Sample to)
    {
        var signals = to.Signals * (to.Read - from.Read) / (double)to.Read;
        return Math.Round((to.Cpu - from.Cpu) / signals * 1_000_000, 2);
    }
}
