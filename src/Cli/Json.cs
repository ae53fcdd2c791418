using System.Text.Json;

namespace Correlation.Cli;

/// <summary>Reads what a server of any version may leave out.</summary>
internal static class Json
{
    /// <summary>A document.</summary>
    /// <exception cref="CliException">The text is no JSON.</exception>
    public static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new CliException(ExitCode.ServerError, "The server's answer is no JSON. Is this address really the gateway?");
        }
    }

    /// <summary>A member's value as text; empty where it is absent, null, or an object.</summary>
    public static string Text(JsonElement element, string name)
    {
        if (Member(element, name) is not { } value) return "";
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        };
    }

    /// <summary>A member; null where it is absent or null.</summary>
    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null
            ? value : null;

    /// <summary>A member's items; none where it is no list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, string name = "items") =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
