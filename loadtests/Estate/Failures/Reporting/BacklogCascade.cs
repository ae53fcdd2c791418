namespace Correlation.Estate.Failures.Reporting;

/// <summary>A throttled document store fills a queue, the queue starves an application, and so on: a stage every five
/// minutes or so, from one group into the next.</summary>
internal static class BacklogCascade
{
    public static Outcome Play(Plot p)
    {
        var cosmos = p["platform/cosmos"];
        p.Lasts(5200);
        if (p.Rng.Chance(0.5))
        {
            p.Guilty(cosmos.Id + "/sqlDatabases/events/containers/orders/throughputSettings/default",
                "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/throughputSettings/write", -120);
        }

        p.Alert(SharedRules.RequestUnits, cosmos, 180);
        p.Split(SharedRules.Throttled429, "platform/cosmos", 240, ("StatusCode", "429"), ("CollectionName", "orders"));
        p.Errors("orders/func", "CosmosException: TooManyRequests (429), request rate is large", 360, 14);
        p.Split(SharedRules.Backlog, "platform/bus", 720, ("EntityName", "orders"));
        p.Errors("shop/func", "ServiceBusException: orders: the entity's quota has been exceeded", 1100, 10);
        p.Alert(SharedRules.ServerErrors, "orders/api", 1300);
        p.Split(SharedRules.DeadLetters, "platform/bus", 1500, ("EntityName", "orders"));
        p.Alert(SharedRules.SlowResponse, "shop/web", 1600);
        p.Alert(SharedRules.FailedRequests, "shop/insights", 1800);
        p.WebTest("shop", 2000);
        p.Split(SharedRules.OriginHealth, "platform/frontdoor", 2200, ("OriginGroup", "og-shop"), ("Origin", "shop"));
        p.Alert(SharedRules.SlowResponse, "billing/api", 2500);
        return new Outcome(cosmos.Id, "The shared document store ran out of request units.",
            cosmos.Id + "/sqlDatabases/events/containers/orders/throughputSettings/default");
    }
}
