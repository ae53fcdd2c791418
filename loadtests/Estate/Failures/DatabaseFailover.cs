using Correlation.Estate.Model;

namespace Correlation.Estate.Failures;

/// <summary>A database fails over; for a quarter of an hour what needs it fails from the bottom to the top.</summary>
internal static class DatabaseFailover
{
    public static TruthFailure Plant(Stage stage)
    {
        var (customer, scene) = (stage.Customer("contoso"), stage.NewScene());
        var (db, api, web) = (customer["shop/db"], customer["shop/api"], customer["shop/web"]);
        var begin = stage.At(0.17);
        Play(stage, scene, (db, api, web), (customer["shop/webtest"], customer["shop/insights"]), begin);
        stage.Calendar.Claim(db, begin, scene.End);
        return new TruthFailure
        {
            Id = "database-failover",
            Kind = "databaseFailover",
            Customer = customer.Key,
            RootResource = db.Id,
            Cause = "The shop's database failed over; the sites that need it could not reach it.",
            Start = begin,
            End = scene.End,
            Symptoms = scene.Symptoms,
        };
    }

    /// <summary>Plays it on a database, what needs it, and what watches that.</summary>
    public static void Play(Stage stage, Scene scene, (AzureResource Db, AzureResource Api, AzureResource Web) at,
        (AzureResource Test, AzureResource Insights) watch, double begin)
    {
        var (db, api, web) = at;
        var back = stage.After(begin, 930);
        scene.Health(db, "Database is failing over", stage.After(begin, 20), back);
        scene.Alert(Rules.DatabaseConnections, db, stage.After(begin, 90), stage.After(back, 60));
        scene.SiteErrors(api, "SqlException 40613: database is not currently available", stage.After(begin, 45), back, 24);
        scene.Alert(Rules.Http5xx, api, stage.After(begin, 130), stage.After(back, 150), overtaken: true);
        scene.SiteErrors(web, "Upstream call to api failed with 503", stage.After(begin, 75), back, 15);
        scene.Alert(Rules.Http5xx, web, stage.After(begin, 165), stage.After(back, 170));
        scene.Alert(Rules.Latency, web, stage.After(begin, 190), stage.After(back, 180));
        scene.Alert(Rules.Dependencies, api, stage.After(begin, 240), stage.After(back, 200));
        scene.WebTest(Rules.WebTest, watch.Test, watch.Insights, stage.After(begin, 280), stage.After(back, 210));
    }
}
