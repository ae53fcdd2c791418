using System.Globalization;
using System.Reflection;
using System.Text;
using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.Tests.Decoding.Streams;

/// <summary>The payloads of the .golden files and the signals and rejections that each must give.</summary>
/// <remarks>
/// A case is its name after <c>##</c>, the payload, <c>=&gt;</c> and the lines. <c>~sub</c>, <c>~rg</c> and <c>~p</c> stand for a
/// subscription, a resource group in it and that group's providers.
/// </remarks>
public class StreamGoldenTests
{
    private static readonly Dictionary<string, (string Payload, string Expected)> Cases = Read();

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_payload_gives_what_stands_beside_it(string name)
    {
        var (payload, expected) = Cases[name];
        var decoded = Some.Decode(payload);
        Assert.Equal(expected, Lines(decoded));
        Assert.Equal(decoded.Records, Some.RecordsOf(decoded));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_byte_order_mark_and_blanks_around_change_nothing(string name)
    {
        var (payload, expected) = Cases[name];
        byte[] marked = [0xEF, 0xBB, 0xBF, .. "\r\n "u8, .. Encoding.UTF8.GetBytes(payload), .. "\n\n"u8];
        Assert.Equal(expected, Lines(Some.Decode(marked)));
    }

    private static string Lines(DecodedMessage decoded) => string.Join(
        '\n',
        decoded.Signals.Select(Line).Concat(decoded.Rejections.Select(r => $"rejected {r.Record} {r.Reason}")));

    private static string Line(Signal signal)
    {
        var line = new StringBuilder();
        var time = signal.EventTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
        var condition = signal.Condition is { } c ? $"{c.Kind} {c.Key}" : "-";
        line.Append(CultureInfo.InvariantCulture, $"{signal.Record} {signal.Kind} {signal.Role} {signal.Severity}");
        line.Append(CultureInfo.InvariantCulture, $" | {signal.Resource} | {condition} | {time} | ");
        if (signal.Metric is { } m)
        {
            line.Append(CultureInfo.InvariantCulture, $"{m.Name} {m.Grain} {m.Average} {m.Minimum} {m.Maximum} ");
            line.Append(CultureInfo.InvariantCulture, $"{m.Total} {m.Count}");
        }
        else
        {
            AddDetail(line, signal.Detail!);
        }

        return line.Append(signal.ClockAhead ? " | ahead" : "").ToString();
    }

    private static void AddDetail(StringBuilder line, SignalDetail detail)
    {
        line.Append(detail.Title);
        Add(line, "instance", detail.Instance);
        Add(line, "id", detail.ExternalId);
        Add(line, "category", detail.Category);
        Add(line, "operation", detail.Operation == detail.Category ? null : detail.Operation);
        Add(line, "actor", detail.Actor);
        Add(line, "region", detail.Region);
        Add(line, "tenant", detail.Tenant);
        Add(line, "verb", detail.ChangeVerb);
        Add(line, "causes", string.Join(' ', detail.CauseKeys));
        Add(line, "linked", string.Join(' ', detail.Linked));
        Add(line, "text", detail.Text?.Replace("\n", "\\n", StringComparison.Ordinal));
    }

    private static void Add(StringBuilder line, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) line.Append(CultureInfo.InvariantCulture, $" | {name}={value}");
    }

    private static Dictionary<string, (string, string)> Read()
    {
        var cases = new Dictionary<string, (string, string)>();
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames();
        foreach (var resource in names.Where(n => n.Contains(".Streams.Golden.", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            foreach (var part in reader.ReadToEnd().Split("## ", StringSplitOptions.RemoveEmptyEntries))
            {
                var name = part[..part.IndexOf('\n', StringComparison.Ordinal)].Trim();
                var halves = part[name.Length..].Split("\n=>\n");
                cases.Add(name, (Some.Expand(halves[0].Trim('\n')), Some.Expand(halves[1].Trim('\n'))));
            }
        }

        return cases;
    }
}
