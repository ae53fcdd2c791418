using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>Resources with parked signals as a table.</summary>
internal static class ParkingTables
{
    /// <summary>A list; resources whole, because that is what the commands take.</summary>
    public static void List(IAnsiConsole console, JsonElement page)
    {
        var table = Tables.New(
            "Parked", "Customer", "Waiting", "Oldest (UTC)", "Newest (UTC)", "Tries", "Next try (UTC)", "Reason", "Resource");
        foreach (var item in Json.Items(page))
        {
            table.Add(
                Json.Text(item, "customer"), Json.Text(item, "waiting"), Tables.Time(item, "oldest"),
                Tables.Time(item, "newest"), Json.Text(item, "tries"), NextTry(item), Json.Text(item, "reason"),
                Json.Text(item, "resource"));
        }

        console.Show(table, "Nothing is parked.");
        if (Json.Text(page, "next") is { Length: > 0 } next) console.Line($"More: --cursor {next}");
    }

    private static string NextTry(JsonElement item) => Tables.Time(item, "nextTry") is { Length: > 0 } time ? time : "now";
}
