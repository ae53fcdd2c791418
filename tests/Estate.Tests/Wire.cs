using System.Globalization;
using System.Text.Json;

namespace Correlation.Estate.Tests;

/// <summary>A record as a reader of the messages finds it, without knowledge of the generator.</summary>
/// <param name="Message">The ordinal of its message.</param>
/// <param name="Record">Its ordinal in the message.</param>
/// <param name="Family">alert, metric, activity or log.</param>
/// <param name="Behind">How many seconds its event time is behind its message's log time.</param>
/// <param name="Json">Its JSON.</param>
internal sealed record WireRecord(int Message, int Record, string Family, double Behind, JsonElement Json);

internal static class Wire
{
    private static readonly HashSet<string> ActivityCategories = ["Administrative", "Policy", "ResourceHealth", "ServiceHealth"];
    private static readonly string[] TimeKeys = ["time", "TimeGenerated", "timeStamp", "EventTimeString"];

    /// <summary>Every record of every message that is JSON with objects in it.</summary>
    public static IEnumerable<WireRecord> Records(EstateDay day) => day.Messages.SelectMany(Records);

    /// <summary>Parses a payload; null where it is no JSON.</summary>
    public static JsonElement? Parse(string body)
    {
        try
        {
            return JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string AlertId(WireRecord alert) =>
        alert.Json.GetProperty("data").GetProperty("essentials").GetProperty("alertId").GetString()!;

    /// <summary>Every text in a JSON value.</summary>
    public static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    private static IEnumerable<WireRecord> Records(WireMessage message, int ordinal)
    {
        if (Parse(message.TokenBody) is not { ValueKind: JsonValueKind.Object } root) { yield break; }

        if (root.TryGetProperty("schemaId", out _))
        {
            yield return new WireRecord(ordinal, 0, "alert", message.AtSeconds - AlertTime(root), root);
            yield break;
        }

        var index = -1;
        foreach (var record in root.GetProperty("records").EnumerateArray())
        {
            index++;
            if (record.ValueKind != JsonValueKind.Object || TimeOf(record) is not { } time) { continue; }

            yield return new WireRecord(ordinal, index, FamilyOf(record), message.AtSeconds - time, record);
        }
    }

    private static string FamilyOf(JsonElement record) =>
        record.TryGetProperty("metricName", out _) ? "metric"
        : record.TryGetProperty("category", out var category) && ActivityCategories.Contains(category.GetString()!) ? "activity"
        : "log";

    private static double? TimeOf(JsonElement record)
    {
        foreach (var key in TimeKeys)
        {
            if (record.TryGetProperty(key, out var time)) { return Seconds(time.GetString()!); }
        }

        return null;
    }

    private static double AlertTime(JsonElement alert)
    {
        var essentials = alert.GetProperty("data").GetProperty("essentials");
        var key = essentials.TryGetProperty("resolvedDateTime", out _) ? "resolvedDateTime" : "firedDateTime";
        return Seconds(essentials.GetProperty(key).GetString()!);
    }

    private static double Seconds(string token) =>
        double.Parse(token.AsSpan(2, token.IndexOf('|', StringComparison.Ordinal) - 2), CultureInfo.InvariantCulture);
}
