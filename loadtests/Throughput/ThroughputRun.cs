using System.Diagnostics;
using Correlation.Estate;

namespace Correlation.LoadTests.Throughput;

/// <summary>One run: messages made and stored beforehand, then read by the product to durable incidents, beside a bare scan.</summary>
internal static class ThroughputRun
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs in a folder of its own, which is removed afterwards.</summary>
    public static async Task<ThroughputFigures> RunAsync(MixedLoadOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("correlation-throughput-").FullName;
        try
        {
            var load = LoadSet.Make(options);
            await load.StoreAsync(folder);
            var before = BareScan.Run(load);
            var (first, last, resident) = await ReadAsync(folder, load);
            var after = BareScan.Run(load);
            return ThroughputFigures.Of(options, load, (first, last), before < after ? before : after) with
            {
                ResidentMegabytes = resident / 1_000_000,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Lets the product read everything; what it had done when it first answered does not count.</summary>
    private static async Task<(Sample First, Sample Last, long Resident)> ReadAsync(string folder, LoadSet load)
    {
        await using var silo = await SiloProcess.StartAsync(folder);
        var first = await silo.SampleAsync();
        var last = first;
        while (last.Messages < load.Messages.Count)
        {
            if (Stopwatch.GetElapsedTime(first.At) > Most) throw new InvalidOperationException($"Only {last.Messages} messages after {Most}.");
            await Task.Delay(Poll);
            last = await silo.SampleAsync();
        }

        foreach (var counts in last.Counts) Console.WriteLine($"  ledger {counts}");
        return (first, last, silo.Resident());
    }
}
