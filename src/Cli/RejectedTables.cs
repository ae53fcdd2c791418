using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Correlation.Cli;

/// <summary>Rejected records as a table.</summary>
internal static class RejectedTables
{
    private const int ExcerptBytes = 120;

    /// <summary>A list; positions whole, because that is what the command takes.</summary>
    public static void List(IAnsiConsole console, JsonElement page)
    {
        var table = Tables.New("Rejected", "At (UTC)", "Reason", "Now", "Begins", "Position");
        foreach (var item in Json.Items(page))
        {
            var isUnderstood = Json.Member(item, "understood") is { ValueKind: JsonValueKind.True };
            table.Add(
                Tables.Time(item, "logTime"), Json.Text(item, "reason"),
                isUnderstood ? "understood" : Json.Text(item, "detail"), Begins(item), Json.Text(item, "position"));
        }

        console.Show(table, "Nothing was rejected here.");
        if (Json.Text(page, "next") is { Length: > 0 } next) console.Line($"More: --cursor {next}");
    }

    private static string Begins(JsonElement item)
    {
        var payload = Json.Member(item, "payload") is { ValueKind: JsonValueKind.String } text
            && text.TryGetBytesFromBase64(out var bytes) ? bytes : [];
        return Encoding.UTF8.GetString(payload.AsSpan(0, Math.Min(payload.Length, ExcerptBytes)));
    }
}
