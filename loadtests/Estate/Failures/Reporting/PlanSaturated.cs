namespace Correlation.Estate.Failures.Reporting;

/// <summary>A deployment of one application takes the processors of the plan; its neighbours suffer although nobody touched
/// them.</summary>
internal static class PlanSaturated
{
    public static Outcome Play(Plot p)
    {
        var apps = p.Apps(4);
        var guilty = p[$"{apps[0]}/api"];
        p.Lasts(2700);
        var swap = p.Rng.Chance(0.5);
        p.Guilty(guilty.Id, swap ? "Microsoft.Web/sites/slotsswap/action" : "Microsoft.Web/sites/write", 0);
        p.Alert(SharedRules.PlanCpu, "platform/plan", 360);
        p.Alert(SharedRules.PlanQueue, "platform/plan", 480);
        p.Alert(SharedRules.HealthCheck, guilty, 420);
        p.Alert(SharedRules.Exceptions, $"{apps[0]}/insights", 300);
        foreach (var app in apps)
        {
            p.Alert(SharedRules.SlowResponse, $"{app}/web", 540);
            if (p.Rng.Chance(0.6)) { p.Alert(SharedRules.ServerErrors, $"{app}/web", 700); }
        }

        foreach (var app in apps.Skip(1).Take(2)) { p.WebTest(app, 900); }

        p.Fix(guilty.Id, "Microsoft.Web/sites/slotsswap/action");
        return new Outcome(guilty.Id, $"A deployment of {guilty.Name} took all processors of the shared plan.",
            p["platform/plan"].Id);
    }
}
