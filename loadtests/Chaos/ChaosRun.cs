using System.Diagnostics;
using System.Globalization;
using Correlation.Estate;
using Correlation.Grains.Readers;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Chaos;

/// <summary>One run: measure what the cluster takes, break it under load, and hold what it came to against an undisturbed
/// run.</summary>
internal sealed class ChaosRun(ChaosOptions options, string folder)
{
    private const double Share = 0.3;
    private const int MeasuredMessages = 4_000;
    private const int MostMessages = 80_000;
    private static readonly TimeSpan SettleMost = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan MeasureMost = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Compared = TimeSpan.FromHours(20);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private const int StillReads = 5;

    private readonly Ports _ports = new();
    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <summary>Runs all of it.</summary>
    public async Task<ChaosFigures> RunAsync()
    {
        var rate = options.Rate > 0 ? options.Rate : await MeasureAsync();
        var messages = (int)Math.Min(MostMessages, rate * options.Length.TotalSeconds);
        var estate = await ChaosEstate.MakeAsync(options.Seed, messages);
        messages = Math.Min(messages, estate.Messages.Count);
        Tell($"{messages} messages at {rate:F1} a second, seed {options.Seed}");
        var expected = await UndisturbedAsync(estate, messages);
        Tell($"undisturbed, all sealed: {expected.Sealed.Lines.Count} lines, {expected.Sealed.Effects.Count} effects");
        return await BrokenAsync(estate, messages, rate, expected);
    }

    private ClusterSetup SetupOf(ChaosEstate estate, ActionReceiver receiver) => new(options.Silos)
    {
        Customers = estate.Customers,
        Rules = ChaosEstate.Rules(receiver.Port),
        Settings = ChaosEstate.Settings,
        OtherBinaries = options.OtherBinaries,
    };

    /// <summary>The rate to send at: a share of what the cluster takes when everything is sent at once.</summary>
    private async Task<double> MeasureAsync()
    {
        var estate = await ChaosEstate.MakeAsync(options.Seed, MeasuredMessages);
        await using var receiver = await ActionReceiver.StartAsync(_ports.Next());
        var place = Directory.CreateDirectory(Path.Combine(folder, "measure")).FullName;
        await using var cluster = await Cluster.StartAsync(place, SetupOf(estate, receiver), _ports);
        var begun = Stopwatch.GetTimestamp();
        await new Feed(cluster.Http, estate).SendAsync(MeasuredMessages, 0, CancellationToken.None);
        await UntilAsync(
            MeasureMost, async () => await cluster.Api.CountAsync("messages", ChaosEstate.Stream) >= MeasuredMessages);
        var reached = MeasuredMessages / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Tell($"{options.Silos} silos reach {reached:F0} messages a second");
        return reached * Share;
    }

    /// <summary>The same messages on the embedded default, one process that nobody disturbs.</summary>
    private async Task<(Outcome Running, Outcome Sealed)> UndisturbedAsync(ChaosEstate estate, int messages)
    {
        var quiet = Directory.CreateDirectory(Path.Combine(folder, "undisturbed")).FullName;
        await using var receiver = await ActionReceiver.StartAsync(_ports.Next());
        await File.WriteAllTextAsync(Path.Combine(quiet, "customers.json"), estate.Customers);
        await File.WriteAllTextAsync(Path.Combine(quiet, "rules.yaml"), ChaosEstate.Rules(receiver.Port));
        await using var silo = await SiloProcess.StartAsync(quiet, ChaosEstate.Settings);
        var feed = new Feed(silo.Http, estate);
        await feed.SendAsync(messages, 0, CancellationToken.None);
        var api = new ProductApi(silo.Http);
        await UntilAsync(SettleMost, async () => await api.CountAsync("messages", ChaosEstate.Stream) >= messages);
        var since = estate.LogTimeOf(messages) - Compared;
        var running = await SettledAsync(() => Outcome.ReadAsync(api, since, receiver));
        Tell($"undisturbed, while time stands still: {running.Lines.Count} lines, {running.Effects.Count} effects");
        await feed.FinishAsync(CancellationToken.None);
        return (running, await SettledAsync(() => Outcome.ReadAsync(api, estate.End, receiver)));
    }

