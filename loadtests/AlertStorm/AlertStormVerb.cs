namespace Correlation.LoadTests.AlertStorm;

/// <summary>Whether a storm of alerts on one customer is grouped as it comes.</summary>
internal static class AlertStormVerb
{
    public const string Usage = "alert-storm [--alerts 50000] [--resources 20000] [--seconds 60] [--severity 1]";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var options = new AlertStormOptions(
            (int)arguments.Positive("alerts", 50_000),
            (int)arguments.Positive("resources", 20_000),
            arguments.Seconds("seconds", 60),
            (int)arguments.Number("severity", 1));
        if (options.Severity is < 0 or > 4) throw new ArgumentException("--severity must be from 0 to 4.");
        return (await AlertStormRun.RunAsync(options)).Tell();
    }
}

/// <summary>What to run.</summary>
/// <param name="Alerts">How many alerts, no two of one rule on one resource.</param>
/// <param name="Resources">How many resources of one customer they are on.</param>
/// <param name="Length">Within what time they come.</param>
/// <param name="Severity">Azure's severity of the alerts.</param>
internal sealed record AlertStormOptions(int Alerts, int Resources, TimeSpan Length, int Severity);
