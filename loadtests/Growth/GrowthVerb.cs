namespace Correlation.LoadTests.Growth;

/// <summary>What a signal costs, at one offered rate, as the estate has more resources and more customers.</summary>
internal static class GrowthVerb
{
    public const string Usage =
        "growth [--rate 30000] [--seconds 60] [--resources 1000,10000,100000,1000000] [--customers 1,100,2000] [--one 100000]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new GrowthOptions(
            arguments.Positive("rate", 30_000),
            arguments.Seconds("seconds", 60),
            arguments.Numbers("resources", 1_000, 10_000, 100_000, 1_000_000),
            arguments.Numbers("customers", 1, 100, 2_000),
            (int)arguments.Positive("one", 100_000));
        return (await GrowthRun.RunAsync(options)).Tell();
    }
}

/// <summary>What to run.</summary>
/// <param name="Rate">Signals a second that are offered.</param>
/// <param name="Length">How long each point is measured.</param>
/// <param name="Resources">The numbers of resources, of 100 customers.</param>
/// <param name="Customers">The numbers of customers, of 10,000 resources.</param>
/// <param name="One">How many resources one single customer has.</param>
internal sealed record GrowthOptions(
    double Rate, TimeSpan Length, IReadOnlyList<int> Resources, IReadOnlyList<int> Customers, int One)
{
    /// <summary>The number of customers where resources are varied.</summary>
    public const int UsualCustomers = 100;

    /// <summary>The number of resources where customers are varied.</summary>
    public const int UsualResources = 10_000;

    /// <summary>Every pair of resources and customers, each once, in the order in which they are measured.</summary>
    public IReadOnlyList<(int Resources, int Customers)> Points =>
    [
        .. Resources.Select(resources => (resources, Math.Min(resources, UsualCustomers)))
            .Concat(Customers.Select(customers => (Math.Max(UsualResources, customers), customers)))
            .Append((One, 1)).Distinct(),
    ];
}
