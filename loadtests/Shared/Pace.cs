using System.Diagnostics;

namespace Correlation.LoadTests.Shared;

/// <summary>Sends bodies at a steady rate: a slow answer delays nothing but what exceeds the calls in flight.</summary>
internal sealed class Pace(Door door, IEnumerator<(byte[] Body, int Records)> source, double recordsPerSecond)
{
    private const int CallsMax = 12;

    /// <summary>Sends until it is told to stop.</summary>
    /// <returns>How many records were sent, and how long that took.</returns>
    public async Task<(long Records, TimeSpan Took)> RunAsync(CancellationToken stop)
    {
        using var calls = new SemaphoreSlim(CallsMax);
        var running = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        var sent = 0L;
        while (!stop.IsCancellationRequested && source.MoveNext())
        {
            var (body, count) = source.Current;
            var early = TimeSpan.FromSeconds(sent / recordsPerSecond) - Stopwatch.GetElapsedTime(started);
            if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early, CancellationToken.None);
            await calls.WaitAsync(CancellationToken.None);
            running.RemoveAll(call => call.IsCompletedSuccessfully);
            running.Add(CallAsync(calls, body));
            sent += count;
        }

        await Task.WhenAll(running);
        return (sent, Stopwatch.GetElapsedTime(started));
    }

    private async Task CallAsync(SemaphoreSlim calls, byte[] body)
    {
        try
        {
            await door.SendAsync(body);
        }
        finally
        {
            calls.Release();
        }
    }
}
