using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Fairness;

/// <summary>One run: warm up, then calm and flood in turns on one process, calm last: each flood lies between two calm phases,
/// so that what grows with the run (open incidents, the log) weighs on both alike.</summary>
internal sealed class FairnessRun(FairnessOptions options)
{
    private const double Hurry = 2;
    private const double FloodHurry = 10;
    private const double RecordsPerResource = 4 / 0.7 / 60;
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan DrainMost = TimeSpan.FromMinutes(10);

    private readonly List<Phase> calm = [];
    private readonly List<Phase> flood = [];

    public async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("correlation-fairness-").FullName;
        try
        {
            await using var silo = await SiloProcess.StartAsync(folder);
            using var door = new Door(silo.Address);
            await PhasesAsync(silo, door);
            var ledger = await Drain.DrainedAsync(silo, DrainMost);
            return Result(ledger, door, silo);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task PhasesAsync(SiloProcess silo, Door door)
    {
        var share = options.Rate / options.Customers;
        var ordinary = Load(1, options.Customers, options.Rate, Hurry);
        var length = options.Phase * options.Rounds;
        var one = LoadSource.Of(Load(2, 1, share * options.Times, FloodHurry), share * options.Times * length.TotalSeconds);
        var probes = new Probes(door, MixedLoad.Subscriptions(ordinary), options.ProbesPerSecond);
        using var end = new CancellationTokenSource();
        var all = options.Rate * (Warm + (2 * length) + options.Phase).TotalSeconds;
        var steady = new Pace(door, LoadSource.Of(ordinary, all), options.Rate).RunAsync(end.Token);
        await PhaseAsync("warm", silo, probes, null, Warm);
        for (var round = 0; round < options.Rounds; round++)
        {
            calm.Add(await PhaseAsync("calm", silo, probes, null, options.Phase));
            flood.Add(await PhaseAsync("flood", silo, probes, new Pace(door, one, share * options.Times), options.Phase));
            // What is left of the flood is no part of the next calm phase.
            await Drain.EmptyAsync(silo, DrainMost);
        }

        calm.Add(await PhaseAsync("calm", silo, probes, null, options.Phase));
        await end.CancelAsync();
        var (records, took) = await steady;
        Console.WriteLine($"  steady {records / took.TotalSeconds:F0} records/s");
    }

    private static async Task<Phase> PhaseAsync(string name, SiloProcess silo, Probes probes, Pace? flood, TimeSpan length)
    {
        using var end = new CancellationTokenSource(length);
        var (started, cpu) = (Stopwatch.GetTimestamp(), silo.Cpu());
        var flooding = flood?.RunAsync(end.Token) ?? Task.FromResult((0L, TimeSpan.FromSeconds(1)));
        var times = await probes.RunAsync(end.Token);
        var (records, took) = await flooding;
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var ledger = await silo.LedgerAsync();
        var phase = new Phase(times, (silo.Cpu() - cpu) / seconds, records / took.TotalSeconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name} p50 {phase.P50} p99 {phase.P99} max {times[^1]:F0} ms, {phase.Cores:F2} cores, flood {phase.Flood:F0}/s, ")
            + $"behind {Figures.Behind(ledger)}, waiting {Figures.Waiting(ledger)}, "
            + $"parked {Figures.Sum(ledger, "parked")}, shed {Figures.Sum(ledger, "shed")}, {silo.Resident() >> 20} MiB");
        return phase;
    }

    private string Result(JsonElement ledger, Door door, SiloProcess silo)
    {
        var p99 = Figures.Median(flood.Select(phase => phase.P99));
        var calmP99 = Figures.Median(calm.Select(phase => phase.P99));
        var before = Figures.Median(calm.SkipLast(1).Select(phase => phase.P99));
        return JsonSerializer.Serialize(
            new
            {
                p50Ms = Figures.Median(flood.Select(phase => phase.P50)),
                p99Ms = p99,
                calmP50Ms = Figures.Median(calm.Select(phase => phase.P50)),
                calmP99Ms = calmP99,
                ratioVisible = Math.Round(p99 / calmP99, 2),
                ratioToCalmBefore = Math.Round(p99 / before, 2),
                calmCores = Figures.Median(calm.Select(phase => phase.Cores)),
                floodCores = Figures.Median(flood.Select(phase => phase.Cores)),
                floodPerSecond = Figures.Median(flood.Select(phase => phase.Flood)),
                lost = door.Records - Figures.Sum(ledger, "records"),
                parked = Figures.Sum(ledger, "parked"),
                shed = Figures.Sum(ledger, "shed"),
                waiting = Figures.Waiting(ledger),
                refused = door.Refused,
                behind = Figures.Behind(ledger),
                balanced = Figures.Balanced(ledger),
                residentMiB = silo.Resident() >> 20,
            },
            JsonSerializerOptions.Web);
    }

    private static MixedLoadOptions Load(ulong seed, int customers, double rate, double hurry) => new()
    {
        Seed = seed,
        Customers = customers,
        Resources = Math.Max(customers, (int)(rate / RecordsPerResource / hurry)),
        Records = long.MaxValue,
        Start = TimeProvider.System.GetUtcNow() - Before,
    };

    private sealed record Phase(IReadOnlyList<double> Times, double Cores, double Flood)
    {
        public double P50 { get; } = Figures.Quantile(Times, 0.5);

        public double P99 { get; } = Figures.Quantile(Times, 0.99);
    }
}
