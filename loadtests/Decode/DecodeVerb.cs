using System.Globalization;
using System.Text.Json;

namespace Correlation.LoadTests.Decode;

/// <summary>Decodes every family beside a bare scan of the same bytes.</summary>
internal static class DecodeVerb
{
    private const int WarmRounds = 200;

    public static Task<int> RunAsync(Arguments arguments)
    {
        var rounds = arguments.Number("rounds", 101);
        var only = arguments.Text("only", "");
        var families = DecodePayloads.All().Where(f => f.Name.StartsWith(only, StringComparison.Ordinal))
            .Select(static family => new DecodeMeasure(family)).ToList();
        for (var round = -WarmRounds; round < rounds; round++)
        {
            foreach (var family in families) family.Round(counts: round >= 0);
        }

        Print(families);
        return Task.FromResult(0);
    }

    private static void Print(List<DecodeMeasure> families)
    {
        Console.WriteLine("family                 B/message  scan MB/s  decode MB/s   ratio   signals/s  B/signal");
        foreach (var f in families)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{f.Name,-22} {f.BytesPerMessage,9:F0} {f.ScanRate,10:F0} {f.DecodeRate,12:F0} {f.Ratio,7:P1} ")
                + string.Create(CultureInfo.InvariantCulture, $"{f.SignalsPerSecond,11:F0} {f.BytesPerSignal,9:F0}"));
        }

        Dictionary<string, double> result = [];
        foreach (var f in families) result["scanRatio " + f.Name] = Math.Round(f.Ratio, 3);
        Add(result, "scanRatioMetrics", Worst(families, "metric"));
        Add(result, "scanRatioLogs", Worst(families, "log"));
        Add(result, "scanRatioActivityLog", Worst(families, "activity"));
        Add(result, "scanRatioAlerts", Worst(families, "alert"));
        Add(result, "bytesPerMetric", families.Find(static f => f.Name == "metric")?.BytesPerSignal);
        Console.WriteLine("RESULT " + JsonSerializer.Serialize(result));
    }

    private static void Add(Dictionary<string, double> result, string key, double? value)
    {
        if (value is { } known) result[key] = Math.Round(known, 3);
    }

    // The slowest kind stands for the family.
    private static double? Worst(List<DecodeMeasure> families, string start) =>
        families.Where(f => f.Name.StartsWith(start, StringComparison.Ordinal)).Min(static f => (double?)f.Ratio);
}
