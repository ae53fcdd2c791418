using Correlation.Contracts;
using Correlation.Customers;
using Correlation.Signals;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Customers;

/// <summary>Wakes resources whose deadline is over, or that are another customer's now. Nobody waits for it: what it leads to
/// comes as a report.</summary>
internal sealed partial class ResourceWaker(IGrainFactory grains, CustomerKey customer, ILogger log)
{
    private const int WakesPerBeat = 500;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _woken = [];

    /// <summary>Wakes resources, each at most once in a minute of log time.</summary>
    public void Wake(IReadOnlyList<ResourceId> due, StreamTime time)
    {
        foreach (var old in _woken.Where(pair => time.Now - pair.Value >= Again).Select(pair => pair.Key).ToList())
        {
            _woken.Remove(old);
        }

        foreach (var resource in due.Distinct().Where(resource => !_woken.ContainsKey(resource.Canonical)).Take(WakesPerBeat))
        {
            _woken[resource.Canonical] = time.Now;
            _ = TickAsync(resource, time);
        }
    }

    private async Task TickAsync(ResourceId resource, StreamTime time)
    {
        try
        {
            await grains.GetGrain<IResourceGrain>(ResourceKeys.Of(resource, customer)).Tick(time);
        }
        catch (Exception error)
        {
            LogWakeFailed(log, resource.Canonical, error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Waking resource {Resource} failed; it is woken again in a minute")]
    private static partial void LogWakeFailed(ILogger log, string resource, Exception error);
}
