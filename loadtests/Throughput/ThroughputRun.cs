using System.Diagnostics;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Throughput;

/// <summary>One run: messages stored beforehand, read by the product to durable incidents, and a bare scan of them.</summary>
internal static class ThroughputRun
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs in a folder of its own, which is removed afterwards.</summary>
    public static async Task<ThroughputFigures> RunAsync(MixedLoadOptions options)
    {
        using var work = new Workspace("throughput");
        var folder = work.Folder("data");
        var load = LoadSet.Make(options);
        await load.StoreAsync(folder);
        var before = BareScan.Run(load);
        var (samples, resident) = await ReadAsync(folder, load);
        var after = BareScan.Run(load);
        return ThroughputFigures.Of(options, load, samples, before < after ? before : after) with
        {
            ResidentMegabytes = resident / 1_000_000,
        };
    }

    /// <summary>What is durable when the product first answers does not count; here that was everything.</summary>
    public static ArgumentException TooFew => new("All was read before it could be measured: there must be more --records.");

    /// <summary>Lets the product read everything; what it had done when it first answered does not count.</summary>
    private static async Task<(Samples Samples, long Resident)> ReadAsync(string folder, LoadSet load)
    {
        await using var silo = await SiloProcess.StartAsync(folder);
        var first = await silo.SampleAsync(LoadSet.Stream);
        var half = await UntilAsync(silo, first, progress => progress.Read >= load.Messages.Count / 2);
        var last = await UntilAsync(silo, first, progress => progress.Durable == load.Messages.Count);
        if (last.Signals == first.Signals) throw TooFew;
        foreach (var counts in last.Counts) Console.WriteLine($"  ledger {counts}");
        return (new Samples(first, half, last), silo.Resident());
    }

    private static async Task<Sample> UntilAsync(SiloProcess silo, Sample first, Func<(long Read, long Durable), bool> reached)
    {
        while (!reached(await silo.ProgressAsync(LoadSet.Stream)))
        {
            if (Stopwatch.GetElapsedTime(first.At) > Most) throw new InvalidOperationException($"It was not done after {Most}.");
            await Task.Delay(Poll);
        }

        return await silo.SampleAsync(LoadSet.Stream);
    }
}

/// <summary>What a silo had done at the start, when half was read, and when all was durable.</summary>
internal sealed record Samples(Sample First, Sample Half, Sample Last);
