namespace Correlation.Estate.Failures.Reporting;

/// <summary>One pool for all applications is full: sometimes because somebody made it smaller, sometimes by load
/// alone.</summary>
internal static class ElasticPoolStarved
{
    public static Outcome Play(Plot p)
    {
        var pool = p["data/pool"];
        p.Lasts(3000);
        var scaled = p.Rng.Chance(0.5);
        if (scaled) { p.Guilty(pool.Id, "Microsoft.Sql/servers/elasticPools/write", -300); }

        p.Alert(SharedRules.PoolLoad, pool, 120);
        var hit = p.Apps(4);
        foreach (var app in hit)
        {
            p.Alert(p.Rng.Chance(0.5) ? SharedRules.Workers : SharedRules.Sessions, $"data/{app}", 240);
            p.Alert(SharedRules.SlowResponse, $"{app}/api", 420);
            p.Errors($"{app}/api",
                "SqlException: Resource ID : 1. The request limit for the elastic pool is 400 and has been reached.",
                300, 8);
        }

        foreach (var app in hit.Take(3)) { p.Alert(SharedRules.ServerErrors, $"{app}/api", 560); }

        foreach (var app in hit.Take(2))
        {
            p.Alert(SharedRules.FailedRequests, $"{app}/insights", 720);
            p.WebTest(app, 900);
        }

        if (scaled) { p.Fix(pool.Id, "Microsoft.Sql/servers/elasticPools/write"); }

        return new Outcome(pool.Id, "The elastic pool that all applications share was full.", p["data/server"].Id);
    }
}