    private async Task<ChaosFigures> BrokenAsync(
        ChaosEstate estate, int messages, double rate, (Outcome Running, Outcome Sealed) expected)
    {
        await using var receiver = await ActionReceiver.StartAsync(_ports.Next());
        var place = Directory.CreateDirectory(Path.Combine(folder, "broken")).FullName;
        await using var cluster = await Cluster.StartAsync(place, SetupOf(estate, receiver), _ports);
        await using var watch = await ClusterWatch.StartAsync(cluster);
        var orphans = new OrphanLog(watch);
        var faults = new FaultRunner(cluster, watch, orphans, Tell);
        var feed = new Feed(cluster.Http, estate);
        var sending = feed.SendAsync(messages, rate, CancellationToken.None);
        await faults.RunAsync(options.Faults ? FaultPlan.Make(options) : [], CancellationToken.None);
        while (!sending.IsCompleted) await faults.SuperviseAsync(Beat, CancellationToken.None);
        await sending;
        Tell("all is sent and mended");
        var sent = Stopwatch.GetTimestamp();
        await UntilAsync(SettleMost, async () =>
        {
            await faults.SuperviseAsync(Beat, CancellationToken.None);
            return await cluster.Api.CountAsync("messages", ChaosEstate.Stream) >= messages;
        });
        var caughtUp = Stopwatch.GetElapsedTime(sent);
        await orphans.SettleAsync();
        Tell($"caught up {caughtUp.TotalSeconds:F0} s later");
        var since = estate.LogTimeOf(messages) - Compared;
        var running = await SameAsync(() => Outcome.ReadAsync(cluster.Api, since, receiver), expected.Running);
        await feed.FinishAsync(CancellationToken.None);
        var all = await SameAsync(() => Outcome.ReadAsync(cluster.Api, estate.End, receiver), expected.Sealed);
        return new ChaosFigures(options, rate, messages, [new(expected.Running, running), new(expected.Sealed, all)])
        {
            Kills = faults.Kills,
            Frozen = faults.Frozen,
            Ended = faults.Ended,
            Drained = faults.Drained,
            Others = faults.Others,
            Retries = feed.Retries,
            Rewinds = cluster.Silos.Sum(silo => silo.Process.LinesWith(PartitionReader.Rewound)),
            CatchUp = caughtUp,
            Orphans = orphans.Orphans,
        };
    }

    /// <summary>The outcome once it stands still.</summary>
    private static async Task<Outcome> SettledAsync(Func<Task<Outcome>> read)
    {
        var (same, now) = (0, await read());
        await UntilAsync(SettleMost, async () =>
        {
            await Task.Delay(Beat);
            var before = now;
            now = await read();
            same = now.Same(before) ? same + 1 : 0;
            return same == StillReads;
        });
        return now;
    }

    /// <summary>The outcome once it is the expected one, or as it is when there is no more patience.</summary>
    private async Task<Outcome> SameAsync(Func<Task<Outcome>> read, Outcome expected)
    {
        var begun = Stopwatch.GetTimestamp();
        var told = (0, 0);
        while (true)
        {
            await Task.Delay(Beat);
            try
            {
                var now = await read();
                if (now.Same(expected) || Stopwatch.GetElapsedTime(begun) > SettleMost) return now;
                var (missing, tooMany) = (now.Missing(expected), now.TooMany(expected));
                if ((missing.Count, tooMany.Count) != told)
                {
                    Tell($"{missing.Count} lines missing, {tooMany.Count} too many; waiting");
                    foreach (var line in missing.Take(3)) Tell($"  missing: {line[..Math.Min(line.Length, 300)]}");
                    foreach (var line in tooMany.Take(3)) Tell($"  too many: {line[..Math.Min(line.Length, 300)]}");
                }

                told = (missing.Count, tooMany.Count);
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(begun) < SettleMost)
            {
                // The cluster mends itself.
            }
        }
    }

    private static async Task UntilAsync(TimeSpan most, Func<Task<bool>> isTrue)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < most)
        {
            try
            {
                if (await isTrue()) return;
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                // The cluster mends itself.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        throw new InvalidOperationException($"Waited {most} in vain.");
    }

    private void Tell(string what) => Console.Error.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_begun).TotalSeconds,6:F0} s {what}"));
}
