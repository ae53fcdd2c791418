using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>The ledgers as tables: whatever counts the server keeps.</summary>
internal static class LedgerTables
{
    /// <summary>The ledgers.</summary>
    public static void Show(IAnsiConsole console, JsonElement ledger)
    {
        var partitions = Tables.New("Signals", "Partition", "Checkpoint", "Read", "End", "Counts");
        foreach (var item in Json.Items(ledger, "partitions"))
        {
            partitions.Add(
                $"{Json.Text(item, "stream")}/{Json.Text(item, "partition")}", Json.Text(item, "checkpoint"),
                Json.Text(item, "read"), Json.Text(item, "end"), Counts(item));
        }

        console.Show(partitions, "No partitions.");
        var customers = Tables.New("Symptoms", "Customer", "Counts");
        foreach (var item in Json.Items(ledger, "customers")) customers.Add(Json.Text(item, "customer"), Counts(item));
        console.Show(customers, "No customers.");
        if (Json.Member(ledger, "parking") is { } parking) console.Line($"Parked signals: {NotZero(parking, "none")}.");
        console.Line(Json.Text(ledger, "balanced") == "true" ? "Balanced." : "NOT BALANCED.");
    }

    private static string Counts(JsonElement item) =>
        Json.Member(item, "counts") is { ValueKind: JsonValueKind.Object } counts ? NotZero(counts, "") : "";

    private static string NotZero(JsonElement counts, string nothing)
    {
        var shown = counts.EnumerateObject()
            .Where(count => count.Value.ValueKind == JsonValueKind.Number && count.Value.GetRawText() != "0")
            .Select(count => $"{count.Name} {count.Value.GetRawText()}").ToList();
        return shown.Count == 0 ? nothing : string.Join(", ", shown);
    }
}
