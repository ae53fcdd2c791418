using System.Diagnostics;
using System.Text.Json;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Fairness;

/// <summary>One run: ordinary customers at a steady load, then the storm on top, then what is left of it.</summary>
internal sealed class StormRun(StormOptions options)
{
    private const double RecordsPerResource = 4 / 0.7 / 60;
    private const double ProbesPerSecond = 4;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainMost = TimeSpan.FromMinutes(10);

    private long peak;

    public async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("correlation-storm-").FullName;
        try
        {
            await using var silo = await SiloProcess.StartAsync(folder);
            using var door = new Door(silo.Address);
            using var end = new CancellationTokenSource();
            var watch = WatchAsync(silo, end.Token);
            var result = await MeasureAsync(silo, door);
            await end.CancelAsync();
            await watch;
            return JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<object> MeasureAsync(SiloProcess silo, Door door)
    {
        var load = new MixedLoadOptions
        {
            Customers = options.Customers,
            Resources = (int)(options.Rate / RecordsPerResource),
            Records = long.MaxValue,
            Start = TimeProvider.System.GetUtcNow(),
        };
        var probes = new Probes(door, MixedLoad.Subscriptions(load), ProbesPerSecond);
        using var end = new CancellationTokenSource();
        var messages = MixedLoad.Messages(load).Select(message => (message.Body, message.Records));
        var steady = new Pace(door, messages.GetEnumerator(), options.Rate).RunAsync(end.Token);
        await ProbedAsync("warm", silo, probes, Warm);
        var calm = await ProbedAsync("calm", silo, probes, Calm);
        var before = silo.Resident();
        Interlocked.Exchange(ref peak, before);

        var alerts = StormAlerts.Bodies(options).GetEnumerator();
        var storm = new Pace(door, alerts, options.Alerts / options.Length.TotalSeconds).RunAsync(CancellationToken.None);
        var during = await ProbedAsync("storm", silo, probes, options.Length);
        var (sent, took) = await storm;
        var over = Stopwatch.GetTimestamp();
        var after = await ProbedAsync("after", silo, probes, After);
        await end.CancelAsync();
        await steady;
        var ledger = await Drain.DrainedAsync(silo, DrainMost);
        var drained = Stopwatch.GetElapsedTime(over).TotalSeconds;
        var peakMiB = Interlocked.Read(ref peak) >> 20;
        return new
        {
            lost = door.Records - Figures.Sum(ledger, "records"),
            shed = Figures.Sum(ledger, "shed"),
            parked = Figures.Sum(ledger, "parked"),
            late = Figures.Sum(ledger, "late") + ledger.GetProperty("parking").GetProperty("late").GetInt64(),
            waiting = Figures.Waiting(ledger),
            behind = Figures.Behind(ledger),
            balanced = Figures.Balanced(ledger),
            beforeMiB = before >> 20,
            peakMiB,
            boundMiB = (before >> 20) + options.BoundMiB,
            isBounded = peakMiB <= (before >> 20) + options.BoundMiB,
            p50Ms = Figures.Quantile(during, 0.5),
            p99Ms = Figures.Quantile(during, 0.99),
            calmP50Ms = Figures.Quantile(calm, 0.5),
            calmP99Ms = Figures.Quantile(calm, 0.99),
            afterP99Ms = Figures.Quantile(after, 0.99),
            alertsPerSecond = Math.Round(sent / took.TotalSeconds),
            drainedSeconds = Math.Round(drained),
        };
    }

    private static async Task<List<double>> ProbedAsync(string name, SiloProcess silo, Probes probes, TimeSpan length)
    {
        using var end = new CancellationTokenSource(length);
        var (started, cpu) = (Stopwatch.GetTimestamp(), silo.Cpu());
        var times = await probes.RunAsync(end.Token);
        var cores = (silo.Cpu() - cpu) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var ledger = await silo.LedgerAsync();
        var quantiles = $"p50 {Figures.Quantile(times, 0.5)} p99 {Figures.Quantile(times, 0.99)} max {times[^1]:F0} ms";
        Console.WriteLine($"  {name} {quantiles}, {cores:F2} cores, behind {Figures.Behind(ledger)}, "
            + $"waiting {Figures.Waiting(ledger)}, parked {Figures.Sum(ledger, "parked")}, "
            + $"shed {Figures.Sum(ledger, "shed")}, {silo.Resident() >> 20} MiB");
        return times;
    }

    private async Task WatchAsync(SiloProcess silo, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var resident = silo.Resident();
            if (resident > Interlocked.Read(ref peak)) Interlocked.Exchange(ref peak, resident);
            await Task.Delay(500, CancellationToken.None);
        }
    }
}
