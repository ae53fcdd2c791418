namespace Correlation.Estate.Failures.Reporting;

/// <summary>A release inside the cluster: no activity log knows it. The cluster is the only resource that many of its symptoms have, and it may well be in another failure at the same time.</summary>
internal static class BadRollout
{
    public static Outcome Play(Plot p)
    {
        p.Lasts(2200);
        const string Space = "payments";
        p.Split(SharedRules.PodCrash, "track/aks", 240, ("namespace", Space), ("pod", "checkout-6f5d"));
        p.Split(SharedRules.PodCrash, "track/aks", 300, ("namespace", Space), ("pod", "ledger-77c4"));
        p.Split(SharedRules.Replicas, "track/aks", 480, ("namespace", Space), ("deployment", "checkout"));
        p.Split(SharedRules.ImagePull, "track/aks", 200, ("namespace", Space), ("pod", "checkout-6f5e"));
        p.Split(SharedRules.Backlog, "platform/bus", 700, ("EntityName", "payments"));
        p.Split(SharedRules.DeadLetters, "platform/bus", 1000, ("EntityName", "payments"));
        p.Split(SharedRules.ApimErrors, "platform/apim", 420, ("GatewayResponseCodeCategory", "5xx"), ("ApiId", Space));
        p.Errors("billing/func", "ServiceBusException: payments: MessageLockLost, checkout does not answer", 800, 7);
        p.Alert(SharedRules.FailedRequests, "billing/insights", 860);
        p.WebTest("billing", 960);
        return new Outcome(p["track/aks"].Id, "The release checkout 4.2 in the cluster crashes at start.");
    }
}
