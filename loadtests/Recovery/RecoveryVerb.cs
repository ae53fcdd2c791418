namespace Correlation.LoadTests.Recovery;

/// <summary>How long a restart takes, with everything that came meanwhile still to read.</summary>
internal static class RecoveryVerb
{
    public const string Usage = "recovery [--resources 100000] [--customers 20] [--backlog SECONDS, 300] [--most SECONDS, 1200]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new RecoveryOptions(
            (int)arguments.Positive("resources", 100_000),
            (int)arguments.Positive("customers", 20),
            arguments.Seconds("backlog", 300),
            arguments.Seconds("most", 1200));
        return (await RecoveryRun.RunAsync(options)).Tell();
    }
}

/// <summary>What to run.</summary>
/// <param name="Resources">How many resources there are; what they send goes by their number.</param>
/// <param name="Customers">How many customers share them.</param>
/// <param name="Backlog">How much time's records wait.</param>
/// <param name="Most">How long it may take.</param>
internal sealed record RecoveryOptions(int Resources, int Customers, TimeSpan Backlog, TimeSpan Most);
