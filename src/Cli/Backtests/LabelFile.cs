using System.Text.Json;

namespace Correlation.Cli.Backtests;

/// <summary>Reads labels: which signal really belongs to which incident.</summary>
internal static class LabelFile
{
    /// <summary>For each signal's id the incident that it belongs to; null for none.</summary>
    /// <exception cref="CliException">A line is no label, or contradicts another; it is named.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string file)
    {
        var labels = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Label(line) is not var (id, incident))
                throw Wrong(file, number, "expected {\"id\": signal id, \"incident\": name or null}.");
            if (!labels.TryAdd(id, incident) && labels[id] != incident)
                throw Wrong(file, number, $"{TerminalText.Clean(id)} has another incident in a line before.");
        }

        return labels.Count > 0 ? labels : throw new CliException(ExitCode.Usage, $"{TerminalText.Clean(file)} holds no labels.");
    }

    private static (string Id, string? Incident)? Label(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var label = json.RootElement;
            if (label.ValueKind != JsonValueKind.Object
                || !label.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String
                || !label.TryGetProperty("incident", out var incident)) return null;
            return incident.ValueKind is JsonValueKind.String or JsonValueKind.Null
                ? (id.GetString()!, incident.GetString()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CliException Wrong(string file, int number, string why) =>
        new(ExitCode.Usage, $"{TerminalText.Clean(file)}, line {number + 1}: {why}");
}
