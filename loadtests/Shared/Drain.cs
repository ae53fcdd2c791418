using System.Diagnostics;
using System.Text.Json;

namespace Correlation.LoadTests.Shared;

/// <summary>Waits for a product to have done with what it was sent.</summary>
internal static class Drain
{
    /// <summary>Waits until no lane holds anything.</summary>
    public static async Task EmptyAsync(SiloProcess silo, TimeSpan most)
    {
        var started = Stopwatch.GetTimestamp();
        while (Figures.Waiting(await silo.LedgerAsync()) > 0 && Stopwatch.GetElapsedTime(started) < most) await Task.Delay(500);
        Console.WriteLine($"  lanes empty after {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
    }

    /// <summary>Waits until everything is durable and no lane holds anything.</summary>
    /// <returns>The ledger then.</returns>
    public static async Task<JsonElement> DrainedAsync(SiloProcess silo, TimeSpan most)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var ledger = await silo.LedgerAsync();
            if (Figures.Behind(ledger) == 0 && Figures.Waiting(ledger) == 0) return ledger;
            if (Stopwatch.GetElapsedTime(started) > most) return ledger;
            await Task.Delay(500);
        }
    }
}
