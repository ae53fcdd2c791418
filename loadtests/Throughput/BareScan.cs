using System.Diagnostics;
using System.Text.Json;

namespace Correlation.LoadTests.Throughput;

/// <summary>What anybody who understands the messages must do at least: pass every token.</summary>
internal static class BareScan
{
    private const int Threads = 2;

    /// <summary>Scans the messages with two threads.</summary>
    /// <returns>How long it took.</returns>
    public static TimeSpan Run(LoadSet load)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(Work)).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return Stopwatch.GetElapsedTime(started);

        void Work()
        {
            for (var at = Interlocked.Increment(ref next); at < load.Messages.Count; at = Interlocked.Increment(ref next))
            {
                var reader = new Utf8JsonReader(load.Messages[at].Body);
                while (reader.Read())
                {
                }
            }
        }
    }
}
