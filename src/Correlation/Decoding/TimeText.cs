using System.Globalization;
using System.Text;

namespace Correlation.Decoding;

/// <summary>Reads times in every form that Azure sends; a time without a zone is UTC, digits beyond 100 ns are cut off.</summary>
/// <remarks>
/// ISO 8601 with 0 to 9 and more fractional digits is read without allocation; it may hold a space for the <c>T</c> and
/// blanks after the colons. The rest are US dates (12 and 24 hours), RFC 1123 and their like.
/// A text that names no date is no time.
/// </remarks>
internal static class TimeText
{
    private const int Longest = 64;

    private static readonly string[] OtherForms =
    [
        "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm:ss tt", "M/d/yyyy H:mm:ss zzz", "M/d/yyyy h:mm:ss tt zzz",
        "M/d/yyyy H:mm:ss.FFFFFFF", "M/d/yyyy H:mm:ss.FFFFFFF zzz", "M/d/yyyy h:mm:ss.FFFFFFF tt",
        "M/d/yyyy H:mm", "M/d/yyyy h:mm tt", "M/d/yyyy", "M/d/yyyy H:mm:ss'Z'", "M/d/yyyyTH:mm:ss'Z'",
        "ddd, d MMM yyyy H:mm:ss 'GMT'", "ddd, d MMM yyyy H:mm:ss 'UTC'", "ddd, d MMM yyyy H:mm:ss zzz",
        "d MMM yyyy H:mm:ss 'GMT'", "ddd MMM d H:mm:ss yyyy", "ddd MMM d yyyy H:mm:ss",
    ];

    /// <summary>Reads a time.</summary>
    /// <param name="utf8">The text, without quotes.</param>
    /// <param name="time">The time, UTC.</param>
    /// <returns>False where it is none.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset time)
    {
        utf8 = utf8.Trim(" \t\r\n"u8);
        return TryIso(utf8, out time) || TryOther(utf8, out time);
    }

    private static bool TryIso(ReadOnlySpan<byte> s, out DateTimeOffset time)
    {
        time = default;
        if (s.Length < 10 || s[4] != '-' || s[7] != '-') return false;
        if (!TryDigits(s, 0, 4, out var year) || !TryDigits(s, 5, 2, out var month)) return false;
        if (!TryDigits(s, 8, 2, out var day)) return false;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)) return false;
        var ticks = new DateTime(year, month, day).Ticks;
        var at = 10;
        if (s.Length > 10 && !TryClock(s, ref at, ref ticks)) return false;
        if (!TryZone(s[at..], out var offset)) return false;
        ticks -= offset;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryClock(ReadOnlySpan<byte> s, ref int at, ref long ticks)
    {
        if (s[at] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
        at++;
        if (!TryDigits(s, at, 2, out var hour) || hour > 23 || at + 2 >= s.Length || s[at + 2] != ':') return false;
        at = AfterBlanks(s, at + 3);
        if (!TryDigits(s, at, 2, out var minute) || minute > 59) return false;
        at += 2;
        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (at >= s.Length || s[at] != ':') return true;
        at = AfterBlanks(s, at + 1);
        if (!TryDigits(s, at, 2, out var second) || second > 60) return false;
        at += 2;
        // A leap second is the last instant of its minute.
        ticks += second == 60 ? TimeSpan.TicksPerMinute - 1 : second * TimeSpan.TicksPerSecond;
        if (at >= s.Length || s[at] is not ((byte)'.' or (byte)',')) return true;
        return TryFraction(s, ref at, ref ticks);
    }

    private static bool TryFraction(ReadOnlySpan<byte> s, ref int at, ref long ticks)
    {
        var first = ++at;
        var unit = TimeSpan.TicksPerSecond;
        for (; at < s.Length && s[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            unit /= 10;
            ticks += (s[at] - '0') * unit;
        }

        return at > first;
    }

    private static bool TryZone(ReadOnlySpan<byte> s, out long offset)
    {
        offset = 0;
        s = s.TrimStart((byte)' ');
        if (s.IsEmpty || s is [(byte)'Z' or (byte)'z'] || s.SequenceEqual("UTC"u8) || s.SequenceEqual("GMT"u8)) return true;
        if (s[0] is not ((byte)'+' or (byte)'-') || !TryDigits(s, 1, 2, out var hours) || hours > 14) return false;
        var minutes = 0;
        var rest = s[3..];
        if (!rest.IsEmpty && rest[0] == ':') rest = rest[1..];
        if (!rest.IsEmpty && (rest.Length != 2 || !TryDigits(rest, 0, 2, out minutes) || minutes > 59)) return false;
        offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        if (s[0] == '-') offset = -offset;
        return true;
    }

    private static bool TryOther(ReadOnlySpan<byte> utf8, out DateTimeOffset time)
    {
        time = default;
        if (utf8.Length is < 8 or > Longest) return false;
        Span<char> text = stackalloc char[Longest];
        if (Ascii.ToUtf16(utf8, text, out var length) != System.Buffers.OperationStatus.Done) return false;
        const DateTimeStyles styles =
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTimeOffset.TryParseExact(text[..length], OtherForms, CultureInfo.InvariantCulture, styles, out time);
    }

    private static int AfterBlanks(ReadOnlySpan<byte> s, int at)
    {
        while (at < s.Length && s[at] == ' ') at++;
        return at;
    }

    private static bool TryDigits(ReadOnlySpan<byte> s, int at, int count, out int value)
    {
        value = 0;
        if (at + count > s.Length) return false;
        for (var i = at; i < at + count; i++)
        {
            var digit = s[i] - '0';
            if ((uint)digit > 9) return false;
            value = (value * 10) + digit;
        }

        return true;
    }
}
