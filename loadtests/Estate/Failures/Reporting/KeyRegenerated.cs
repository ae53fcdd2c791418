namespace Correlation.Estate.Failures.Reporting;

/// <summary>Somebody regenerates a storage key. Whoever has a connection keeps it; one after the other they fail over the
/// next half hour and more.</summary>
internal static class KeyRegenerated
{
    public static Outcome Play(Plot p)
    {
        var storage = p["platform/storage"];
        p.Lasts(5400);
        p.Guilty(storage.Id, "Microsoft.Storage/storageAccounts/regenerateKey/action");
        p.Split(SharedRules.StorageRefused, "platform/storage", 420, ("ResponseType", "AuthenticationError"));
        var after = 300.0;
        foreach (var app in p.Apps(5))
        {
            p.Errors($"{app}/func",
                "RequestFailedException: Server failed to authenticate the request. ErrorCode: AuthenticationFailed",
                after, 6);
            if (p.Rng.Chance(0.6)) { p.Alert(SharedRules.ServerErrors, $"{app}/func", after + 260); }

            if (p.Rng.Chance(0.4)) { p.Alert(SharedRules.FailedRequests, $"{app}/insights", after + 400); }

            after += p.Rng.Between(240, 620);
        }

        p.Split(SharedRules.Pipelines, "platform/factory", 1500, ("Name", "load-files"), ("FailureType", "UserError"));
        p.Scene.FailedJob(p["ops/automation"], "Copy-Reports", p.After(2100));
        p.Alert(Rules.RunbookFailed, "ops/automation", 2400);
        p.Fix(storage.Id, "Microsoft.Storage/storageAccounts/listKeys/action");
        return new Outcome(storage.Id, "key1 of the shared storage account was regenerated while it was in use.");
    }
}
