using System.Diagnostics;
using System.Text.Json;
using Correlation.LoadTests.Throughput;

namespace Correlation.LoadTests.Fairness;

/// <summary>Sums and quantiles.</summary>
internal static class Figures
{
    public static double Quantile(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)], 1);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return Math.Round((sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, 1);
    }

    public static long Sum(JsonElement ledger, string fate) => ledger.GetProperty("partitions").EnumerateArray()
        .Sum(partition => partition.GetProperty("counts").GetProperty(fate).GetInt64());

    public static long Behind(JsonElement ledger) => ledger.GetProperty("partitions").EnumerateArray()
        .Sum(partition => partition.GetProperty("end").GetInt64() - partition.GetProperty("checkpoint").GetInt64());

    public static long Waiting(JsonElement ledger) => ledger.GetProperty("parking").GetProperty("waiting").GetInt64();

    public static bool Balanced(JsonElement ledger) => ledger.GetProperty("balanced").GetBoolean();

    /// <summary>Waits until no lane holds anything.</summary>
    public static async Task EmptyAsync(SiloProcess silo, TimeSpan most)
    {
        var started = Stopwatch.GetTimestamp();
        while (Waiting(await silo.LedgerAsync()) > 0 && Stopwatch.GetElapsedTime(started) < most) await Task.Delay(500);
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
            if (Behind(ledger) == 0 && Waiting(ledger) == 0) return ledger;
            if (Stopwatch.GetElapsedTime(started) > most) return ledger;
            await Task.Delay(500);
        }
    }
}
