using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Soak;

/// <summary>One run: find the rate, send a share of it, and fit lines through what is sampled.</summary>
/// <remarks>Probes are new resources with incidents of their own, and the load fires alerts that are sealed an hour later
/// at the
/// earliest: so long, memory has to rise by what is kept of them. The heap is that after the newest collection.</remarks>
internal sealed class SoakRun(SoakOptions options)
{
    private const double ProbesPerSecond = 4;
    private const double Enough = 0.95;
    private const double MiB = 1 << 20;
    private static readonly TimeSpan DrainMost = TimeSpan.FromMinutes(10);

    private readonly List<Sample> _samples = [];

    public async Task<ScenarioReport> RunAsync()
    {
        using var work = new Workspace("soak");
        await using var silo = await SiloProcess.StartAsync(work.Folder("data"), SiloProcess.ManyReads);
        using var door = new Door(silo.Address);
        var load = new SteadyLoad(
            silo, door, new MixedLoadOptions { Resources = options.Resources, Customers = options.Customers });
        await load.MeetAsync();
        var rate = await load.FindRateAsync(options.RateLength) * options.Share;
        var probes = new Probes(door, load.Subscriptions, ProbesPerSecond);

        // As much beforehand as memory may hold; the rest is made while it is sent.
        using var end = new CancellationTokenSource();
        var sending = load.At(rate, options.Warm).RunAsync(end.Token);
        await ProbedAsync(probes, options.Warm);
        await SampleAsync(silo, probes);
        var behind = (await silo.CountersAsync()).Behind;
        await end.CancelAsync();
        var (records, took) = await sending;
        var sent = records / took.TotalSeconds;
        var ledger = await Drain.DrainedAsync(silo, DrainMost);
        var lost = Figures.Lost(door.Records, ledger);
        return new ScenarioReport(
            Result(ledger, lost, rate, sent, behind),
            [
                .. ScenarioReport.When(
                    _samples.Exists(sample => sample.P99 >= Probes.Most.TotalMilliseconds), "an alert was never visible"),
                .. ScenarioReport.When(sent < rate * Enough, $"only {sent:F0} of {rate:F0} records a second could be sent"),
                .. ScenarioReport.FaultsOf(ledger, lost),
            ]);
    }

    private async Task SampleAsync(SiloProcess silo, Probes probes)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < options.Length)
        {
            var times = await ProbedAsync(probes, options.Sample);
            var metrics = await silo.MetricsAsync();
            var sample = new Sample(
                Stopwatch.GetElapsedTime(begun).TotalSeconds, silo.Resident() / MiB,
                metrics.Sum("dotnet_gc_last_collection_heap_size_bytes") / MiB,
                Figures.Quantile(times, 0.5), Figures.Quantile(times, 0.99));
            _samples.Add(sample);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {sample.Seconds:F0} s: {sample.Resident:F0} MiB, heap {sample.Heap:F0} MiB, ")
                + string.Create(CultureInfo.InvariantCulture, $"p50 {sample.P50} p99 {sample.P99} ms"));
        }
    }

    private static async Task<List<double>> ProbedAsync(Probes probes, TimeSpan length)
    {
        using var end = new CancellationTokenSource(length);
        return await probes.RunAsync(end.Token);
    }

    private object Result(JsonElement ledger, long lost, double rate, double sent, long behind) => new
    {
        residentMiBPerMinute = Line(sample => sample.Resident),
        heapMiBPerMinute = Line(sample => sample.Heap),
        p50MsPerMinute = Line(sample => sample.P50),
        p99MsPerMinute = Line(sample => sample.P99),
        p50Ms = Figures.Median(_samples.Select(sample => sample.P50)),
        p99Ms = Figures.Median(_samples.Select(sample => sample.P99)),
        firstMiB = Math.Round(_samples[0].Resident),
        lastMiB = Math.Round(_samples[^1].Resident),
        rate = Math.Round(rate),
        sent = Math.Round(sent),
        samples = _samples.Count,
        behindMessages = behind,
        lost,
        parked = Figures.Sum(ledger, "parked"),
        shed = Figures.Sum(ledger, "shed"),
    };

    /// <summary>The slope for a minute, its standard error, and whether zero lies within two of them.</summary>
    private object Line(Func<Sample, double> figure)
    {
        var line = LeastSquares.Of([.. _samples.Select(sample => (sample.Seconds / 60, figure(sample)))]);
        return new { slope = Math.Round(line.Slope, 3), error = Math.Round(line.StandardError, 3), hasZero = line.HasZero };
    }

    private sealed record Sample(double Seconds, double Resident, double Heap, double P50, double P99);
}
