using System.Diagnostics;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Versus;

/// <summary>What is done with one contender.</summary>
internal sealed class Bout(VersusOptions options)
{
    private const int WarmSet = 1;
    private const int CountedSet = 2;
    private const int KilledSet = 3;
    private const int FirstSweepSet = 10;
    private static readonly int[] BatchSizes = [1, 10, 50, 200, 500, 1_000, 2_000];
    private static readonly TimeSpan VisibleMost = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SettledMost = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Finds the batch size at which a side accepts most alerts a second; all sizes on one process, each with
    /// alerts of
    /// its own, and only once it has done with those before.</summary>
    public async Task<int> BestBatchAsync(Side side, string folder)
    {
        if (options.Sweep == 0) return 500;
        await using var contender = await side.StartAsync(folder);
        await SendAsync(contender, Bodies(side, Alerts(WarmSet, options.Warm), 100));
        var best = (Size: 1, PerSecond: 0.0);
        foreach (var (size, number) in BatchSizes.Select((size, number) => (size, number)))
        {
            var alerts = Alerts(FirstSweepSet + number, Math.Max(options.Sweep, size * options.Connections));
            var took = await SendAsync(contender, Bodies(side, alerts, size));
            await VisibleAsync(contender, alerts);
            var perSecond = alerts.Count / took.TotalSeconds;
            Console.WriteLine($"  {side.Name}: batches of {size}: {perSecond:F0} alerts accepted/s");
            if (perSecond > best.PerSecond) best = (size, perSecond);
        }

        return best.Size;
    }

    /// <summary>Sends the alerts of one round to a new process that was warmed with others, and reads them back.</summary>
    public async Task<BoutFigures> CountAsync(Side side, string folder, int batch)
    {
        await using var contender = await side.StartAsync(folder);
        var warm = Alerts(WarmSet, options.Warm);
        await SendAsync(contender, Bodies(side, warm, batch));
        await VisibleAsync(contender, warm);
        var alerts = Alerts(CountedSet, options.Alerts);
        var bodies = Bodies(side, alerts, batch);
        var cpu = ProcessFigures.Cpu(contender.Id);
        var begun = Stopwatch.GetTimestamp();
        var accepted = await SendAsync(contender, bodies);
        var seen = await VisibleAsync(contender, alerts);
        var visible = Stopwatch.GetElapsedTime(begun);
        var settled = await SettledAsync(contender, warm.Count + alerts.Count);
        var figures = new BoutFigures(
            alerts.Count / accepted.TotalSeconds, seen / visible.TotalSeconds,
            (ProcessFigures.Cpu(contender.Id) - cpu) / alerts.Count * 1_000_000, ProcessFigures.Peak(contender.Id) >> 20,
            alerts.Count - seen, settled, bodies.Sum(body => (double)body.Length) / alerts.Count);
        Console.WriteLine($"  {side.Name}: {figures.Line()}");
        return figures;
    }

    /// <summary>Has alerts acknowledged, kills the process at once, starts it again on its folder, and reads.</summary>
    /// <returns>How many acknowledged alerts are gone.</returns>
    public async Task<int> LostByKillAsync(Side side, string folder, int batch)
    {
        var alerts = Alerts(KilledSet, options.Kill);
        await using (var contender = await side.StartAsync(folder))
        {
            await SendAsync(contender, Bodies(side, alerts, batch));
            await contender.KillAsync();
        }

        await using var again = await side.StartAsync(folder);
        return alerts.Count - await VisibleAsync(again, alerts, side.Recovers);
    }

    private IReadOnlyList<TestAlert> Alerts(int set, int count) =>
        TestAlert.Make(set, count, options.Customers, TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>Written before anything is timed.</summary>
    private static List<byte[]> Bodies(Side side, IReadOnlyList<TestAlert> alerts, int batch) =>
        [.. alerts.Chunk(batch).Select(side.Body)];

    /// <summary>Sends bodies, so many at a time as there are connections.</summary>
    /// <returns>The time from the first request to the last acknowledgement.</returns>
    private async Task<TimeSpan> SendAsync(IContender contender, List<byte[]> bodies)
    {
        var (next, begun) = (-1, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(async _ =>
        {
            for (var at = Interlocked.Increment(ref next); at < bodies.Count; at = Interlocked.Increment(ref next))
                await contender.SendAsync(bodies[at]);
        }));
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Reads until every alert was named by one complete reading, or the time is over.</summary>
    /// <returns>How many were.</returns>
    private static async Task<int> VisibleAsync(IContender contender, IReadOnlyList<TestAlert> alerts, TimeSpan? most = null)
    {
        var (wanted, begun) = (alerts.Select(alert => alert.Key).ToHashSet(), Stopwatch.GetTimestamp());
        while (true)
        {
            var seen = await contender.ReadAsync(wanted);
            if (seen >= alerts.Count || Stopwatch.GetElapsedTime(begun) > (most ?? VisibleMost)) return seen;
            await Task.Delay(Poll);
        }
    }

    private static async Task<bool> SettledAsync(IContender contender, long alerts)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < SettledMost)
        {
            if (await contender.IsSettledAsync(alerts)) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }

        return false;
    }
}

/// <summary>What one contender did in one round.</summary>
/// <param name="AcceptedPerSecond">From the first request to the last acknowledgement.</param>
/// <param name="VisiblePerSecond">From the first request until one complete reading named all.</param>
/// <param name="CpuMicroseconds">Processor time for one alert, until the process had done with it, reading included.</param>
/// <param name="PeakMiB">The most memory that the process ever held.</param>
/// <param name="Unseen">Acknowledged alerts that no reading named.</param>
/// <param name="IsSettled">Whether it had done with all in time.</param>
/// <param name="BytesPerAlert">Size of an alert in the product's format.</param>
internal sealed record BoutFigures(
    double AcceptedPerSecond, double VisiblePerSecond, double CpuMicroseconds, long PeakMiB, int Unseen, bool IsSettled,
    double BytesPerAlert)
{
    public string Line() => FormattableString.Invariant(
        $"{AcceptedPerSecond:F0} accepted/s, {VisiblePerSecond:F0} visible/s, {CpuMicroseconds:F0} µs CPU an alert, ")
        + FormattableString.Invariant($"{PeakMiB} MiB at most, {BytesPerAlert:F0} bytes an alert, {Unseen} unseen");
}
