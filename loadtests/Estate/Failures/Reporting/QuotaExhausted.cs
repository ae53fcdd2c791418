namespace Correlation.Estate.Failures.Reporting;

/// <summary>A pool is made so big that the subscription has no cores left: whatever wants to scale next is refused,
/// anywhere.</summary>
internal static class QuotaExhausted
{
    private const string Refused =
        "OperationNotAllowed: Operation could not be completed as it results in exceeding approved "
        + "standardDSv5Family Cores quota.";

    public static Outcome Play(Plot p)
    {
        var pool = p["track/pool-user"];
        p.Lasts(4000);
        p.Guilty(pool.Id, "Microsoft.ContainerService/managedClusters/agentPools/write", -200);
        p.Scene.FailedOperation(p.Customer, p["platform/scaleset"], "Microsoft.Compute/virtualMachineScaleSets/write",
            p.After(500), Refused);
        p.Scene.FailedOperation(p.Customer, p["erp/app03"], "Microsoft.Compute/virtualMachines/start/action",
            p.After(900), Refused);
        p.Scene.FailedOperation(p.Customer, p["track/aks"], "Microsoft.ContainerService/managedClusters/write",
            p.After(1500), Refused);
        p.Alert(SharedRules.MachineCpu, "platform/scaleset", 800);
        p.Alert(SharedRules.MachineCpu, "erp/app01", 1200);
        p.Alert(SharedRules.MachineMemory, "erp/app02", 1400);
        p.Scene.FailedJob(p["ops/automation"], "Start-RenderFarm", p.After(1000));
        p.Alert(Rules.RunbookFailed, "ops/automation", 1250);
        p.Split(SharedRules.PodPending, "track/aks", 1700, ("namespace", "batch"), ("pod", "render-0"));
        p.Split(SharedRules.Backlog, "track/bus", 1900, ("EntityName", "render"));
        p.Fix(pool.Id, "Microsoft.ContainerService/managedClusters/agentPools/write");
        return new Outcome(pool.Id, "The user pool was scaled up and used all cores of the subscription.", p["track/aks"].Id);
    }
}
