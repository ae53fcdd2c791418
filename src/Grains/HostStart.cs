using Microsoft.Extensions.Hosting;

namespace Correlation.Grains;

/// <summary>For background services that call grains: grains answer only once the host has started.</summary>
public static class HostStart
{
    /// <summary>Waits until the host has started.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime lifetime, CancellationToken cancel)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancel);
    }
}
