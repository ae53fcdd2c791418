using System.Text.Json;
using System.Text.RegularExpressions;

namespace Correlation.Customers;

/// <summary>Says what is wrong with the form of a customers.json in the words of the file, whoever may have written it.</summary>
internal static partial class CustomerFileWords
{
    private const string Settings = "an object of settings like { \"threshold\": 1.2, \"nearDecay\": \"00:05:00\" }";

    /// <summary>What each property is, by its path; lists of texts end with <c>[]</c>.</summary>
    private static readonly Dictionary<string, string> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["$"] = "an object like { \"version\": 1, \"customers\": [] }",
        ["$.version"] = "a whole number",
        ["$.customers"] = "a list of customers",
        ["$.customers[]"] = "a customer like { \"key\": \"contoso\" }",
        ["$.customers[].tenants"] = "a list of texts",
        ["$.customers[].subscriptions"] = "a list of texts",
        ["$.customers[].prefixes"] = "a list of texts",
        ["$.customers[].businessHours"] = "an object like { \"from\": \"08:00\", \"until\": \"18:00\", \"days\": [\"Mon\"] }",
        ["$.customers[].businessHours.from"] = "a time of day like \"08:00\"",
        ["$.customers[].businessHours.until"] = "a time of day like \"08:00\"",
        ["$.customers[].businessHours.days"] = "a list of days",
        ["$.customers[].businessHours.days[]"] = "Mon, Tue, Wed, Thu, Fri, Sat or Sun",
        ["$.customers[].grouping"] = Settings,
        ["$.customers[].shadowGrouping"] = Settings,
        ["$.customers[].learned"] = "a number from 0 to 1",
        ["$.customers[].topology"] = "a list of edges",
        ["$.customers[].topology[]"] = "an edge like { \"from\": \"RESOURCE ID\", \"to\": \"RESOURCE ID\" }",
    };

    /// <summary>The sentence for an error of the JSON reader: where, and what.</summary>
    public static string Of(JsonException error)
    {
        var path = error.Path ?? "$";
        var line = $"line {(error.LineNumber ?? 0) + 1}, column {(error.BytePositionInLine ?? 0) + 1}";
        if (error.InnerException is JsonException syntax) return $"{line}: {FirstSentence(syntax.Message)}";
        if (Unknown().Match(error.Message) is { Success: true } unknown) return Property("unknown", unknown, path, line);
        if (Missing().Match(error.Message) is { Success: true } missing) return Property("missing", missing, path, line);
        var form = Forms.GetValueOrDefault(Index().Replace(path, "[]"), "a text");
        return $"{Place(path)}, {line}: this is not {form}";
    }

    private static string Property(string what, Match match, string path, string line)
    {
        var name = match.Groups[1].Value;
        var place = what == "unknown" && path.EndsWith($".{name}", StringComparison.Ordinal) ? path[..^(name.Length + 1)] : path;
        return $"{what} property '{name}' at {Place(place)}, {line}";
    }

    private static string Place(string path) => path is "$" ? "the top of the file" : path.TrimStart('$', '.');

    private static string FirstSentence(string message)
    {
        var at = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? message : message[..at];
    }

    [GeneratedRegex(@"^The JSON property '(.*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"missing required properties including: '(.*?)'")]
    private static partial Regex Missing();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
