using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Memory;

/// <summary>One run: a few resources warm the process up, its memory is measured, many more come, and it is measured again;
/// each
/// time when all is durable and all garbage is collected.</summary>
/// <remarks>What a resource takes is all that the process holds for it: its grain, its conditions, and their symptoms at its
/// customer. The rate of activation is that of the first rule's alerts, which are made while they are sent.</remarks>
internal static class MemoryRun
{
    private const int WarmResources = 2_000;
    private const int Looked = 200;
    private const int Share = 50_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainMost = TimeSpan.FromMinutes(20);

    public static async Task<ScenarioReport> RunAsync(MemoryOptions options)
    {
        using var work = new Workspace("memory");
        await using var silo = await SiloProcess.StartAsync(work.Folder("data"), SiloProcess.ManyReads);
        using var door = new Door(silo.Address);
        using var end = new CancellationTokenSource(options.Most);
        await MeetAsync(silo, door, new MemoryLoad(1, WarmResources, options), options, end.Token);
        var before = await MeasureAsync(silo);
        var load = new MemoryLoad(2, options.Resources, options);
        var met = await MeetAsync(silo, door, load, options, end.Token);
        var loaded = Held.Of(silo, await silo.MetricsAsync());
        var after = await MeasureAsync(silo);
        var ledger = await Drain.DrainedAsync(silo, DrainMost);
        var open = await OpenAsync(silo, load, met.Resources, options);
        var lost = Figures.Lost(door.Records, ledger);
        var active = after.Activations - before.Activations;
        return new ScenarioReport(
            Result(options, met, (before, loaded, after), lost, ledger),
            [
                .. ScenarioReport.When(
                    met.Resources < options.Resources,
                    $"only {met.Resources} resources came within {options.Most} and {options.MostMiB} MiB"),
                .. ScenarioReport.When(
                    open != 0, $"{open} of {Looked} resources looked at have not {options.Conditions} open conditions"),
                .. ScenarioReport.When(active < met.Resources, $"only {active:F0} more resources are active"),
                .. ScenarioReport.FaultsOf(ledger, lost),
            ]);
    }

    /// <summary>Sends the alerts, every rule's of a share of the resources before the next share; ends when all are
    /// durable.</summary>
    private static async Task<Met> MeetAsync(
        SiloProcess silo, Door door, MemoryLoad load, MemoryOptions options, CancellationToken end)
    {
        var (begun, activated, met) = (Stopwatch.GetTimestamp(), TimeSpan.Zero, 0);
        while (met < load.Resources && !end.IsCancellationRequested && silo.Resident() >> 20 < options.MostMiB)
        {
            var count = Math.Min(Share, load.Resources - met);
            for (var rule = 0; rule < options.Conditions; rule++)
            {
                var started = Stopwatch.GetTimestamp();
                await new Flood(silo, door, load.Of(rule, met, count).GetEnumerator()).RunAsync(CancellationToken.None);
                while ((await silo.CountersAsync()).Behind > 0) await Task.Delay(Poll, CancellationToken.None);
                if (rule == 0) activated += Stopwatch.GetElapsedTime(started);
            }

            met += count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {met} resources after {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s, {silo.Resident() >> 20} MiB"));
        }

        await Drain.DrainedAsync(silo, DrainMost);
        return new Met(met, activated, Stopwatch.GetElapsedTime(begun));
    }

    private static async Task<Held> MeasureAsync(SiloProcess silo)
    {
        // Twice: what the first one finalises, the second one frees.
        await FullCollection.RunAsync(silo);
        await FullCollection.RunAsync(silo);
        await Task.Delay(Rest);
        return Held.Of(silo, await silo.MetricsAsync());
    }

    /// <summary>How many of some resources, spread over all, do not have every condition open.</summary>
    private static async Task<int> OpenAsync(SiloProcess silo, MemoryLoad load, int met, MemoryOptions options)
    {
        var wrong = 0;
        for (var look = 0; look < Looked; look++)
        {
            var resource = load.ResourceOf((int)((long)look * met / Looked));
            using var answer = await silo.Http.GetAsync($"/api/v1/resources?id={Uri.EscapeDataString(resource)}");
            if (!answer.IsSuccessStatusCode)
            {
                wrong++;
                continue;
            }

            using var view = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
            var open = view.RootElement.GetProperty("conditions").EnumerateArray()
                .Count(condition => condition.GetProperty("open").GetBoolean());
            if (open != options.Conditions) wrong++;
        }

        return wrong;
    }

    private static object Result(
        MemoryOptions options, Met met, (Held Before, Held Loaded, Held After) held, long lost, JsonElement ledger)
    {
        var (before, loaded, after) = held;
        var collections = loaded.Collections - before.Collections;
        return new
        {
            bytesPerResource = Math.Round((after.Resident - before.Resident) / met.Resources),
            heapBytesPerResource = Math.Round((after.Heap - before.Heap) / met.Resources),
            resources = met.Resources,
            conditions = options.Conditions,
            baselineMiB = (long)before.Resident >> 20,
            loadedMiB = (long)loaded.Resident >> 20,
            collectedMiB = (long)after.Resident >> 20,
            activationsPerSecond = Math.Round(met.Resources / met.Activated.TotalSeconds),
            seconds = Math.Round(met.Took.TotalSeconds),
            collections,
            collectionsOfAll = loaded.FullCollections - before.FullCollections,
            pauseSeconds = Math.Round(loaded.Pause - before.Pause, 2),
            meanPauseMs = collections == 0 ? 0 : Math.Round((loaded.Pause - before.Pause) / collections * 1000, 1),
            pauseShare = Math.Round((loaded.Pause - before.Pause) / met.Took.TotalSeconds, 4),
            lost,
            parked = Figures.Sum(ledger, "parked"),
            shed = Figures.Sum(ledger, "shed"),
        };
    }

    /// <summary>What came.</summary>
    /// <param name="Resources">How many resources.</param>
    /// <param name="Activated">How long the first rule's alerts took until they were read.</param>
    /// <param name="Took">How long it took until all were durable.</param>
    private sealed record Met(int Resources, TimeSpan Activated, TimeSpan Took);

    /// <summary>What a process held, and what collecting had cost it so far.</summary>
    private sealed record Held(double Resident, double Heap, double Activations, double Collections, double Pause)
    {
        public double FullCollections { get; private init; }

        public static Held Of(SiloProcess silo, MetricsText metrics) => new(
            silo.Resident(),
            metrics.Sum("dotnet_gc_last_collection_heap_size_bytes"),
            metrics.Sum("orleans_catalog_activations", "grain_type=\"resource\""),
            metrics.Sum("dotnet_gc_collections_total"),
            metrics.Sum("dotnet_gc_pause_time_seconds_total"))
        {
            FullCollections = metrics.Sum("dotnet_gc_collections_total", "gc_heap_generation=\"gen2\""),
        };
    }
}
