using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Dependencies;

/// <summary>How the parts of a row are read, whoever may have written it.</summary>
internal static class GraphRow
{
    private const string Root = "/subscriptions/";
    private const string Providers = "/providers/";
    private const int TopSegments = 3;

    /// <summary>A property by its name, in any case: Resource Graph changes the case of some.</summary>
    public static bool TryGet(JsonElement row, string name, out JsonElement value)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            value = default;
            return false;
        }

        if (row.TryGetProperty(name, out value)) return true;
        foreach (var property in row.EnumerateObject())
        {
            if (!property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            value = property.Value;
            return true;
        }

        return false;
    }

    /// <summary>A text property; null where it is none or empty.</summary>
    public static string? Text(JsonElement row, string name) =>
        TryGet(row, name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <summary>The canonical id of a resource that a provider has; null for anything else.</summary>
    public static string? IdOf(string? text) =>
        text is not null && ResourceId.TryParse(text) is { IsArm: true, Canonical: var id } && IsResource(id) ? id : null;

    /// <summary>The resource that a canonical id is a part of, or is.</summary>
    public static string Top(string id)
    {
        var at = id.IndexOf(Providers, StringComparison.Ordinal) + Providers.Length;
        for (var segment = 0; segment < TopSegments; segment++)
        {
            var slash = id.IndexOf('/', at);
            if (slash < 0) return id;
            at = slash + 1;
        }

        return id[..(at - 1)];
    }

    /// <summary>The names of resources anywhere in a value, property names included, in order; bounded.</summary>
    public static IEnumerable<string> References(JsonElement value)
    {
        var left = ResourceGraphLimits.ValuesPerRow;
        var waiting = new Stack<JsonElement>([value]);
        while (waiting.Count > 0 && left-- > 0)
        {
            var at = waiting.Pop();
            if (at.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in at.EnumerateArray().Take(left)) waiting.Push(item);
            }
            else if (at.ValueKind == JsonValueKind.String && at.GetString() is { } text && IsReference(text))
            {
                if (IdOf(text) is { } id) yield return id;
            }
            else if (at.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in at.EnumerateObject().Take(left))
                {
                    if (IsReference(property.Name) && IdOf(property.Name) is { } id) yield return id;
                    waiting.Push(property.Value);
                }
            }
        }
    }

    private static bool IsReference(string text) =>
        text.Length is > 20 and <= ResourceId.MaxLength && text.StartsWith(Root, StringComparison.OrdinalIgnoreCase);

    private static bool IsResource(string id) =>
        id.IndexOf(Providers, StringComparison.Ordinal) is >= 0 and var at
        && id.AsSpan(at + Providers.Length).Count('/') >= TopSegments - 1;
}
