namespace Correlation.LoadTests.Memory;

/// <summary>What a live resource takes in memory.</summary>
internal static class MemoryVerb
{
    public const string Usage =
        "memory [--resources 1000000] [--conditions 3] [--customers 1000] [--severity 3] [--most SECONDS, 5400] "
        + "[--most-mib 18000]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new MemoryOptions(
            (int)arguments.Positive("resources", 1_000_000),
            (int)arguments.Positive("conditions", 3),
            (int)arguments.Positive("customers", 1_000),
            (int)arguments.Number("severity", 3),
            arguments.Seconds("most", 5400))
        {
            MostMiB = arguments.Positive("most-mib", 18_000),
        };
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
internal sealed record MemoryOptions(int Resources, int Conditions, int Customers, int Severity, TimeSpan Most)
{
    /// <summary>From how much memory on no further resources come, so that the machine does not run out of it.</summary>
    public long MostMiB { get; init; } = 18_000;
}
