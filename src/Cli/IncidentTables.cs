using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>Incidents as tables.</summary>
internal static class IncidentTables
{
    private const int ReasonsShown = 20;

    /// <summary>A list.</summary>
    public static void List(IAnsiConsole console, JsonElement page)
    {
        var table = Tables.New("Incidents", "Id", "Status", "Severity", "Started (UTC)", "Symptoms", "Resources", "Cause",
            "Title");
        foreach (var item in Json.Items(page))
        {
            table.Add(
                Json.Text(item, "id"), Json.Text(item, "status"), Json.Text(item, "severity"), Tables.Time(item, "started"),
                Json.Text(item, "symptomCount"), Json.Text(item, "resourceCount"), Tables.Name(Json.Text(item, "cause")),
                    Json.Text(item, "title"));
        }

        console.Show(table, "No incidents.");
        if (Json.Text(page, "next") is { Length: > 0 } next) console.Line($"More: --cursor {next}");
    }

    /// <summary>One incident's head, causes, changes and reasons.</summary>
    public static void One(IAnsiConsole console, JsonElement incident)
    {
        var summary = Json.Member(incident, "summary") ?? incident;
        console.Line($"{Json.Text(summary, "id")}  {Json.Text(summary, "title")}");
        console.Line($"{Json.Text(summary, "status")}, {Json.Text(summary, "severity")}, from {Tables.Time(summary, "started")} "
            + $"until {(Tables.Time(summary, "resolved") is { Length: > 0 } end ? end : "now")}, "
            + $"version {Json.Text(summary, "version")}");
        if (Json.Text(summary, "problem") is { Length: > 0 } problem) console.Line($"Occurrence of problem {problem}");
        console.Line(Json.Text(incident, "why"));
        console.Show(Causes(incident), "No likely cause stands out.");
        console.Show(Changes(incident), "No change near its start.");
        console.Show(Reasons(incident), "One symptom: nothing to put together.");
    }

    /// <summary>Its symptoms.</summary>
    public static void Members(IAnsiConsole console, JsonElement page)
    {
        var table = Tables.New("Members", "Resource", "Condition", "Severity", "From (UTC)", "Until", "Signals", "Title");
        foreach (var symptom in Json.Items(page).Select(item => Json.Member(item, "symptom") ?? item))
        {
            table.Add(
                Tables.Name(Json.Text(symptom, "resource")), Json.Text(symptom, "condition"), Json.Text(symptom, "severity"),
                Tables.Time(symptom, "start"), Tables.Time(symptom, "end"), Json.Text(symptom, "signalCount"),
                    Json.Text(symptom, "title"));
        }

        console.Show(table, "No members.");
    }

    /// <summary>What happened.</summary>
    public static void Timeline(IAnsiConsole console, JsonElement page)
    {
        var table = Tables.New("Timeline", "At (UTC)", "What", "Text", "Who", "Resource");
        foreach (var entry in Json.Items(page))
        {
            table.Add(
                Tables.Time(entry, "at"), Json.Text(entry, "kind"), Json.Text(entry, "text"), Json.Text(entry, "actor"),
                Tables.Name(Json.Text(entry, "resource")));
        }

        console.Show(table, "Nothing happened yet.");
    }

    private static Table Causes(JsonElement incident)
    {
        var table = Tables.New("Likely causes", "Score", "Resource", "Why");
        foreach (var cause in Json.Items(incident, "causes"))
            table.Add(Tables.Number(cause, "score"), Json.Text(cause, "resource"), Lines(cause));
        return table;
    }

    private static Table Changes(JsonElement incident)
    {
        var table = Tables.New("Changes near its start", "Score", "At (UTC)", "Resource", "Change", "Why");
        foreach (var ranked in Json.Items(incident, "changes"))
        {
            var change = Json.Member(ranked, "change") ?? ranked;
            table.Add(
                Tables.Number(ranked, "score"), Tables.Time(change, "at"), Tables.Name(Json.Text(change, "resource")),
                Json.Text(change, "title"), Lines(ranked));
        }

        return table;
    }

    private static Table Reasons(JsonElement incident)
    {
        var table = Tables.New("Why its symptoms belong together", "Score", "Symptoms", "Evidence");
        foreach (var link in Json.Items(incident, "reasons").Take(ReasonsShown))
        {
            var terms = Json.Items(link, "terms").Select(t =>
                $"{Json.Text(t, "name")} {Tables.Number(t, "weight")} ({Json.Text(t, "input")})");
            table.Add(Tables.Number(link, "score"), $"{Short(Json.Text(link, "from"))} - {Short(Json.Text(link, "to"))}",
                string.Join("; ", terms));
        }

        return table;
    }

    private static string Lines(JsonElement ranked) =>
        string.Join("; ", Json.Items(ranked, "reasons").Select(reason => reason.ToString()));

    private static string Short(string id) => id.Length <= 8 ? id : id[..8];
}
