using System.Globalization;
using System.Text;

namespace Correlation.Estate;

/// <summary>
/// Times in a payload, relative to the end of the estate's time: <c>@{seconds|format}</c>. A replay replaces each token by
/// (end + seconds) in the format, so that one bundle serves for any end.
/// </summary>
/// <remarks>
/// Formats: <c>o7</c>, <c>o3</c>, <c>o0</c> (ISO 8601 with 7, 3, no fractional digits and Z), <c>off7</c> (7 digits and
/// +00:00), <c>us12</c> (6/30/2026 8:40:06 PM), <c>us24</c> (06/30/2026 20:40:06).
/// </remarks>
public static class TimeToken
{
    /// <summary>ISO 8601 with 7 fractional digits.</summary>
    public static string O7(double seconds) => Of(seconds, "o7");

    /// <summary>ISO 8601 with 3 fractional digits.</summary>
    public static string O3(double seconds) => Of(seconds, "o3");

    /// <summary>A time in any of the formats.</summary>
    public static string Of(double seconds, string format) =>
        $"@{{{seconds.ToString("0.###", CultureInfo.InvariantCulture)}|{format}}}";

    /// <summary>A payload with each token replaced by (end + seconds) in its format.</summary>
    /// <exception cref="FormatException">A token cannot be read.</exception>
    public static string Put(string body, DateTimeOffset end)
    {
        var text = new StringBuilder(body.Length + 64);
        var from = 0;
        for (int at; (at = body.IndexOf("@{", from, StringComparison.Ordinal)) >= 0;)
        {
            var (bar, close) = (body.IndexOf('|', at), body.IndexOf('}', at));
            if (bar < 0 || close < bar) { throw new FormatException("A token of a time is cut off."); }

            var seconds = decimal.Parse(body.AsSpan(at + 2, bar - at - 2), CultureInfo.InvariantCulture);
            var time = end.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
            text.Append(body, from, at - from)
                .Append(time.ToString(PatternOf(body[(bar + 1)..close]), CultureInfo.InvariantCulture));
            from = close + 1;
        }

        return text.Append(body, from, body.Length - from).ToString();
    }

    private static string PatternOf(string format) => format switch
    {
        "o7" => @"yyyy-MM-dd\THH:mm:ss.fffffff\Z",
        "o3" => @"yyyy-MM-dd\THH:mm:ss.fff\Z",
        "o0" => @"yyyy-MM-dd\THH:mm:ss\Z",
        "off7" => @"yyyy-MM-dd\THH:mm:ss.fffffffzzz",
        "us12" => "M/d/yyyy h:mm:ss tt",
        "us24" => "MM/dd/yyyy HH:mm:ss",
        _ => throw new FormatException($"'{format}' is no format of a time."),
    };
}
