namespace Correlation.Estate.Failures.Reporting;

/// <summary>A role assignment of the shared identity is deleted: each of its users fails when it next does its work. Only
/// their error texts say what they have in common.</summary>
internal static class RoleRemoved
{
    public static Outcome Play(Plot p)
    {
        var (identity, storage) = (p["platform/identity"], p["platform/storage"]);
        p.Lasts(4200);
        var assignment = $"{storage.Id}/providers/Microsoft.Authorization/roleAssignments/5b1c2f60-41de-4f7f-9d3c-0e8f1b6a7d20";
        p.Guilty(assignment, "Microsoft.Authorization/roleAssignments/delete", -400);
        var text = $"AuthorizationPermissionMismatch: '{identity.Name}' is not authorized to perform this operation "
            + "using this permission.";
        p.Scene.ServiceErrors(p["platform/factory"], ("PipelineRuns", "nightly-export - Failed"), text,
            (p.After(300), p.Until, 4));
        p.Split(SharedRules.Pipelines, "platform/factory", 600, ("Name", "nightly-export"), ("FailureType", "UserError"));
        p.Scene.FailedJob(p["ops/automation"], "Archive-Invoices", p.After(900));
        p.Alert(Rules.RunbookFailed, "ops/automation", 1150);
        foreach (var app in p.Apps(2))
        {
            p.Errors($"{app}/func", text, p.Rng.Between(200, 1500), 7);
            p.Alert(SharedRules.Exceptions, $"{app}/insights", 1700);
        }

        p.Split(SharedRules.ImagePull, "track/aks", 1300, ("namespace", "batch"), ("pod", "settle-28901"));
        p.Scene.FailedOperation(p.Customer, p["platform/scaleset"], "Microsoft.Compute/virtualMachineScaleSets/write",
            p.After(1000), $"LinkedAuthorizationFailed: the client '{identity.Name}' has no permission.");
        p.Split(SharedRules.StorageRefused, "platform/storage", 700, ("ResponseType", "AuthorizationError"));
        p.Fix(assignment, "Microsoft.Authorization/roleAssignments/write");
        return new Outcome(identity.Id, "A role of the workloads' identity was removed.", storage.Id, assignment);
    }
}
