using System.Text.Json;

namespace Correlation.Estate;

/// <summary>The ids by which the truth knows the records of an estate's messages: a record of a log has none but its correlation
/// id, which a correlator may not have kept; its place in the messages it has.</summary>
public static class RecordIds
{
    private static readonly string[] Names = ["eventDataId", "_ItemId", "correlationId"];

    /// <summary>The id of every record that belongs to a symptom of the truth, by its place.</summary>
    public static IReadOnlyDictionary<RecordMark, string> Of(EstateDay day)
    {
        var wanted = day.Truth.Failures.SelectMany(f => f.Symptoms).Concat(day.Truth.Noise).SelectMany(s => s.ExternalIds)
            .ToHashSet(StringComparer.Ordinal);
        Dictionary<RecordMark, string> ids = [];
        for (var message = 0; message < day.Messages.Count; message++)
        {
            var body = day.Messages[message].TokenBody;
            var isMetrics = body.StartsWith("{\"records\":[{\"count\":", StringComparison.Ordinal);
            if (isMetrics || !TryParse(body, out var json)) { continue; }

            using (json)
            {
                foreach (var (record, index) in Records(json.RootElement).Select((r, i) => (r, i)))
                {
                    if (IdOf(record, wanted) is { } id) { ids[new RecordMark(message, index)] = id; }
                }
            }
        }

        return ids;
    }

    private static IEnumerable<JsonElement> Records(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object ? []
        : root.TryGetProperty("records", out var records) && records.ValueKind == JsonValueKind.Array ? records.EnumerateArray()
        : root.TryGetProperty("data", out var data) && data.TryGetProperty("essentials", out var alert) ? [alert] : [];

    private static string? IdOf(JsonElement record, HashSet<string> wanted) =>
        record.ValueKind != JsonValueKind.Object ? null
        : Names.Append("alertId").Select(name => record.TryGetProperty(name, out var id) ? id.GetString() : null)
            .FirstOrDefault(id => id is not null && wanted.Contains(id));

    private static bool TryParse(string body, out JsonDocument json)
    {
        try
        {
            json = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            json = null!;
            return false;
        }
    }
}
