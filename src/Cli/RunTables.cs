using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>Runs as a table.</summary>
internal static class RunTables
{
    /// <summary>A list.</summary>
    public static void List(IAnsiConsole console, JsonElement page)
    {
        var table = Tables.New("Runs", "Id", "State", "At (UTC)", "Action", "Rule", "Resource", "Incident", "Outcome");
        foreach (var item in Json.Items(page))
        {
            table.Add(
                Json.Text(item, "id"), StateOf(item), Tables.Time(item, "created"), Json.Text(item, "action"),
                Json.Text(item, "rule"), Tables.Name(Json.Text(item, "resource")), Json.Text(item, "incident"),
                Json.Text(item, "outcome"));
        }

        console.Show(table, "Nothing was proposed so far.");
        if (Json.Text(page, "next") is { Length: > 0 } next) console.Line($"More: --cursor {next}");
    }

    private static string StateOf(JsonElement item) =>
        Json.Member(item, "shadow") is { ValueKind: JsonValueKind.True } ? "shadow" : Json.Text(item, "state");
}
