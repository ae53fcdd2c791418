using Correlation.Estate.Model;

namespace Correlation.Estate.Failures;

/// <summary>A new version of an API fails at once, and so does the site that calls it, until it is swapped back.</summary>
internal static class BadDeployment
{
    public static TruthFailure Plant(Stage stage)
    {
        var (customer, scene) = (stage.Customer("fabrikam"), stage.NewScene());
        var (api, web, gateway) = (customer["booking/api"], customer["booking/web"], customer["booking/gateway"]);
        var begin = Math.Round(NightlyJob.HalfADayAfter(stage, 0.38) + stage.Rng.Between(-600, 600), 3);
        Play(stage, scene, (customer, api, web, gateway), begin, "release-20418");
        stage.Calendar.Claim(api, begin, scene.End);
        return new TruthFailure
        {
            Id = "bad-deployment",
            Kind = "badDeployment",
            Customer = customer.Key,
            RootResource = api.Id,
            Cause = "Deployment release-20418 broke the booking API; swapping the slots back ended it.",
            Start = begin,
            End = scene.End,
            Symptoms = scene.Symptoms,
            Changes = scene.Changes,
        };
    }

    /// <summary>Plays it on an API, the site that calls it and the gateway before that.</summary>
    public static void Play(Stage stage, Scene scene,
        (CustomerEstate Customer, AzureResource Api, AzureResource Web, AzureResource Gateway) at, double begin, string release)
    {
        var (customer, api, web, gateway) = at;
        var fix = stage.After(begin, 2300);
        var deployment = $"/subscriptions/{api.Subscription}/resourceGroups/{api.Group}"
            + $"/providers/Microsoft.Resources/deployments/{release}";
        scene.CorrelationId = stage.Rng.Guid();
        scene.Change(customer, deployment, "Microsoft.Resources/deployments/write", begin, "cause");
        scene.Change(customer, api.Id, "Microsoft.Web/sites/write", Math.Round(begin + 6, 3), "cause");
        scene.CorrelationId = null;
        scene.SiteErrors(api, "NullReferenceException in PriceController.Get", stage.After(begin, 100), fix, 40);
        scene.Alert(Rules.Http5xx, api, stage.After(begin, 230), stage.After(fix, 240));
        scene.Alert(Rules.Latency, api, stage.After(begin, 300), stage.After(fix, 260), overtaken: false);
        scene.SiteErrors(web, "Price service answered 500", stage.After(begin, 170), fix, 22);
        scene.Alert(Rules.Http5xx, web, stage.After(begin, 320), stage.After(fix, 280));
        scene.Alert(Rules.Dependencies, web, stage.After(begin, 380), stage.After(fix, 300));
        scene.Alert(Rules.UnhealthyHosts, gateway, stage.After(begin, 430), stage.After(fix, 320));
        scene.Change(customer, api.Id, "Microsoft.Web/sites/slotsswap/action", fix, "fix");
    }
}
