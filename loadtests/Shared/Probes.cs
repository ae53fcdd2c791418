using System.Diagnostics;
using System.Text;

namespace Correlation.LoadTests.Shared;

/// <summary>Measures accepted → visible for ordinary customers: an alert of severity Error on a resource of its own, and
/// how long
/// from the answer 202 until the resource's live state (GET /api/v1/resources) names the incident that it opened.</summary>
/// <remarks>Visible so means: read, applied, stored, reported, grouped, in the customer's journal. Asked every 2 ms, later
/// every 5 % of the time waited; a figure is too long by up to that and one call, in all phases alike. An alert that nobody
/// sees
/// within a minute counts as a minute.</remarks>
internal sealed class Probes(Door door, IReadOnlyList<string> subscriptions, double perSecond)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);
    /// <summary>What is not visible after so long counts as so long.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    private int made;

    /// <summary>Probes until it is told to stop, each customer in turn.</summary>
    /// <returns>The times, in milliseconds, sorted.</returns>
    public async Task<List<double>> RunAsync(CancellationToken stop)
    {
        var running = new List<Task<double>>();
        var started = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            running.Add(ProbeAsync());
            var early = TimeSpan.FromSeconds(running.Count / perSecond) - Stopwatch.GetElapsedTime(started);
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
        await door.SendAsync(Encoding.UTF8.GetBytes(Alerts.Fired(resource, "probe", Guid.NewGuid(), 1, Alerts.Now)));
        var accepted = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(accepted) < Most)
        {
            if (await door.HasIncidentAsync(resource)) return Stopwatch.GetElapsedTime(accepted).TotalMilliseconds;
            var waited = Stopwatch.GetElapsedTime(accepted) / 20;
            await Task.Delay(waited > Poll ? waited : Poll);
        }

        return Most.TotalMilliseconds;
    }
}
