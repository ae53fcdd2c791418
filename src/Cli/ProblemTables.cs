using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>Problems as a table.</summary>
internal static class ProblemTables
{
    /// <summary>A list.</summary>
    public static void List(IAnsiConsole console, JsonElement page)
    {
        var table = Tables.New("Problems", "Id", "State", "Times", "Cadence", "Time spent", "Cost", "Last (UTC)", "Fix held",
            "Title");
        foreach (var item in Json.Items(page))
        {
            table.Add(
                Json.Text(item, "id"), Json.Text(item, "state"), Json.Text(item, "occurrences"), Json.Text(item, "cadence"),
                Tables.Duration(item, "timeSpent"), Tables.Number(item, "cost"), Tables.Time(item, "last"),
                Json.Text(item, "fixHeld"),
                    Json.Text(item, "title"));
        }

        console.Show(table, "No problems.");
    }
}
