using Correlation.Estate.Model;

namespace Correlation.Estate.Failures.Reporting;

/// <summary>The tunnel to the data centre goes up and down; what talks through it complains in the same rhythm, and some of
/// it never says that it is well again.</summary>
internal static class TunnelFlapping
{
    public static Outcome Play(Plot p)
    {
        var tunnel = p["connectivity/tunnel"];
        var waves = 4 + p.Rng.Below(4);
        p.Lasts(waves * 1100);
        var begin = p.Begin;
        for (var wave = 0; wave < waves; wave++)
        {
            var up = p.Stage.After(begin, p.Rng.Between(240, 520));
            p.Scene.Alert(SharedRules.TunnelDown, tunnel, p.Stage.After(begin, 90), p.Stage.After(up, 90));
            if (wave % 2 == 0)
            {
                p.Scene.Alert(SharedRules.BgpDown, p["connectivity/vpn"], p.Stage.After(begin, 120), p.Stage.After(up, 120));
            }

            foreach (var role in new[] { "files/app01", "files/app02", "erp/app02" })
            {
                if (p.Rng.Chance(0.7)) { Lost(p, p[role], begin, up); }
            }

            p.Scene.ServiceErrors(p["connectivity/vpn"], ("TunnelDiagnosticLog", "TunnelDisconnected"),
                "Tunnel disconnected: IKE negotiation failed, peer does not answer", (begin, p.Stage.After(begin, 60), 2));
            begin = p.Stage.After(up, p.Rng.Between(420, 1100));
        }

        p.Scene.Alert(SharedRules.Pipelines, p["platform/factory"], p.Stage.After(p.Begin, 1300), p.Stage.After(begin, 300));
        return new Outcome(tunnel.Id, "The provider's line to the data centre was unstable.", p["connectivity/vpn"].Id);
    }

    private static void Lost(Plot p, AzureResource machine, double begin, double up) => p.Scene.Queried(
        SharedRules.Connectivity, machine, p["ops/workspace"], p.Stage.After(begin, 280), p.Stage.After(up, 300));
}
