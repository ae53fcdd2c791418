using System.Globalization;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Latency;

/// <summary>One run: find the rate, then follow alerts at 10 % and at 50 % of it, on one process.</summary>
internal static class LatencyRun
{
    private const double Low = 0.1;
    private const double High = 0.5;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DrainMost = TimeSpan.FromMinutes(10);

    public static async Task<ScenarioReport> RunAsync(LatencyOptions options)
    {
        using var work = new Workspace("latency");
        await using var silo = await SiloProcess.StartAsync(work.Folder("data"), SiloProcess.ManyReads);
        using var door = new Door(silo.Address);
        var load = new SteadyLoad(
            silo, door, new MixedLoadOptions { Resources = options.Resources, Customers = options.Customers });
        await load.MeetAsync();
        var rate = await load.FindRateAsync(options.RateLength);
        var probes = new Probes(door, load.Subscriptions, options.ProbesPerSecond);
        var low = await PhaseAsync(load, probes, rate * Low, options.Length);
        var high = await PhaseAsync(load, probes, rate * High, options.Length);
        var ledger = await Drain.DrainedAsync(silo, DrainMost);
        var lost = Figures.Lost(door.Records, ledger);
        var figures = new
        {
            p50Ms = Figures.Quantile(high.Times, 0.5),
            p99Ms = Figures.Quantile(high.Times, 0.99),
            p50MsAt10 = Figures.Quantile(low.Times, 0.5),
            p99MsAt10 = Figures.Quantile(low.Times, 0.99),
            ratio = Math.Round(Figures.Quantile(high.Times, 0.99) / Figures.Quantile(low.Times, 0.99), 2),
            rate = Math.Round(rate),
            sentAt10 = Math.Round(low.Sent),
            sentAt50 = Math.Round(high.Sent),
            probes = low.Times.Count + high.Times.Count,
            lost,
            parked = Figures.Sum(ledger, "parked"),
            shed = Figures.Sum(ledger, "shed"),
        };
        return new ScenarioReport(figures, [.. low.Faults, .. high.Faults, .. ScenarioReport.FaultsOf(ledger, lost)]);
    }

    private static async Task<Phase> PhaseAsync(SteadyLoad load, Probes probes, double rate, TimeSpan length)
    {
        var pace = load.At(rate, Warm + length);
        using var end = new CancellationTokenSource();
        var sending = pace.RunAsync(end.Token);
        await ProbedAsync(probes, Warm);
        var times = await ProbedAsync(probes, length);
        await end.CancelAsync();
        var (records, took) = await sending;
        var phase = new Phase(times, rate, records / took.TotalSeconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {rate:F0} asked, {phase.Sent:F0} records/s sent: p50 {Figures.Quantile(times, 0.5)} ")
            + string.Create(CultureInfo.InvariantCulture, $"p99 {Figures.Quantile(times, 0.99)} max {times[^1]:F0} ms"));
        return phase;
    }

    private static async Task<List<double>> ProbedAsync(Probes probes, TimeSpan length)
    {
        using var end = new CancellationTokenSource(length);
        return await probes.RunAsync(end.Token);
    }

    private sealed record Phase(List<double> Times, double Asked, double Sent)
    {
        private const double Enough = 0.95;

        public IEnumerable<string> Faults
        {
            get
            {
                var unseen = Times.Count(time => time >= Probes.Most.TotalMilliseconds);
                if (unseen > 0) yield return $"{unseen} alerts were not visible within {Probes.Most}";
                if (Sent < Asked * Enough) yield return $"only {Sent:F0} of {Asked:F0} records a second could be sent";
            }
        }
    }
}
