namespace Correlation.Estate.Failures.Reporting;

/// <summary>A new rule of the hub firewall cuts machines and a cluster off from what they need, as far as three hops away,
/// over a quarter of an hour.</summary>
internal static class HubFirewallRule
{
    public static Outcome Play(Plot p)
    {
        var policy = p["connectivity/policy"];
        p.Lasts(3300);
        var rules = policy.Id + "/ruleCollectionGroups/rcg-platform";
        p.Guilty(rules, "Microsoft.Network/firewallPolicies/ruleCollectionGroups/write");
        foreach (var role in p.Some(["erp/sql01", "erp/app01", "erp/app02", "files/sql01", "files/app01"], 4))
        {
            p.Queried(SharedRules.Heartbeat, p[role], 780);
            if (p.Rng.Chance(0.5)) { p.Queried(SharedRules.Connectivity, p[role], 330); }
        }

        p.Split(SharedRules.ImagePull, "track/aks", 700, ("namespace", "track"), ("pod", "labels-59dd"));
        p.Split(SharedRules.NodeNotReady, "track/aks", 1000, ("node", "aks-system-77120-vmss000001"));
        p.Scene.MachineErrors(p["erp/app03"], "Order service: connect to 10.20.4.11:1433 timed out.", p.After(150), p.Until, 10);
        p.Queried(SharedRules.FailedDependencies, p["portal/api"], 640);
        p.Alert(SharedRules.ServerErrors, "portal/api", 420);
        p.Split(SharedRules.Pipelines, "platform/factory", 1200, ("Name", "erp-sync"), ("FailureType", "SystemError"));
        p.Fix(rules, "Microsoft.Network/firewallPolicies/ruleCollectionGroups/write");
        return new Outcome(policy.Id, "A rule collection of the hub's firewall denied what the workloads need.",
            p["connectivity/firewall"].Id, rules);
    }
}
