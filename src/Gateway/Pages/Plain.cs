using System.Text.RegularExpressions;

namespace Correlation.Gateway.Pages;

/// <summary>Machine words as people read them.</summary>
internal static partial class Plain
{
    /// <summary>A text in which every ARM id stands by its last name.</summary>
    public static string Short(string? text) => text is null ? "" : ArmId().Replace(text, id => id.Groups[1].Value);

    /// <summary>A word in camel case as words in lower case.</summary>
    public static string Words(string camel) => Hump().Replace(camel, " $0").ToLowerInvariant();

    /// <summary>The id of the incident that a reason of a customer's health begins with; null for none.</summary>
    public static string? IncidentIn(string why) =>
        Incident().Match(why) is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex(@"/(?:subscriptions|providers)/[^\s{};,]*/([^/\s{};,]+)", RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArmId();

    [GeneratedRegex(@"^incident (\S{1,256}) of severity ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Incident();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Hump();
}
