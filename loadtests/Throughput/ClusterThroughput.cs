using System.Diagnostics;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Throughput;

/// <summary>The same messages read by several silo processes of one cluster, beside one with the embedded store.</summary>
/// <remarks>The silos share the machine with each other, their gateway, Redis and the emulator of Azure's storage: what is
/// measured is what a cluster costs on one machine, not what it gains on several.</remarks>
internal static class ClusterThroughput
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    public static async Task<ScenarioReport> RunAsync(MixedLoadOptions options, int silos)
    {
        var embedded = await ThroughputRun.RunAsync(options);
        Console.WriteLine($"  embedded: {embedded.Json()}");
        using var work = new Workspace("throughput");
        var folder = work.Folder("cluster");
        var load = LoadSet.Make(options);
        await load.StoreAsync(Cluster.LogOf(folder));
        await using var cluster = await Cluster.StartAsync(folder, new ClusterSetup(silos), new Ports());
        var first = await SampleAsync(cluster);
        var last = first;
        while (last.Messages < load.Messages.Count && Stopwatch.GetElapsedTime(first.At) < Most)
        {
            await Task.Delay(Poll);
            last = await SampleAsync(cluster);
        }

        var ledger = await cluster.Api.GetAsync("ledger");
        var signals = last.Signals - first.Signals;
        if (signals == 0) throw ThroughputRun.TooFew;
        var rate = signals / Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;
        var lost = load.Records - await cluster.Api.CountAsync("records", LoadSet.Stream);
        var figures = new
        {
            silos,
            signalsPerSecond = Math.Round(rate),
            embeddedSignalsPerSecond = embedded.SignalsPerSecond,
            ratio = Math.Round(rate / embedded.SignalsPerSecond, 3),
            siloCpuSecondsPerMillion = Math.Round((last.SiloCpu - first.SiloCpu) / signals * 1_000_000, 2),
            storageCpuSecondsPerMillion = Math.Round((last.StorageCpu - first.StorageCpu) / signals * 1_000_000, 2),
            embeddedCpuSecondsPerMillion = embedded.CpuSecondsPerMillion,
            signals,
            siloMiB = cluster.Silos.Select(silo => ProcessFigures.Resident(silo.Process.Id) >> 20).ToList(),
            lost,
        };
        var idle = cluster.Silos.Where(silo => ProcessFigures.Cpu(silo.Process.Id) - first.Cpu(silo.Process.Id) < 0.1).ToList();
        return new ScenarioReport(
            figures,
            [
                .. ScenarioReport.When(last.Messages < load.Messages.Count, $"it was not done after {Most}"),
                .. idle.Select(silo => $"{silo.Process.Name} did nothing"),
                .. ScenarioReport.FaultsOf(ledger, lost),
            ]);
    }

    private static async Task<ClusterSample> SampleAsync(Cluster cluster)
    {
        var at = Stopwatch.GetTimestamp();
        var ledger = (await cluster.Api.GetAsync("ledger")).GetProperty("partitions").EnumerateArray()
            .Where(partition => partition.GetProperty("stream").GetString() == LoadSet.Stream)
            .Select(partition => partition.GetProperty("counts")).ToList();
        return new ClusterSample(
            at, ledger.Sum(counts => counts.GetProperty("messages").GetInt64()),
            ledger.Sum(counts => counts.GetProperty("signals").GetInt64()),
            cluster.Silos.ToDictionary(silo => silo.Process.Id, silo => ProcessFigures.Cpu(silo.Process.Id)),
            ProcessFigures.Cpu(cluster.Azurite.Id) + ProcessFigures.Cpu(cluster.Redis.Id));
    }

    /// <summary>What a cluster had done at one moment.</summary>
    private sealed record ClusterSample(
        long At, long Messages, long Signals, IReadOnlyDictionary<int, double> Silos, double StorageCpu)
    {
        public double SiloCpu { get; } = Silos.Values.Sum();

        public double Cpu(int silo) => Silos[silo];
    }
}
