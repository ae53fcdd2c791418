using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Reads the words and numbers by which Azure says how bad something is.</summary>
/// <remarks>
/// Two scales of numbers exist: alerts count from 0 (Sev0 is the worst), levels of logs from 1 (1 is Critical, 5 Verbose). Which
/// of them a number belongs to is known only from where it stands, so there are two entrances.
/// </remarks>
internal static class SeverityText
{
    private const int Longest = 24;

    /// <summary>The severity of an alert: <c>Sev0</c> to <c>Sev4</c>, a bare <c>0</c> to <c>4</c>, or a word.</summary>
    /// <returns><see cref="Severity.Unknown"/> for anything else.</returns>
    public static Severity OfAlert(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var digits = text.StartsWith("sev", StringComparison.OrdinalIgnoreCase) ? text[3..].TrimStart() : text;
        return digits.Length == 1 && digits[0] is >= '0' and <= '4' ? (Severity)(5 - (digits[0] - '0')) : OfWord(text);
    }

    /// <summary>The severity of an alert from UTF-8; see <see cref="OfAlert(ReadOnlySpan{char})"/>.</summary>
    public static Severity OfAlert(ReadOnlySpan<byte> utf8)
    {
        if (utf8 is [(byte)'S', (byte)'e', (byte)'v', >= (byte)'0' and <= (byte)'4']) return (Severity)(5 - (utf8[3] - '0'));
        Span<char> text = stackalloc char[Longest];
        return TryWiden(utf8, text, out var length) ? OfAlert(text[..length]) : Severity.Unknown;
    }

    /// <summary>The severity of a log level: a word, <c>1</c> to <c>5</c>, or <c>Sev0</c> to <c>Sev4</c>.</summary>
    /// <returns><see cref="Severity.Unknown"/> for anything else.</returns>
    public static Severity OfLevel(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length == 1 && char.IsAsciiDigit(text[0])) return OfLevel(text[0] - '0');
        return text.StartsWith("sev", StringComparison.OrdinalIgnoreCase) ? OfAlert(text) : OfWord(text);
    }

    /// <summary>The severity of a log level from UTF-8; see <see cref="OfLevel(ReadOnlySpan{char})"/>.</summary>
    public static Severity OfLevel(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[Longest];
        return TryWiden(utf8, text, out var length) ? OfLevel(text[..length]) : Severity.Unknown;
    }

    /// <summary>The severity of a numeric level: 1 Critical, 2 Error, 3 Warning, 4 Informational, 5 Verbose.</summary>
    public static Severity OfLevel(long level) =>
        level is >= 1 and <= 5 ? (Severity)(6 - level) : Severity.Unknown;

    private static Severity OfWord(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[Longest];
        if (word.Length > Longest) return Severity.Unknown;
        return lower[..word.ToLowerInvariant(lower)] switch
        {
            "critical" or "crit" or "alert" or "emerg" or "emergency" or "fatal" or "panic" => Severity.Critical,
            "error" or "err" or "high" => Severity.Error,
            "warning" or "warn" or "medium" or "moderate" => Severity.Warning,
            "informational" or "information" or "info" or "notice" or "low" => Severity.Informational,
            "verbose" or "debug" or "trace" => Severity.Verbose,
            _ => Severity.Unknown,
        };
    }

    private static bool TryWiden(ReadOnlySpan<byte> utf8, Span<char> text, out int length) =>
        System.Text.Ascii.ToUtf16(utf8, text, out length) == System.Buffers.OperationStatus.Done;
}
