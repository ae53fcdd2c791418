using System.Text;
using Correlation.LoadTests.Shared;

namespace Correlation.LoadTests.Fairness;

/// <summary>The alerts of a storm: half are new (a resource and a rule), a quarter the same alert again, and a quarter resolve
/// one that fired before. In bodies of ten.</summary>
internal static class StormAlerts
{
    private const int PerBody = 10;
    private const string Subscription = "5707a000-0000-4000-8000-000000000001";

    public static IEnumerable<(byte[] Body, int Records)> Bodies(StormOptions options)
    {
        foreach (var alerts in Make(options).Chunk(PerBody))
            yield return (Encoding.UTF8.GetBytes($"[{string.Join(',', alerts)}]"), alerts.Length);
    }

    private static IEnumerable<string> Make(StormOptions options)
    {
        var random = new Random(1);
        var open = new List<Alert>();
        for (var made = 0; made < options.Alerts; made++)
        {
            var kind = made % 4;
            if (kind is 0 or 2 || open.Count == 0)
            {
                var number = random.Next(options.Resources);
                var resource = $"/subscriptions/{Subscription}/resourcegroups/rg-{number / 50}"
                    + $"/providers/microsoft.web/sites/app-{number}";
                var fired = new Alert(resource, $"rule-{random.Next(options.Rules)}", Guid.NewGuid(), Alerts.Now);
                open.Add(fired);
                yield return Alerts.Fired(resource, fired.Rule, fired.Id, 1, fired.Since);
                continue;
            }

            var at = random.Next(open.Count);
            var (on, rule, id, since) = open[at];
            if (kind == 1)
            {
                yield return Alerts.Fired(on, rule, id, 1, since);
                continue;
            }

            open.RemoveAt(at);
            yield return Alerts.Resolved(on, rule, id, 1, (since, Alerts.Now));
        }
    }

    private sealed record Alert(string Resource, string Rule, Guid Id, DateTime Since);
}
