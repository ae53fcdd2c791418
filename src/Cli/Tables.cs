using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>Tables whose cells are safe.</summary>
internal static class Tables
{
    /// <summary>Columns whose cells are short and are easier to read, and to copy, whole.</summary>
    private static readonly HashSet<string> Short =
    [
        "Id", "Status", "State", "Severity", "Started (UTC)", "From (UTC)", "Until", "At (UTC)", "Last (UTC)", "Event time (UTC)",
        "Symptoms", "Resources", "Signals", "Score", "Partition", "Kind", "Role", "Fate", "Time spent", "Cost", "Times",
        "Waiting", "Oldest (UTC)", "Newest (UTC)", "Tries", "Next try (UTC)",
    ];

    /// <summary>A table with a title and columns.</summary>
    public static Table New(string title, params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple).Title(TerminalText.Markup(title));
        foreach (var column in columns) table.AddColumn(new TableColumn(column) { NoWrap = Short.Contains(column) });
        return table;
    }

    /// <summary>Adds a row; every cell is cleaned and escaped.</summary>
    public static void Add(this Table table, params string[] cells) => table.AddRow(cells.Select(TerminalText.Markup).ToArray());

    /// <summary>Writes a line of text, cleaned and escaped.</summary>
    public static void Line(this IAnsiConsole console, string text) => console.MarkupLine(TerminalText.Markup(text));

    /// <summary>Writes a table, or a line that says that there is nothing in it.</summary>
    public static void Show(this IAnsiConsole console, Table table, string nothing)
    {
        if (table.Rows.Count > 0) console.Write(table);
        else console.Line(nothing);
    }

    /// <summary>A time, to the second, UTC; empty where there is none.</summary>
    public static string Time(JsonElement element, string name) =>
        DateTimeOffset.TryParse(Json.Text(element, name), CultureInfo.InvariantCulture, out var time)
            ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : "";

    /// <summary>A number with two decimals; as it came where it is none.</summary>
    public static string Number(JsonElement element, string name) =>
        Json.Member(element, name) is { ValueKind: JsonValueKind.Number } number
            ? number.GetDouble().ToString("0.00", CultureInfo.InvariantCulture)
            : Json.Text(element, name);

    /// <summary>An ISO 8601 duration in words; as it came where it is none.</summary>
    public static string Duration(JsonElement element, string name)
    {
        var text = Json.Text(element, name);
        if (text.Length == 0) return text;
        try
        {
            var span = System.Xml.XmlConvert.ToTimeSpan(text);
            return span.TotalHours >= 1
                ? $"{(long)span.TotalHours} h {span.Minutes} min" : $"{span.Minutes} min {span.Seconds} s";
        }
        catch (FormatException)
        {
            return text;
        }
    }

    /// <summary>A resource by its last segment.</summary>
    public static string Name(string resource) => resource[(resource.LastIndexOf('/') + 1)..];
}
