using System.Globalization;
using System.Reflection;
using System.Text;
using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.Tests.Decoding.Alerts;

/// <summary>The payloads of the .golden files beside this one, and what a decoder makes of one, a line a signal.</summary>
/// <remarks>
/// A case is its name after <c>##</c>, the payload, <c>=&gt;</c> and the lines that it must give. <c>~sub</c>, <c>~rg</c> and
/// <c>~p</c> stand for a subscription, a resource group in it and that group's providers.
/// </remarks>
internal static class GoldenCases
{
    public static readonly DateTimeOffset LogTime = new(2026, 3, 1, 10, 10, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (string Payload, string Expected)> Cases = Read();

    public static IEnumerable<string> Names => Cases.Keys;

    public static (string Payload, string Expected) Get(string name) => Cases[name];

    public static DecodedMessage Decode(byte[] body, DecodingLimits? limits = null) =>
        new MessageDecoder(limits ?? new DecodingLimits()).Decode(body, new Message("test", 1, 0, 7, LogTime));

    public static DecodedMessage Decode(string payload, DecodingLimits? limits = null) =>
        Decode(Encoding.UTF8.GetBytes(Expand(payload)), limits);

    public static string Expand(string text) => text
        .Replace("~p/", "~rg/providers/", StringComparison.Ordinal)
        .Replace("~rg", "~sub/resourcegroups/rg1", StringComparison.Ordinal)
        .Replace("~sub", "/subscriptions/s1", StringComparison.Ordinal);

    public static string Lines(DecodedMessage decoded)
    {
        var rejected = decoded.Rejections.Select(r => $"rejected {r.Record}.{r.Target} {r.Reason}");
        return string.Join('\n', decoded.Signals.Select(Line).Concat(rejected));
    }

    private static string Line(Signal signal)
    {
        var detail = signal.Detail!;
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{signal.Kind} {signal.Role} {signal.Severity} | {signal.Resource}");
        line.Append(" | ").Append(signal.Condition is { } condition ? $"{condition.Kind} {condition.Key}" : "-");
        line.Append(CultureInfo.InvariantCulture, $" | {Time(signal.EventTime)} | {detail.Title}");
        Add(line, "instance", detail.Instance);
        Add(line, "opened", detail.OpenedAt is { } opened ? Time(opened) : null);
        Add(line, "operation", detail.Operation);
        Add(line, "actor", detail.Actor);
        Add(line, "region", detail.Region);
        Add(line, "tenant", detail.Tenant);
        Add(line, "verb", detail.ChangeVerb);
        Add(line, "causes", string.Join(' ', detail.CauseKeys));
        Add(line, "linked", string.Join(' ', detail.Linked));
        if (signal.ClockAhead) line.Append(" | ahead");
        return line.ToString();
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private static void Add(StringBuilder line, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) line.Append(CultureInfo.InvariantCulture, $" | {name}={value}");
    }

    private static Dictionary<string, (string, string)> Read()
    {
        var cases = new Dictionary<string, (string, string)>();
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.Contains(".Alerts.Golden.", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            foreach (var part in reader.ReadToEnd().Split("\n## ", StringSplitOptions.RemoveEmptyEntries))
            {
                var name = part[..part.IndexOf('\n', StringComparison.Ordinal)].TrimStart('#', ' ');
                var halves = part[name.Length..].Split("\n=>\n");
                var payload = halves[0][halves[0].IndexOf('\n', StringComparison.Ordinal)..];
                cases.Add(name, (payload.Trim(), Expand(halves[1].Trim())));
            }
        }

        return cases;
    }
}
