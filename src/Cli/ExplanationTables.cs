using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>Why two things are together or apart, as tables.</summary>
internal static class ExplanationTables
{
    private const int Most = 20;

    /// <summary>The answer, what decided, and every term.</summary>
    public static void Show(IAnsiConsole console, JsonElement answer)
    {
        console.Line($"{(Json.Text(answer, "together") == "true" ? "Together" : "Apart")}: {Json.Text(answer, "text")}");
        var links = Json.Items(answer, "links");
        if (Json.Member(answer, "detail") is { ValueKind: JsonValueKind.Object } detail)
        {
            console.Show(Facts(detail), "Nothing more is known.");
            var names = Json.Items(detail, "symptoms").DistinctBy(symptom => Json.Text(symptom, "id"))
                .ToDictionary(symptom => Json.Text(symptom, "id"), Words);
            if (Json.Member(detail, "change") is { ValueKind: JsonValueKind.Object } change)
                console.Write(Terms("The change", [change], names));
            if (Json.Member(detail, "farthest") is { ValueKind: JsonValueKind.Object } farthest)
                console.Write(Terms("What has least to do with each other", [farthest], names));
            if (Json.Items(detail, "path").ToList() is { Count: > 0 } path)
            {
                var steps = path.Select(step => Json.Member(step, "link") ?? step);
                console.Write(Terms("The way from one to the other", steps, names));
                return;
            }

            if (links.Any()) console.Write(Terms(LinksTitle(answer), links, names));
            return;
        }

        if (links.Any()) console.Write(Terms(LinksTitle(answer), links, []));
    }

    private static string LinksTitle(JsonElement answer) =>
        Json.Text(answer, "together") == "true" ? "What joins them" : "The nearest misses";

    private static Table Facts(JsonElement detail)
    {
        var table = Tables.New("What was looked at", "What", "Value");
        table.Add("One", Thing(detail, "one"));
        table.Add("Other", Thing(detail, "other"));
        if (Json.Text(detail, "rule") is { Length: > 0 } rule && rule != "none") table.Add("Rule", rule);
        foreach (var name in (string[])["operator", "fate"])
            if (Json.Text(detail, name) is { Length: > 0 } value) table.Add(char.ToUpperInvariant(name[0]) + name[1..], value);
        if (Json.Member(detail, "missing") is { ValueKind: JsonValueKind.Number } missing && missing.GetDouble() > 0)
            table.Add("Missing", $"{Tables.Number(detail, "missing")} of {Tables.Number(detail, "threshold")}");
        foreach (var term in Json.Items(detail, "absent"))
            table.Add("Absent", $"{Json.Text(term, "name")} {Tables.Number(term, "weight")} ({Json.Text(term, "input")})");
        if (Json.Text(detail, "configuration") is { Length: > 0 } version && version != "0")
            table.Add("Compared by", $"version {version} of the configuration");
        return table;
    }

    private static string Thing(JsonElement detail, string name) => Json.Member(detail, name) is { } thing
        ? $"{Json.Text(thing, "kind")} {Json.Text(thing, "title")}"
            + (Json.Text(thing, "incident") is { Length: > 0 } incident ? $", in {incident}" : "")
        : "";

    private static Table Terms(string title, IEnumerable<JsonElement> links, Dictionary<string, string> names)
    {
        var table = Tables.New(title, "Score", "Between", "Term", "Weight", "From what");
        foreach (var link in links.Take(Most))
        {
            var (score, between) = (Tables.Number(link, "score"), Between(link, names));
            foreach (var term in Json.Items(link, "terms"))
            {
                table.Add(score, between, Json.Text(term, "name"), Tables.Number(term, "weight"), Json.Text(term, "input"));
                (score, between) = ("", "");
            }
        }

        return table;
    }

    private static string Between(JsonElement link, Dictionary<string, string> names)
    {
        var (from, to) = (Json.Text(link, "from"), Json.Text(link, "to"));
        if (from.Length > 0) return $"{names.GetValueOrDefault(from, from)} - {names.GetValueOrDefault(to, to)}";
        return Json.Member(link, "change") is { } change
            ? $"{Json.Text(change, "verb")} on {Tables.Name(Json.Text(change, "resource"))}" : "";
    }

    private static string Words(JsonElement symptom) =>
        $"{Json.Text(symptom, "condition")} on {Tables.Name(Json.Text(symptom, "resource"))}";
}
