using System.Diagnostics;
using System.Globalization;

namespace Correlation.LoadTests.Shared;

/// <summary>What one product takes on this machine, beside whoever sends it.</summary>
internal static class RateFinder
{
    /// <summary>How many signals a second are read and answered while as much is sent as is accepted, with a bounded backlog:
    /// what the gateway accepts and the pipeline keeps up with.</summary>
    /// <param name="silo">The product.</param>
    /// <param name="door">Its gateway.</param>
    /// <param name="source">What is sent; it must outlast the time.</param>
    /// <param name="warm">How long it is sent before it counts.</param>
    /// <param name="length">How long it counts.</param>
    public static async Task<double> FindAsync(
        SiloProcess silo, Door door, IEnumerator<(byte[] Body, int Records)> source, TimeSpan warm, TimeSpan length)
    {
        using var end = new CancellationTokenSource();
        var flood = new Flood(silo, door, source).RunAsync(end.Token);
        await await Task.WhenAny(flood, Task.Delay(warm, CancellationToken.None));
        var first = await silo.CountersAsync();
        await await Task.WhenAny(flood, Task.Delay(length, CancellationToken.None));
        var last = await silo.CountersAsync();
        if (flood.IsCompleted) throw new InvalidOperationException("There was nothing more to send before the rate was found.");
        await end.CancelAsync();
        await flood;
        var seconds = Stopwatch.GetElapsedTime(first.At, last.At).TotalSeconds;
        var rate = (last.Signals - first.Signals) / seconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  the gateway takes, and the pipeline keeps up with, {rate:F0} signals/s; ")
            + string.Create(CultureInfo.InvariantCulture, $"{(last.Cpu - first.Cpu) / seconds:F2} cores"));
        return rate;
    }
}
