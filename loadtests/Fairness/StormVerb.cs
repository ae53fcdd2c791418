namespace Correlation.LoadTests.Fairness;

/// <summary>What 50,000 alerts within a minute on one customer do to memory, books and the others.</summary>
internal static class StormVerb
{
    public const string Usage =
        "storm [--alerts 50000] [--seconds 60] [--resources 2000] [--rules 5] [--customers 20] [--rate 1500] [--bound MIB, 2048]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new StormOptions(
            (int)arguments.Number("alerts", 50_000),
            TimeSpan.FromSeconds(arguments.Number("seconds", 60)),
            (int)arguments.Number("resources", 2_000),
            (int)arguments.Number("rules", 5),
            (int)arguments.Number("customers", 20),
            arguments.Number("rate", 1500),
            arguments.Number("bound", 2048));
        Console.WriteLine($"RESULT {await new StormRun(options).RunAsync()}");
        return 0;
    }
}

/// <summary>What to run.</summary>
/// <param name="Alerts">How many alerts the one customer sends.</param>
/// <param name="Length">Within which time.</param>
/// <param name="Resources">On how many resources.</param>
/// <param name="Rules">By how many rules.</param>
/// <param name="Customers">How many ordinary customers there are.</param>
/// <param name="Rate">Records a second of all ordinary customers together.</param>
/// <param name="BoundMiB">How much memory the process may take more than before the storm.</param>
internal sealed record StormOptions(
    int Alerts, TimeSpan Length, int Resources, int Rules, int Customers, double Rate, long BoundMiB);
