using System.Buffers;
using System.Text;

namespace Correlation.Decoding;

/// <summary>Lower case without the detour over every character: nearly all texts are ASCII, and many are lower already.</summary>
internal static class LowerText
{
    /// <summary>The text in lower case; itself where it is that already.</summary>
    public static string Of(string text)
    {
        if (!Ascii.IsValid(text)) return text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAnyInRange('A', 'Z')) return text;
        return string.Create(text.Length, text, static (span, source) => Ascii.ToLower(source, span, out _));
    }

    /// <summary>Writes a text in lower case; it never grows.</summary>
    public static void Write(ReadOnlySpan<char> text, Span<char> room)
    {
        if (Ascii.ToLower(text, room, out _) != OperationStatus.Done) text.ToLowerInvariant(room);
    }
}
