using System.Text.Json;
using System.Text.RegularExpressions;

namespace Correlation.Cli.Topology;

/// <summary>What Azure Resource Graph refused, in a sentence.</summary>
internal static partial class GraphErrors
{
    private const int Longest = 300;

    /// <summary>The error of an answer.</summary>
    public static CliException Of(int status, BinaryData body)
    {
        var (code, said) = status switch
        {
            401 or 403 => (ExitCode.Refused, "refused: the signed-in identity may not read these resources"),
            404 => (ExitCode.NotFound, "knows no such scope"),
            429 => (ExitCode.Unreachable, "stayed too busy for us (throttled)"),
            408 or 503 => (ExitCode.Unreachable, "stayed too busy"),
            >= 400 and < 500 => (ExitCode.Usage, "does not take the query"),
            _ => (ExitCode.ServerError, "failed"),
        };
        var detail = Harmless(DetailOf(body));
        return new CliException(
            code, $"Azure Resource Graph {said} (HTTP {status}){(detail.Length > 0 ? ": " + detail : ".")}");
    }

    /// <summary>An answer that is none.</summary>
    public static CliException NoAnswer(string why) =>
        new(ExitCode.ServerError, $"Azure Resource Graph's answer cannot be understood: {why}.");

    /// <summary>The beginning of a text that somebody else wrote, on one line and without what could be a token.</summary>
    public static string Harmless(string text)
    {
        var clean = Secret().Replace(TerminalText.Clean(text), "…").Trim();
        return clean.Length > Longest ? clean[..Longest] + "…" : clean;
    }

    /// <summary>The innermost detail: the outer message only says that there is one.</summary>
    private static string DetailOf(BinaryData body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (Json.Member(json.RootElement, "error") is not { } error) return "";
            var inner = Json.Items(error, "details").Select(detail => Json.Text(detail, "message"))
                .FirstOrDefault(text => text.Length > 0);
            return $"{Json.Text(error, "code")} {inner ?? Json.Text(error, "message")}".Trim();
        }
        catch (JsonException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"(?i)\bbearer\s+\S+|\beyJ[\w-]+(\.[\w-]*)+|\bclient_(secret|assertion)=\S+", RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
