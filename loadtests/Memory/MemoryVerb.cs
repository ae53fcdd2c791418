namespace Correlation.LoadTests.Memory;

/// <summary>What a live resource takes in memory.</summary>
internal static class MemoryVerb
{
    public const string Usage =
        "memory [--resources 1000000] [--conditions 3] [--customers 1000] [--severity 3] [--most SECONDS, 5400]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new MemoryOptions(
            (int)arguments.Number("resources", 1_000_000),
            (int)arguments.Number("conditions", 3),
            (int)arguments.Number("customers", 1_000),
            (int)arguments.Number("severity", 3),
            arguments.Seconds("most", 5400));
        if (options.Conditions < 1) throw new ArgumentException("--conditions must be 1 at least.");
        if (options.Severity is < 0 or > 4) throw new ArgumentException("--severity must be from 0 to 4.");
        return (await MemoryRun.RunAsync(options)).Tell();
    }
}

/// <summary>What to run.</summary>
/// <param name="Resources">How many resources are live.</param>
/// <param name="Conditions">How many open conditions each has.</param>
/// <param name="Customers">How many customers share them.</param>
/// <param name="Severity">Azure's severity of the alerts: 3 is informational, of which no incident is made.</param>
/// <param name="Most">How long it may take.</param>
internal sealed record MemoryOptions(int Resources, int Conditions, int Customers, int Severity, TimeSpan Most);
