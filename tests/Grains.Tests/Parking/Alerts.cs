namespace Correlation.Grains.Tests.Parking;

/// <summary>Alerts about two virtual machines that always say the same of both.</summary>
internal static class Alerts
{
    public const string Vm = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm1";
    public const string Twin = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm2";

    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddMinutes(-5);

    /// <summary>A rule's alert at a second, fired or resolved, with both machines as targets: two signals.</summary>
    public static string Of(int rule, int second, bool fired = true) => Of([Vm, Twin], rule, second, fired);

    /// <summary>The canonical id of one of many machines.</summary>
    public static string Machine(int number) =>
        $"/subscriptions/s1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/m{number}";

    /// <summary>A rule's alert about some of many machines: a signal for each.</summary>
    public static string On(IEnumerable<int> machines, int rule) => Of([.. machines.Select(Machine)], rule, rule, fired: true);

    private static string Of(string[] machines, int rule, int second, bool fired)
    {
        var targets = string.Join("\", \"", machines);
        var fire = Start.AddSeconds(rule).ToString("O");
        var at = Start.AddSeconds(second).ToString("O");
        var resolved = fired ? "" : $"""
            "resolvedDateTime": "{at}",
            """;
        return $$"""
            {
              "schemaId": "azureMonitorCommonAlertSchema",
              "data": {
                "essentials": {
                  "alertId": "/subscriptions/s1/providers/Microsoft.AlertsManagement/alerts/a{{rule}}",
                  "alertRule": "rule {{rule}}",
                  "severity": "Sev1",
                  "signalType": "Metric",
                  "monitorCondition": "{{(fired ? "Fired" : "Resolved")}}",
                  "monitoringService": "Platform",
                  "alertTargetIDs": ["{{targets}}"],
                  "originAlertId": "o{{rule}}",
                  {{resolved}}
                  "firedDateTime": "{{(fired ? at : fire)}}",
                  "essentialsVersion": "1.0",
                  "alertContextVersion": "1.0"
                },
                "alertContext": {}
              }
            }
            """;
    }
}
