using System.Text.Json;

namespace Correlation.LoadTests.Shared;

/// <summary>Quantiles, and sums over the ledgers as the API gives them.</summary>
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

    /// <summary>How many messages no reader has read yet.</summary>
    public static long Unread(JsonElement ledger) => ledger.GetProperty("partitions").EnumerateArray()
        .Sum(partition => partition.GetProperty("end").GetInt64() - partition.GetProperty("read").GetInt64());

    /// <summary>How many acknowledged records no ledger counts: 0 once all is durable, where nothing was lost.</summary>
    public static long Lost(long acknowledged, JsonElement ledger) => acknowledged - Sum(ledger, "records");

    public static bool Balanced(JsonElement ledger) => ledger.GetProperty("balanced").GetBoolean();
}
