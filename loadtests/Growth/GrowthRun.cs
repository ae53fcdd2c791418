using System.Diagnostics;
using System.Globalization;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Growth;

/// <summary>One run: a process of its own for each point. All resources are met first; what that costs is not
/// counted.</summary>
internal static class GrowthRun
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DrainMost = TimeSpan.FromMinutes(10);

    public static async Task<ScenarioReport> RunAsync(GrowthOptions options)
    {
        var (points, faults) = (new List<GrowthPoint>(), new List<string>());
        foreach (var (resources, customers) in options.Points)
            points.Add(await PointAsync(options, resources, customers, faults));
        var byResources = points.Where(point => options.Resources.Contains(point.Resources)
            && point.Customers == Math.Min(point.Resources, GrowthOptions.UsualCustomers)).ToList();
        var byCustomers = points.Where(point => options.Customers.Contains(point.Customers)
            && point.Resources == Math.Max(GrowthOptions.UsualResources, point.Customers)).ToList();
        var from = byResources.Find(point => point.Resources == GrowthOptions.UsualResources) ?? byResources.MinBy(Resources);
        var figures = new
        {
            ratioCpu = Ratio(byResources.MaxBy(Resources), from),
            ratioCpuCustomers = Ratio(byCustomers.MaxBy(Customers), byCustomers.MinBy(Customers)),
            behindSecondsMost = points.Max(point => point.BehindSeconds),
            nothingFellBehind = points.All(point => point.IsKeptUp),
            lost = points.Sum(point => point.Lost),
            points = points.Select(point => new
            {
                point.Resources, point.Customers, point.CpuSecondsPerMillion, point.Sent, point.Read, point.BehindSeconds,
                point.DrainedSeconds, point.ResidentMiB, point.Aside.Parked, point.Aside.Shed, point.Lost,
            }),
        };
        return new ScenarioReport(figures, faults);
    }

    private static int Resources(GrowthPoint point) => point.Resources;

    private static int Customers(GrowthPoint point) => point.Customers;

    private static double Ratio(GrowthPoint? large, GrowthPoint? small) => large is null || small is null ? 0
        : Math.Round(large.CpuSecondsPerMillion / small.CpuSecondsPerMillion, 2);

    private static async Task<GrowthPoint> PointAsync(GrowthOptions options, int resources, int customers, List<string> faults)
    {
        using var work = new Workspace("growth");
        await using var silo = await SiloProcess.StartAsync(work.Folder("data"));
        using var door = new Door(silo.Address);
        var load = new SteadyLoad(silo, door, new MixedLoadOptions { Resources = resources, Customers = customers });
        await load.MeetAsync();
        var pace = load.At(options.Rate, Warm + options.Length);
        using var end = new CancellationTokenSource();
        var sending = pace.RunAsync(end.Token);
        await await Task.WhenAny(sending, Task.Delay(Warm, CancellationToken.None));
        var (first, sentFirst) = (await silo.CountersAsync(), door.Records);
        await await Task.WhenAny(sending, Task.Delay(options.Length, CancellationToken.None));
        var (last, sentLast) = (await silo.CountersAsync(), door.Records);
        await end.CancelAsync();
        await sending;
        var ended = Stopwatch.GetTimestamp();
        var ledger = await Drain.DrainedAsync(silo, DrainMost);
        var seconds = Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;
        var point = new GrowthPoint(
            resources, customers,
            Math.Round((last.Cpu - first.Cpu) / (last.Signals - first.Signals) * 1_000_000, 2),
            Math.Round((sentLast - sentFirst) / seconds),
            Math.Round((last.Signals - first.Signals) / seconds),
            Math.Round(last.Behind * (last.Signals / (double)last.Read) / options.Rate, 2),
            Math.Round(Stopwatch.GetElapsedTime(ended).TotalSeconds, 1))
        {
            Asked = options.Rate,
            ResidentMiB = silo.Resident() >> 20,
            Lost = Figures.Lost(door.Records, ledger),
            Aside = (Figures.Sum(ledger, "parked"), Figures.Sum(ledger, "shed")),
        };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {resources} resources, {customers} customers: {point.CpuSecondsPerMillion} CPU-s per million, ")
            + string.Create(CultureInfo.InvariantCulture,
            $"sent {point.Sent}/s, read {point.Read}/s, {point.BehindSeconds} s behind, {point.ResidentMiB} MiB"));
        faults.AddRange(point.Faults.Concat(ScenarioReport.FaultsOf(ledger, point.Lost))
            .Select(fault => $"{resources} resources, {customers} customers: {fault}"));
        return point;
    }
}
