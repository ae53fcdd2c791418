using System.Diagnostics;
using System.Text;
using Correlation.Estate;
using Correlation.LoadTests.Shared;
using Correlation.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Correlation.LoadTests.Recovery;

/// <summary>One run: a process meets all resources and is killed; what they send in the backlog's time is put into its
/// stream; it
/// is started again, and what they send goes on coming.</summary>
/// <remarks>Live is when no more is unread than comes in a second. The backlog's log times are those of its being written,
/// which
/// takes seconds: how long reading takes does not depend on them.</remarks>
internal static class RecoveryRun
{
    private const int BacklogPart = 1_000;
    private const int MessagesPerAppend = 200;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DrainMost = TimeSpan.FromMinutes(10);

    public static async Task<ScenarioReport> RunAsync(RecoveryOptions options)
    {
        using var work = new Workspace("recovery");
        var folder = work.Folder("data");
        var load = new MixedLoadOptions { Resources = options.Resources, Customers = options.Customers };
        var before = await MeetAsync(folder, load);
        var stored = await StoreAsync(folder, load with
        {
            Part = BacklogPart,
            Records = Math.Max(1, (long)(load.RecordsPerSecond * options.Backlog.TotalSeconds)),
            Start = TimeProvider.System.GetUtcNow() - options.Backlog,
        });
        Console.WriteLine($"  {stored.Records} records in {stored.Messages} messages wait");
        return await LiveAsync(folder, load, options, before + stored.Records);
    }

    /// <summary>The first life, which ends by kill -9.</summary>
    /// <returns>How many records are durable.</returns>
    private static async Task<long> MeetAsync(string folder, MixedLoadOptions load)
    {
        await using var silo = await SiloProcess.StartAsync(folder);
        using var door = new Door(silo.Address);
        await new SteadyLoad(silo, door, load).MeetAsync();
        return door.Records;
    }

    private static async Task<(long Records, long Messages)> StoreAsync(string folder, MixedLoadOptions load)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddLocalStream(options => options.Folder = folder)
            .BuildServiceProvider();
        var intake = services.GetRequiredService<ISignalIntake>();
        var (records, messages) = (0L, 0L);
        foreach (var chunk in MixedLoad.Messages(load).Chunk(MessagesPerAppend))
        {
            await intake.AppendAsync(
                Array.ConvertAll(chunk, message => new ReadOnlyMemory<byte>(message.Body)), CancellationToken.None);
            records += chunk.Sum(message => (long)message.Records);
            messages += chunk.Length;
        }

        return (records, messages);
    }

    private static async Task<ScenarioReport> LiveAsync(
        string folder, MixedLoadOptions load, RecoveryOptions options, long before)
    {
        var started = Stopwatch.GetTimestamp();
        await using var silo = await SiloProcess.StartAsync(folder, SiloProcess.ManyReads);
        var ready = Stopwatch.GetElapsedTime(started);
        using var door = new Door(silo.Address);
        var steady = new SteadyLoad(silo, door, load);
        using var end = new CancellationTokenSource(options.Most);
        var sending = steady.At(load.RecordsPerSecond, TimeSpan.Zero).RunAsync(end.Token);
        var seeing = SeenAsync(door, steady.Subscriptions[0], started, end.Token);
        var (live, unread) = await CaughtUpAsync(silo, started, end.Token);
        var visible = await seeing;
        var cpu = silo.Cpu();
        await end.CancelAsync();
        await sending;
        var ledger = await Drain.DrainedAsync(silo, DrainMost);
        var lost = before + Figures.Lost(door.Records, ledger);
        var figures = new
        {
            liveSeconds = Seconds(live),
            readySeconds = Seconds(ready),
            visibleSeconds = Seconds(visible),
            durableSeconds = Seconds(Stopwatch.GetElapsedTime(started)),
            backlogRecords = before - options.Resources,
            arrivingPerSecond = Math.Round(load.RecordsPerSecond),
            cpuSeconds = Math.Round(cpu, 1),
            residentMiB = silo.Resident() >> 20,
            lost,
        };
        return new ScenarioReport(
            figures,
            [
                .. ScenarioReport.When(live is null, $"it was not live within {options.Most}"),
                .. ScenarioReport.When(unread == 0, "no backlog was ever seen"),
                .. ScenarioReport.When(visible is null, $"an alert sent when it answered was not visible within {options.Most}"),
                .. ScenarioReport.FaultsOf(ledger, lost),
            ]);
    }

    private static double? Seconds(TimeSpan? time) => time is { } known ? Math.Round(known.TotalSeconds, 1) : null;

    /// <summary>When no more was unread than comes in a second, since the process was started, null for never; and the most
    /// messages that were seen unread.</summary>
    private static async Task<(TimeSpan? Live, long Unread)> CaughtUpAsync(SiloProcess silo, long started, CancellationToken end)
    {
        var most = 0L;
        while (!end.IsCancellationRequested)
        {
            var unread = Figures.Unread(await silo.LedgerAsync());
            var at = Stopwatch.GetElapsedTime(started);
            most = Math.Max(most, unread);
            if (unread <= Math.Max(1, (await silo.CountersAsync()).Appended / at.TotalSeconds)) return (at, most);
            await Task.Delay(Poll, CancellationToken.None);
        }

        return (null, most);
    }

    /// <summary>When an alert sent at the beginning could be read as an incident, since the process was started.</summary>
    private static async Task<TimeSpan?> SeenAsync(Door door, string subscription, long started, CancellationToken end)
    {
        var resource = $"/subscriptions/{subscription}/resourcegroups/rg-probe/providers/microsoft.compute/virtualmachines/probe";
        await door.SendAsync(Encoding.UTF8.GetBytes(Alerts.Fired(resource, "probe", Guid.NewGuid(), 1, Alerts.Now)));
        while (!end.IsCancellationRequested)
        {
            if (await door.HasIncidentAsync(resource)) return Stopwatch.GetElapsedTime(started);
            await Task.Delay(Poll, CancellationToken.None);
        }

        return null;
    }
}
