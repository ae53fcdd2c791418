using System.Globalization;
using System.Text.Json;
using Correlation.Estate;

namespace Correlation.LoadTests.Throughput;

/// <summary>How many signals a second the product makes durable, and what one costs as the estate grows.</summary>
internal static class ThroughputVerb
{
    private const int Growth = 10;

    public const string Usage =
        "throughput [--resources 10000] [--customers 20] [--records 1000000] [--seed 1] [--growth ROUNDS] "
        + "[--silos N]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new MixedLoadOptions
        {
            Resources = (int)arguments.Number("resources", 10_000),
            Customers = (int)arguments.Number("customers", 20),
            Records = arguments.Number("records", 1_000_000),
            Seed = (ulong)arguments.Number("seed", 1),
        };
        var silos = (int)arguments.Number("silos", 0);
        if (silos > 0) return (await ClusterThroughput.RunAsync(options, silos)).Tell();
        var rounds = arguments.Number("growth", 0);
        if (rounds <= 0)
        {
            Console.WriteLine($"RESULT {(await ThroughputRun.RunAsync(options)).Json()}");
            return 0;
        }

        await GrowAsync(options, rounds);
        return 0;
    }

    /// <summary>Runs with so many resources and with ten times as many in turn; the ratio is of the medians.</summary>
    private static async Task GrowAsync(MixedLoadOptions options, long rounds)
    {
        var (small, large) = (new List<ThroughputFigures>(), new List<ThroughputFigures>());
        for (var round = 0; round < rounds; round++)
        {
            small.Add(await ToldAsync(options));
            large.Add(await ToldAsync(options with { Resources = options.Resources * Growth }));
        }

        double Ratio(Func<ThroughputFigures, double> figure) => Math.Round(Median(large, figure) / Median(small, figure), 2);
        Console.WriteLine("RESULT " + JsonSerializer.Serialize(
            new
            {
                signalsPerSecond = Median(small, figures => figures.SignalsPerSecond),
                scanRatio = Median(small, figures => figures.ScanRatio),
                mbPerSecond = Median(small, figures => figures.MbPerSecond),
                cpuSecondsPerMillion = Median(small, figures => figures.CpuSecondsPerMillion),
                warmCpuSecondsPerMillion = Median(small, figures => figures.WarmCpuSecondsPerMillion),
                bytesPerSignal = Median(small, figures => figures.BytesPerSignal),
                ratioCpu = Ratio(figures => figures.WarmCpuSecondsPerMillion),
                ratioCpuCold = Ratio(figures => figures.CpuSecondsPerMillion),
            },
            JsonSerializerOptions.Web));
    }

    private static async Task<ThroughputFigures> ToldAsync(MixedLoadOptions options)
    {
        var figures = await ThroughputRun.RunAsync(options);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Resources} resources: {figures.Json()}"));
        return figures;
    }

    private static double Median(List<ThroughputFigures> runs, Func<ThroughputFigures, double> figure)
    {
        var sorted = runs.Select(figure).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
