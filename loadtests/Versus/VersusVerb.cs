namespace Correlation.LoadTests.Versus;

/// <summary>The same alerts into this product and into Prometheus' Alertmanager, in turn on one machine.</summary>
internal static class VersusVerb
{
    public const string Usage =
        "versus-alertmanager [--alerts 50000] [--rounds 3] [--customers 20] [--warm 5000] [--sweep 5000] [--kill 10000] "
        + "[--connections 8] [--group-wait SECONDS, 30]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new VersusOptions(
            (int)arguments.Positive("alerts", 50_000),
            (int)arguments.Positive("rounds", 3),
            (int)arguments.Positive("customers", 20),
            (int)arguments.Positive("warm", 5_000),
            (int)arguments.Number("sweep", 5_000),
            (int)arguments.Positive("kill", 10_000),
            (int)arguments.Positive("connections", 8))
        {
            GroupWait = arguments.Seconds("group-wait", 30),
        };
        if (!AlertmanagerProcess.IsInstalled)
        {
            Console.Error.WriteLine(
                $"There is no {AlertmanagerProcess.Program}: install Debian's package of that name "
                + "(apt-get install prometheus-alertmanager) and stop the service that it starts.");
            return 2;
        }

        return (await new VersusRun(options).RunAsync()).Tell();
    }
}

/// <summary>What to run.</summary>
/// <param name="Alerts">How many alerts each round sends.</param>
/// <param name="Rounds">How many rounds, each product once in each; medians count.</param>
/// <param name="Customers">How many customers they are of, with ten resource groups each.</param>
/// <param name="Warm">How many other alerts are sent to each process before.</param>
/// <param name="Sweep">How many alerts are sent to find how fast a batch size is; 0 takes batches of 500 for both.</param>
/// <param name="Kill">How many alerts are acknowledged before the process is killed.</param>
/// <param name="Connections">How many requests are under way at a time.</param>
internal sealed record VersusOptions(
    int Alerts, int Rounds, int Customers, int Warm, int Sweep, int Kill, int Connections)
{
    /// <summary>Alertmanager's <c>group_wait</c>; its default is 30 seconds.</summary>
    public TimeSpan GroupWait { get; init; } = TimeSpan.FromSeconds(30);
}
