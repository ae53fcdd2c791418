using System.Text.RegularExpressions;

namespace Correlation.Deploy.Tests.Metrics;

/// <summary>A query of Prometheus, as the board and the alert rules write it: every metric with its labels in braces.</summary>
internal static partial class Expression
{
    private static readonly string[] Functions =
        ["sum", "min", "max", "count", "rate", "increase", "histogram_quantile", "or", "unless"];

    /// <summary>What Grafana and the alert rules leave to whoever asks.</summary>
    public static string Filled(string expression) => expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal);

    /// <summary>The metrics that an expression asks for.</summary>
    public static IEnumerable<string> Metrics(string expression) =>
        Selector().Matches(expression).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Words of an expression that are neither metrics with braces nor known functions: metrics that
    /// <see cref="Metrics"/> would overlook.</summary>
    public static IEnumerable<string> Strangers(string expression)
    {
        var rest = Rest().Replace(Selector().Replace(expression, "1"), " ");
        return Word().Matches(rest).Select(match => match.Value).Where(word => !Functions.Contains(word));
    }

    [GeneratedRegex(@"([a-zA-Z_:][a-zA-Z0-9_:]*)\{[^}]*\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\bby \([^)]*\)|\[[^\]]*\]|\boffset \w+")]
    private static partial Regex Rest();

    [GeneratedRegex(@"[a-zA-Z_:][a-zA-Z0-9_:]*")]
    private static partial Regex Word();
}
