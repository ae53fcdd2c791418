using System.Text.Json;

namespace Correlation.Decoding;

/// <summary>Reads members of the rarer families, whose names come with a capital or without.</summary>
internal static class AlertElement
{
    /// <summary>The member of that name, or of that name with its first letter in the other case; undefined for none.</summary>
    public static JsonElement Member(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return default;
        if (element.TryGetProperty(name, out var member)) return member;
        Span<char> other = stackalloc char[name.Length];
        name.CopyTo(other);
        other[0] = char.IsLower(other[0]) ? char.ToUpperInvariant(other[0]) : char.ToLowerInvariant(other[0]);
        return element.TryGetProperty(other, out member) ? member : default;
    }

    /// <summary>The text of a member, at most <see cref="CommonAlertText.MaxLength"/> characters; null for none.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        var member = element.Member(name);
        if (member.ValueKind == JsonValueKind.Number) return CommonAlertText.Cut(member.GetRawText(), CommonAlertText.MaxLength);
        if (member.ValueKind != JsonValueKind.String) return null;
        var text = CommonAlertText.Cut(StringOf(member), CommonAlertText.MaxLength);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>The time of a member; null for none.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) => CommonAlertText.TimeOf(element.Text(name));

    private static string StringOf(JsonElement member)
    {
        try
        {
            return member.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: the text is kept as it stands, escapes and all.
            return member.GetRawText().Trim('"');
        }
    }
}
