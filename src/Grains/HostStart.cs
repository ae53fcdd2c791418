using Microsoft.Extensions.Hosting;

namespace Correlation.Grains;

/// <summary>Waits for the host.</summary>
internal static class HostStart
{
    /// <summary>Ends once the host has started: grains answer only from then on.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime lifetime, CancellationToken cancel)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancel);
    }
}
