using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>A grouping in shadow as tables.</summary>
internal static class ShadowTables
{
    /// <summary>Its settings, its counts, and what would be otherwise.</summary>
    public static void Show(IAnsiConsole console, JsonElement view)
    {
        var settings = Tables.New("What it weighs otherwise", "Setting", "Live", "In shadow");
        foreach (var one in Json.Items(view, "settings"))
            settings.Add(Json.Text(one, "name"), Json.Text(one, "live"), Json.Text(one, "shadow"));
        console.Show(settings, "It weighs nothing otherwise.");
        console.Line(Json.Text(view, "active") == "true"
            ? "It is tried now, and acts on nothing."
            : "No grouping is tried in shadow now; this is what the last one came to.");
        if (Tables.Time(view, "since") is { Length: > 0 } since) Totals(console, view, since);
        Verdicts(console, view, "now", "Otherwise now", "Nothing that is not sealed would be otherwise.");
        Verdicts(console, view, "sealed", "Otherwise when it was sealed", "Nothing that was sealed would have been otherwise.");
    }

    private static void Totals(IAnsiConsole console, JsonElement view, string since)
    {
        var totals = Json.Member(view, "totals") ?? view;
        var table = Tables.New($"Sealed since {since}", "", "Live", "In shadow");
        table.Add("Incidents", Json.Text(totals, "incidents"), Json.Text(totals, "incidentsInShadow"));
        table.Add("Signals in them", Json.Text(totals, "signals"), Json.Text(totals, "signalsInShadow"));
        table.Add("Signals an incident", Each(totals, ""), Each(totals, "InShadow"));
        console.Write(table);
        console.Line($"Of the live ones {Json.Text(totals, "same")} would be the same, {Json.Text(totals, "changed")} changed, "
            + $"{Json.Text(totals, "merged")} merged, {Json.Text(totals, "split")} split, {Json.Text(totals, "lost")} lost; "
            + $"{Json.Text(totals, "gained")} would be gained. {Json.Text(view, "waiting")} sealed symptoms wait.");
    }

    private static void Verdicts(IAnsiConsole console, JsonElement view, string name, string title, string nothing)
    {
        var table = Tables.New(title, "Incident", "Would be", "With", "Started (UTC)", "Symptoms", "In shadow");
        foreach (var one in Json.Items(view, name))
        {
            table.Add(
                Json.Text(one, "incident") is { Length: > 0 } incident ? incident : "none", Json.Text(one, "outcome"),
                string.Join(", ", Json.Items(one, "with").Select(other => other.ToString())), Tables.Time(one, "started"),
                Json.Text(one, "symptoms"), string.Join("; ", Json.Items(one, "shadow").Select(Part)));
        }

        console.Show(table, nothing);
    }

    private static string Part(JsonElement part)
    {
        var resources = Json.Items(part, "members").Select(member => Tables.Name(Json.Text(member, "resource"))).Distinct();
        return $"{Json.Text(part, "symptoms")} on {string.Join(", ", resources)}";
    }

    private static string Each(JsonElement totals, string where)
    {
        var (signals, incidents) = (Number(totals, "signals" + where), Number(totals, "incidents" + where));
        return incidents == 0 ? "" : (signals / incidents).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static double Number(JsonElement totals, string name) =>
        Json.Member(totals, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 0;
}
