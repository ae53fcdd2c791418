using System.Collections.Concurrent;
using Correlation.Contracts;
using Correlation.Signals;
using Microsoft.Extensions.Logging;

namespace Correlation.Grains.Customers;

/// <summary>Wakes resources whose deadline is over, or that are another customer's now. Nobody waits for it: what it leads to
/// comes as a report.</summary>
/// <param name="tick">Lets time pass at a resource.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Told of what failed.</param>
internal sealed partial class ResourceWaker(Func<ResourceId, StreamTime, Task> tick, TimeProvider clock, ILogger log)
{
    private const int WakesPerBeat = 500;

    /// <summary>After how much log time a resource is woken again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>After how long it is woken again where log time stands still: what it was told, or what it answered, may be
    /// lost.</summary>
    private static readonly TimeSpan AgainAtLeast = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (DateTimeOffset LogTime, long At)> _woken = [];

    /// <summary>Wakes resources, each at most once in a while; one that could not be woken with the next beat.</summary>
    public void Wake(IReadOnlyList<ResourceId> due, StreamTime time)
    {
        foreach (var (resource, (logTime, at)) in _woken)
        {
            if (time.Now - logTime >= Again || clock.GetElapsedTime(at) >= AgainAtLeast) _woken.TryRemove(resource, out _);
        }

        foreach (var resource in due.Distinct().Where(resource => !_woken.ContainsKey(resource.Canonical)).Take(WakesPerBeat))
        {
            _woken[resource.Canonical] = (time.Now, clock.GetTimestamp());
            _ = TickAsync(resource, time);
        }
    }

    private async Task TickAsync(ResourceId resource, StreamTime time)
    {
        try
        {
            await tick(resource, time);
        }
        catch (Exception error)
        {
            _woken.TryRemove(resource.Canonical, out _);
            LogWakeFailed(log, resource.Canonical, error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Waking resource {Resource} failed; it is woken again")]
    private static partial void LogWakeFailed(ILogger log, string resource, Exception error);
}
