namespace Correlation.Estate.Failures.Reporting;

/// <summary>A managed rule set is switched on at the edge: visitors are refused there, and what lies behind has far too
/// little to do.</summary>
internal static class FirewallBlocksVisitors
{
    public static Outcome Play(Plot p)
    {
        var waf = p["platform/waf"];
        p.Lasts(3000);
        p.Guilty(waf.Id, "Microsoft.Network/frontDoorWebApplicationFirewallPolicies/write");
        p.Split(SharedRules.EdgeBlocked, "platform/frontdoor", 420, ("Action", "Block"), ("RuleName", "DefaultRuleSet-942430"));
        p.Alert(SharedRules.EdgeRefused, "platform/frontdoor", 330);
        foreach (var app in p.Apps(4))
        {
            p.Alert(SharedRules.FewRequests, $"{app}/web", 900);
            if (p.Rng.Chance(0.5)) { p.WebTest(app, 400); }
        }

        p.Split(SharedRules.FewRequests, "billing/func", 1400, ("Instance", "RD0003FF"));
        p.Scene.ServiceErrors(p["platform/frontdoor"],
            ("FrontDoorWebApplicationFirewallLog", "Microsoft.Cdn/Profiles/WebApplicationFirewallLog/Write"),
            "Block: Microsoft_DefaultRuleSet-2.1-SQLI-942430", (p.After(90), p.Until, 15));
        p.Fix(waf.Id, "Microsoft.Network/frontDoorWebApplicationFirewallPolicies/write");
        return new Outcome(waf.Id, "A new rule set at the edge blocked honest visitors.", p["platform/frontdoor"].Id);
    }
}
