using System.Collections.Immutable;
using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Finds the resources that the request or the answer of a write names. Nothing else of either is kept.</summary>
internal static class ActivityBodies
{
    private const int MaxLinked = 16;
    private const int MaxBody = 64 * 1024;
    private static readonly string[] Names = ["requestbody", "responseBody"];

    /// <summary>Other resources, in the order they are named, each once.</summary>
    /// <param name="properties">The properties of the entry: an object, or the text of one.</param>
    /// <param name="resource">The resource that was written.</param>
    public static ImmutableArray<ResourceId> Linked(ReadOnlySpan<byte> properties, ResourceId resource)
    {
        if (properties.IndexOf("ubscriptions"u8) < 0 || IsOf(resource, "microsoft.authorization/")) return [];
        var found = ImmutableArray.CreateBuilder<ResourceId>();
        try
        {
            var reader = new Utf8JsonReader(properties);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isBody = Names.Contains(reader.GetString(), StringComparer.OrdinalIgnoreCase);
                reader.Read();
                if (isBody && TextOf(ref reader, properties) is { } text) Scan(text, resource, found);
                else reader.Skip();
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A cut-off body: what was found before the cut counts.
        }

        return found.DrainToImmutable();
    }

    private static string? TextOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> properties)
    {
        if (reader.TokenType == JsonTokenType.String) return reader.ValueSpan.Length <= MaxBody ? reader.GetString() : null;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return null;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var length = (int)reader.BytesConsumed - start;
        return length <= MaxBody ? System.Text.Encoding.UTF8.GetString(properties.Slice(start, length)) : null;
    }

    private static void Scan(string text, ResourceId resource, ImmutableArray<ResourceId>.Builder found)
    {
        const string Root = "/subscriptions/";
        var at = text.IndexOf(Root, StringComparison.OrdinalIgnoreCase);
        while (at >= 0 && found.Count < MaxLinked)
        {
            var length = text.AsSpan(at).IndexOfAny("\"\\',;<>(){}[]?# \t\r\n");
            var end = length < 0 ? text.Length : at + length;

            // A text that is cut off may end within an id.
            if (length > 0 && ResourceId.TryParse(text[at..end]) is { } other && IsLink(resource, other)
                && !found.Contains(other))
            {
                found.Add(other);
            }

            at = end >= text.Length ? -1 : text.IndexOf(Root, end, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static bool IsLink(ResourceId resource, ResourceId other) =>
        other.Type.Contains('/') && !IsOf(other, "microsoft.authorization/") && !IsOf(other, "microsoft.resources/")
        && !other.Canonical.StartsWith(resource.Canonical, StringComparison.Ordinal)
        && !resource.Canonical.StartsWith(other.Canonical, StringComparison.Ordinal);

    private static bool IsOf(ResourceId resource, string provider) =>
        resource.Type.StartsWith(provider, StringComparison.Ordinal);
}
