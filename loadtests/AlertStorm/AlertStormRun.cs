using System.Diagnostics;
using System.Text;
using Correlation.Estate;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.AlertStorm;

/// <summary>One run: all the alerts at a steady rate, then until the customer has decided on all of them.</summary>
/// <remarks>It is done when every alert is a symptom and none is loose: each is in an incident.</remarks>
internal sealed class AlertStormRun(AlertStormOptions options)
{
    private const int PerBody = 10;
    private const int PerGroup = 50;
    private const string Subscription = "5707a111-0000-4000-8000-000000000001";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    private long _peak;

    /// <summary>Runs it.</summary>
    public static Task<ScenarioReport> RunAsync(AlertStormOptions options) => new AlertStormRun(options).RunAsync();

    private async Task<ScenarioReport> RunAsync()
    {
        using var work = new Workspace("alert-storm");
        await using var silo = await SiloProcess.StartAsync(work.Folder("data"), SiloProcess.ManyReads);
        using var door = new Door(silo.Address);
        var before = silo.Resident();
        using var watched = new CancellationTokenSource();
        var watching = WatchAsync(silo, watched.Token);
        var rate = options.Alerts / options.Length.TotalSeconds;
        var (sent, took) = await new Pace(door, Bodies().GetEnumerator(), rate).RunAsync(CancellationToken.None);
        var ended = Stopwatch.GetTimestamp();
        var api = new ProductApi(silo.Http);
        var (grouped, loose, customer) = await GroupedAsync(silo, api, ended);
        var behind = Stopwatch.GetElapsedTime(ended);
        var ledger = await Drain.DrainedAsync(silo, Most);
        await watched.CancelAsync();
        await watching;
        var incidents = (await api.ListAsync($"incidents?customer={customer}&limit=200")).Count;
        var lost = Figures.Lost(door.Records, ledger);
        return new ScenarioReport(
            new
            {
                secondsBehind = Math.Round(behind.TotalSeconds, 1),
                alerts = sent,
                seconds = Math.Round(took.TotalSeconds, 1),
                grouped,
                incidents,
                loose,
                baselineMiB = before >> 20,
                peakMiB = Interlocked.Read(ref _peak) >> 20,
                cpuSeconds = Math.Round(silo.Cpu(), 1),
                lost,
                parked = Figures.Sum(ledger, "parked"),
                shed = Figures.Sum(ledger, "shed"),
            },
            [
                .. ScenarioReport.When(grouped != sent, $"only {grouped} of {sent} alerts were symptoms within {Most}"),
                .. ScenarioReport.When(loose != 0, $"{loose} alerts or more are in no incident after {Most}"),
                .. ScenarioReport.When(took > options.Length * 1.1, $"the alerts took {took.TotalSeconds:F0} s to send"),
                .. ScenarioReport.FaultsOf(ledger, lost),
            ]);
    }

    private async Task<(long Symptoms, int Loose, string Customer)> GroupedAsync(SiloProcess silo, ProductApi api, long since)
    {
        while (true)
        {
            var customer = (await silo.LedgerAsync()).GetProperty("customers").EnumerateArray().Single();
            var key = customer.GetProperty("customer").GetString()!;
            var symptoms = customer.GetProperty("counts").GetProperty("symptoms").GetInt64();
            var isOver = Stopwatch.GetElapsedTime(since) > Most;
            if (symptoms >= options.Alerts || isOver)
            {
                var loose = (await api.GetAsync($"customers/{key}/symptoms?place=loose&limit=500")).GetProperty("items");
                if (loose.GetArrayLength() == 0 || isOver) return (symptoms, loose.GetArrayLength(), key);
            }

            await Task.Delay(Poll);
        }
    }

    private async Task WatchAsync(SiloProcess silo, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            _peak = Math.Max(_peak, silo.Resident());
            await Task.Delay(Poll, CancellationToken.None);
        }
    }

    /// <summary>One rule after the other on all resources.</summary>
    private IEnumerable<(byte[] Body, int Records)> Bodies() =>
        Enumerable.Range(0, options.Alerts).Chunk(PerBody).Select(numbers =>
    {
        var alerts = numbers.Select(number => Alerts.Fired(
            ResourceOf(number % options.Resources), $"rule-{number / options.Resources}", Guid.NewGuid(), options.Severity,
            Alerts.Now));
        return (Encoding.UTF8.GetBytes($"[{string.Join(',', alerts)}]"), numbers.Length);
    });

    private static string ResourceOf(int number) =>
        $"/subscriptions/{Subscription}/resourcegroups/rg-{number / PerGroup}/providers/microsoft.web/sites/app-{number}";
}
