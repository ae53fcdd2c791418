namespace Correlation.Estate.Failures.Reporting;

/// <summary>A release inside the cluster: no activity log knows it. The cluster is the only resource that many of its
/// symptoms have, and it may well be in another failure at the same time.</summary>
internal static class BadRollout
{
    public static Outcome Play(Plot p)
    {
        p.Lasts(2200);
        var (space, app) = (p.Rng.Pick(["payments", "pricing", "search", "stock"]), p.Apps(1)[0]);
        string Pod(string of) => $"{of}-{p.Rng.Below(9000) + 1000:x}";
        p.Split(SharedRules.PodCrash, "track/aks", 240, ("namespace", space), ("pod", Pod("checkout")));
        p.Split(SharedRules.PodCrash, "track/aks", 300, ("namespace", space), ("pod", Pod("ledger")));
        p.Split(SharedRules.Replicas, "track/aks", 480, ("namespace", space), ("deployment", "checkout"));
        p.Split(SharedRules.ImagePull, "track/aks", 200, ("namespace", space), ("pod", Pod("checkout")));
        p.Split(SharedRules.Backlog, "platform/bus", 700, ("EntityName", space));
        p.Split(SharedRules.DeadLetters, "platform/bus", 1000, ("EntityName", space));
        p.Split(SharedRules.ApimErrors, "platform/apim", 420, ("GatewayResponseCodeCategory", "5xx"), ("ApiId", space));
        p.Errors($"{app}/func", $"ServiceBusException: {space}: MessageLockLost, checkout does not answer", 800, 7);
        p.Alert(SharedRules.FailedRequests, $"{app}/insights", 860);
        p.WebTest(app, 960);
        return new Outcome(p["track/aks"].Id, "The release checkout 4.2 in the cluster crashes at start.");
    }
}
