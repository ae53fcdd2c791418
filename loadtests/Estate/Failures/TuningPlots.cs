namespace Correlation.Estate.Failures;

/// <summary>The demo's kinds of failure on the customers of the hard estate.</summary>
internal static class TuningPlots
{
    public static Outcome Database(Plot p)
    {
        var app = p.Apps(1)[0];
        var db = p[$"data/{app}"];
        p.Lasts(1000);
        DatabaseFailover.Play(p.Stage, p.Scene, (db, p[$"{app}/api"], p[$"{app}/web"]),
            (p[$"{app}/webtest"], p[$"{app}/insights"]), p.Begin);
        return new Outcome(db.Id, "A database failed over.");
    }

    public static Outcome Deployment(Plot p)
    {
        var web = p.Rng.Pick(["portal", "intranet"]);
        var api = p[$"{web}/api"];
        p.Lasts(2300);
        BadDeployment.Play(p.Stage, p.Scene, (p.Customer, api, p[$"{web}/web"], p[$"{web}/gateway"]), p.Begin,
            $"release-{20000 + p.Rng.Below(900)}");
        return new Outcome(api.Id, "A new version of an API was broken.");
    }

    public static Outcome Region(Plot p)
    {
        p.Lasts(4800);
        var tracking = $"{p.Rng.Below(9)}K{p.Rng.Below(9)}L-{p.Rng.Below(900) + 100}";
        RegionEvent.Play(p.Stage, p.Scene, p.Customer, ("erp", "track", "portal"), (p.Begin, p.Until, tracking));
        return new Outcome($"/subscriptions/{p.Customer.Subscriptions[0]}", $"Azure's power event {tracking}.")
        {
            PlatformEvent = tracking,
        };
    }

    public static Outcome Disk(Plot p)
    {
        var machines = p.Rng.Pick(["erp", "files"]);
        var sql = p[$"{machines}/sql01"];
        p.Lasts(9000);
        var broken = p.Stage.After(p.Begin, 6000);
        DiskFilling.Play(p.Stage, p.Scene, (sql, p[$"{machines}/app01"]),
            (p.Begin, p.Stage.After(broken, -1300), broken),
            (Math.Max(p.Until, broken + 1500), Math.Max(p.Until, broken + 1800)));
        return new Outcome(sql.Id, "A data disk filled up.");
    }

    public static Outcome Job(Plot p)
    {
        p.Lasts(1200);
        NightlyJob.Play(p.Stage, p.Scene, p.Customer, p["ops/automation"], p.Begin);
        return new Outcome(p["ops/automation"].Id, "The nightly runbook lacks its credential.");
    }

    public static Outcome Noisy(Plot p)
    {
        p.Lasts(9000);
        for (var fired = p.Begin; fired < p.Until; fired = p.Stage.After(fired, p.Rng.Between(1300, 2900)))
        {
            p.Scene.Alert(Rules.Throttled, p["telemetry/bus"], fired, p.Stage.After(fired, p.Rng.Between(240, 600)));
        }

        return new Outcome(p["telemetry/bus"].Id, "A threshold is far too low; nothing is wrong.") { MinIncidents = 0 };
    }
}
