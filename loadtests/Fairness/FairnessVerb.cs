namespace Correlation.LoadTests.Fairness;

/// <summary>What one customer at a hundred times its share does to the others.</summary>
internal static class FairnessVerb
{
    public const string Usage =
        "fairness [--customers 30] [--seconds 40] [--rounds 3] [--rate RECORDS/S OF ALL, 600] [--times 100] [--probes 20]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new FairnessOptions(
            (int)arguments.Number("customers", 30),
            TimeSpan.FromSeconds(arguments.Number("seconds", 40)),
            (int)arguments.Number("rounds", 3),
            arguments.Number("rate", 600),
            arguments.Number("times", 100),
            arguments.Number("probes", 20));
        Console.WriteLine($"RESULT {await new FairnessRun(options).RunAsync()}");
        return 0;
    }
}

/// <summary>What to run.</summary>
/// <param name="Customers">How many ordinary customers there are.</param>
/// <param name="Phase">How long each phase lasts.</param>
/// <param name="Rounds">How many pairs of phases, calm and flood.</param>
/// <param name="Rate">Records a second of all ordinary customers together.</param>
/// <param name="Times">How many shares the one customer sends in a flood.</param>
/// <param name="ProbesPerSecond">How many alerts a second are followed until they are visible.</param>
internal sealed record FairnessOptions(
    int Customers, TimeSpan Phase, int Rounds, double Rate, double Times, double ProbesPerSecond);
