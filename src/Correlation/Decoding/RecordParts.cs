using System.Text.Json;

namespace Correlation.Decoding;

/// <summary>Takes a message apart into the JSON of its records, as <see cref="MessageDecoder"/> counts them.</summary>
public static class RecordParts
{
    private const string Records = "records";

    /// <summary>The records' JSON as it came, in their order.</summary>
    /// <param name="body">The message.</param>
    /// <param name="count">How many records it has by its decoder.</param>
    /// <returns>Null where it is not plain JSON of one value, or seems to hold another number of records.</returns>
    public static IReadOnlyList<string>? Of(ReadOnlyMemory<byte> body, int count)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var found = new List<string>();
            Collect(json.RootElement, found);
            return found.Count == count ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Collect(JsonElement value, List<string> found)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) Collect(item, found);
        }
        else if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Records, out var inside)
            && inside.ValueKind == JsonValueKind.Array)
        {
            Collect(inside, found);
        }
        else
        {
            found.Add(value.GetRawText());
        }
    }
}
