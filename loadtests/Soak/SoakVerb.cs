namespace Correlation.LoadTests.Soak;

/// <summary>Whether memory or latency rises while a load goes on.</summary>
internal static class SoakVerb
{
    public const string Usage =
        "soak [--seconds 600] [--share PERCENT, 70] [--resources 50000] [--customers 20] [--warm 60] [--sample 5] "
        + "[--rate-seconds 20]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new SoakOptions(
            arguments.Seconds("seconds", 600),
            arguments.Positive("share", 70) / 100.0,
            (int)arguments.Positive("resources", 50_000),
            (int)arguments.Positive("customers", 20),
            arguments.Seconds("warm", 60),
            arguments.Seconds("sample", 5))
        {
            RateLength = arguments.Seconds("rate-seconds", 20),
        };
        if (options.Length < 3 * options.Sample) throw new ArgumentException("--seconds must hold three samples at least.");
        return (await new SoakRun(options).RunAsync()).Tell();
    }
}

/// <summary>What to run.</summary>
/// <param name="Length">How long it is measured.</param>
/// <param name="Share">At which share of the rate that the product takes.</param>
/// <param name="Resources">How many resources the load has.</param>
/// <param name="Customers">How many customers share them.</param>
/// <param name="Warm">How long the load is on before it is measured.</param>
/// <param name="Sample">How long one sample takes.</param>
internal sealed record SoakOptions(
    TimeSpan Length, double Share, int Resources, int Customers, TimeSpan Warm, TimeSpan Sample)
{
    /// <summary>How long the rate is measured.</summary>
    public TimeSpan RateLength { get; init; } = TimeSpan.FromSeconds(20);
}
