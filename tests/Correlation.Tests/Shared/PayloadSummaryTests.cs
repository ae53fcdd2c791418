using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Correlation.Decoding;
using Correlation.Signals;

namespace Correlation.Tests.Shared;

/// <summary>What every real payload under <c>../shared/data/payloads</c> must give.</summary>
/// <remarks>
/// <c>PayloadSummary.tsv</c> was written by hand from the facts about Azure's formats and from ARCHITECTURE.md, one line a signal
/// or rejection, not from what the decoder gave. The payloads are not ours to pass on, so ids stand there as the first eight
/// hexadecimal digits of the SHA-256 of their canonical text: a resource behind its type, a condition's key behind its kind.
/// </remarks>
public class PayloadSummaryTests
{
    // Later than every payload, so that no event time lies ahead; what carries no time is taken at it.
    private static readonly Message Message = new("payloads", 1, 0, 0, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    private static readonly string Folder = Path.Combine(
        typeof(PayloadSummaryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "SharedData").Value!,
        "data",
        "payloads");

    private static readonly ILookup<string, string> Expected = ReadSummary();

    public static TheoryData<string> Files => [.. PayloadFiles()];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_payload_gives_what_was_written_down_for_it(string file)
    {
        var body = File.ReadAllBytes(Path.Combine(Folder, file));
        var decoded = new MessageDecoder(new DecodingLimits()).Decode(body, Message);
        Assert.Equal(Expected[file], Lines(decoded));
    }

    [Fact]
    public void The_summary_speaks_of_every_payload_and_of_nothing_else() =>
        Assert.Equal(PayloadFiles(), Expected.Select(lines => lines.Key).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Lines(DecodedMessage decoded) =>
        decoded.Signals.Select(signal => (signal.Record, signal.Target, Text: Line(signal)))
            .Concat(decoded.Rejections.Select(r => (r.Record, r.Target, Text: $"Rejected\t-\t-\t-\t-\t-\t{r.Reason}")))
            .OrderBy(line => line.Record).ThenBy(line => line.Target)
            .Select(line => $"{line.Record}.{line.Target}\t{line.Text}");

    private static string Line(Signal signal)
    {
        var condition = signal.Condition is { } c ? $"{c.Kind}|{Hash(c.Key)}" : "-";
        var time = signal.EventTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffK", CultureInfo.InvariantCulture);
        var resource = $"{signal.Resource.Type}|{Hash(signal.Resource.Canonical)}";
        return $"{signal.Kind}\t{signal.Role}\t{signal.Severity}\t{resource}\t{condition}\t{time}\t-";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];

    private static string[] PayloadFiles() =>
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Where(file => file != "SOURCES.tsv")
            .Order(StringComparer.Ordinal),
    ];

    private static ILookup<string, string> ReadSummary()
    {
        using var stream = typeof(PayloadSummaryTests).Assembly.GetManifestResourceStream("PayloadSummary.tsv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split('\t', 2))
            .ToLookup(parts => parts[0], parts => parts[1]);
    }
}
