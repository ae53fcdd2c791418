using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>A resource's live state as tables.</summary>
internal static class ResourceTables
{
    /// <summary>One resource.</summary>
    public static void One(IAnsiConsole console, JsonElement resource)
    {
        console.Line(Json.Text(resource, "resource"));
        console.Line(
            $"{Json.Text(resource, "health")}, customer {Json.Text(resource, "customer")}, "
            + $"{Json.Text(resource, "signalCount")} signals, "
            + $"last {Tables.Time(resource, "lastSignal")}, on {Json.Text(resource, "silo")}");
        var incidents = string.Join(", ", Json.Items(resource, "incidents").Select(id => id.ToString()));
        console.Line(incidents.Length == 0 ? "In no unsealed incident." : $"In {incidents}");
        console.Show(Conditions(resource), "No conditions.");
        console.Show(Signals(resource), "No recent signals.");
        console.Show(Changes(resource), "No recent changes.");
    }

    private static Table Conditions(JsonElement resource)
    {
        var table = Tables.New("Conditions", "Condition", "Open", "Flapping", "Facts", "Symptoms");
        foreach (var item in Json.Items(resource, "conditions"))
        {
            table.Add(
                Json.Text(item, "condition"), Json.Text(item, "open"), Json.Text(item, "flapping"), Json.Text(item, "facts"),
                string.Join("; ", Json.Items(item, "symptoms").Select(s =>
                    $"{Tables.Time(s, "start")} - {Tables.Time(s, "end")}")));
        }

        return table;
    }

    private static Table Signals(JsonElement resource)
    {
        var table = Tables.New("Recent signals", "Event time (UTC)", "Kind", "Role", "Severity", "Fate", "Title");
        foreach (var item in Json.Items(resource, "recentSignals"))
        {
            table.Add(
                Tables.Time(item, "eventTime"), Json.Text(item, "kind"), Json.Text(item, "role"), Json.Text(item, "severity"),
                Json.Text(item, "fate"), Json.Text(item, "title"));
        }

        return table;
    }

    private static Table Changes(JsonElement resource)
    {
        var table = Tables.New("Recent changes", "At (UTC)", "Verb", "Title", "Who");
        foreach (var item in Json.Items(resource, "recentChanges"))
            table.Add(Tables.Time(item, "at"), Json.Text(item, "verb"), Json.Text(item, "title"), Json.Text(item, "actor"));
        return table;
    }
}
