using System.Diagnostics;
using System.Text;

namespace Correlation.LoadTests.Shared;

/// <summary>Measures accepted → visible for ordinary customers: an alert of severity Error on a resource of its own, and how
/// long from the answer 202 until the resource's live state (GET /api/v1/resources) names the incident that it opened.</summary>
/// <remarks>Visible so means: read, applied, stored, reported, grouped, in the customer's journal. Asked every 2 ms, later every
/// 5 % of the time waited; a figure is too long by up to that and one call, in all phases alike. An alert that nobody sees within
/// a minute counts as a minute. Then the alert is resolved, as Azure resolves most: what stays open would make every later phase
/// dearer.</remarks>
internal sealed class Probes(Door door, IReadOnlyList<string> subscriptions, double perSecond)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);
    /// <summary>What is not visible after so long counts as so long.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    private readonly Random random = new(1);
    private int made;

    /// <summary>Probes until it is told to stop, each customer in turn, at moments as random as those of a Poisson process: at
    /// fixed intervals all would meet, or none, what happens in the product at intervals of its own.</summary>
    /// <returns>The times, in milliseconds, sorted.</returns>
    public async Task<List<double>> RunAsync(CancellationToken stop)
    {
        var running = new List<Task<double>>();
        var (started, next) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (!stop.IsCancellationRequested)
        {
            running.Add(ProbeAsync());
            next += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / perSecond);
            var early = next - Stopwatch.GetElapsedTime(started);
            if (early > TimeSpan.Zero) await Task.Delay(early, CancellationToken.None);
        }

        var times = await Task.WhenAll(running);
        return [.. times.Order()];
    }

    private async Task<double> ProbeAsync()
    {
        var number = Interlocked.Increment(ref made);
        var subscription = subscriptions[number % subscriptions.Count];
        var group = $"/subscriptions/{subscription}/resourcegroups/rg-probe-{number}";
        var resource = $"{group}/providers/microsoft.compute/virtualmachines/probe-{number}";
        var (id, fired) = (Guid.NewGuid(), Alerts.Now);
        await door.SendAsync(Encoding.UTF8.GetBytes(Alerts.Fired(resource, "probe", id, 1, fired)));
        var waited = await VisibleAsync(resource);
        await door.SendAsync(Encoding.UTF8.GetBytes(Alerts.Resolved(resource, "probe", id, 1, (fired, Alerts.Now))));
        return waited.TotalMilliseconds;
    }

    private async Task<TimeSpan> VisibleAsync(string resource)
    {
        var accepted = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(accepted) < Most)
        {
            if (await door.HasIncidentAsync(resource)) return Stopwatch.GetElapsedTime(accepted);
            var waited = Stopwatch.GetElapsedTime(accepted) / 20;
            await Task.Delay(waited > Poll ? waited : Poll);
        }

        return Most;
    }
}
