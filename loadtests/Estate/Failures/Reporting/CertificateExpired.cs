namespace Correlation.Estate.Failures.Reporting;

/// <summary>A certificate of the shared vault expires at its minute: all that present it fail together, and no change
/// explains it.</summary>
internal static class CertificateExpired
{
    public static Outcome Play(Plot p)
    {
        p.Lasts(3900);
        p.Queried(SharedRules.CertificateEvent, p["platform/vault"], 500);
        p.Split(SharedRules.ApimErrors, "platform/apim", 200, ("GatewayResponseCodeCategory", "5xx"));
        p.Split(SharedRules.OriginHealth, "platform/frontdoor", 260, ("OriginGroup", "og-apim"), ("Origin", "apim"));
        p.Scene.ServiceErrors(p["platform/apim"], ("GatewayLogs", "Microsoft.ApiManagement/GatewayLogs"),
            "ClientConnectionFailure: The remote certificate is invalid because of errors in the certificate chain: NotTimeValid",
            (p.After(60), p.Until, 12));
        foreach (var app in p.Apps(3))
        {
            p.Errors($"{app}/web", "AuthenticationException: the remote certificate is invalid: NotTimeValid", 60, 9);
            p.WebTest(app, 330);
            if (p.Rng.Chance(0.5)) { p.Alert(SharedRules.FailedRequests, $"{app}/insights", 360); }
        }

        p.Split(SharedRules.PodCrash, "track/aks", 480, ("namespace", "ingress-nginx"), ("pod", "ingress-nginx-controller-7d9f"));
        p.Fix(p["platform/vault"].Id + "/certificates/wildcard", "Microsoft.KeyVault/vaults/certificates/import/action");
        return new Outcome(p["platform/vault"].Id, "The wildcard certificate in the shared vault expired.");
    }
}
