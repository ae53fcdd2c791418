using System.Globalization;

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
}
