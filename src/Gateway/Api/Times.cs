using System.Globalization;

namespace Correlation.Gateway.Api;

/// <summary>Reads times from addresses and bodies.</summary>
internal static class Times
{
    /// <summary>Reads an ISO 8601 time; one without a zone is UTC.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>Reads an optional time of an address.</summary>
    /// <exception cref="BadRequestException">There is a text but it is no time.</exception>
    public static DateTimeOffset? Optional(string? text, string parameter) =>
        string.IsNullOrEmpty(text) ? null
        : TryParse(text, out var time) ? time
        : throw new BadRequestException($"'{parameter}' is no ISO 8601 time, for example 2026-01-31T12:00:00Z.");
}
