namespace Correlation.LoadTests.Latency;

/// <summary>How long from the gateway's answer until an alert's incident can be read, at shares of what it takes.</summary>
internal static class LatencyVerb
{
    public const string Usage =
        "latency [--resources 50000] [--customers 20] [--seconds 60] [--probes 20] [--rate-seconds 20]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new LatencyOptions(
            (int)arguments.Positive("resources", 50_000),
            (int)arguments.Positive("customers", 20),
            arguments.Seconds("seconds", 60),
            arguments.Positive("probes", 20),
            arguments.Seconds("rate-seconds", 20));
        return (await LatencyRun.RunAsync(options)).Tell();
    }
}

/// <summary>What to run.</summary>
/// <param name="Resources">How many resources the load has.</param>
/// <param name="Customers">How many customers share them.</param>
/// <param name="Length">How long each share is measured.</param>
/// <param name="ProbesPerSecond">How many alerts a second are followed.</param>
/// <param name="RateLength">How long the rate is measured.</param>
internal sealed record LatencyOptions(
    int Resources, int Customers, TimeSpan Length, double ProbesPerSecond, TimeSpan RateLength);
