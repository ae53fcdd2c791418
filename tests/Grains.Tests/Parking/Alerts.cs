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

    /// <summary>An alert of a rule on a machine: one instance of it, fired and, where there is such a time, resolved.</summary>
    public static string On(int machine, string rule, int instance, DateTimeOffset fired, DateTimeOffset? resolved) =>
        Write([Machine(machine)], rule, instance, fired, resolved);

    private static string Of(string[] machines, int rule, int second, bool fired)
    {
        var at = Start.AddSeconds(second);
        return Write(machines, $"rule {rule}", rule, fired ? at : Start.AddSeconds(rule), fired ? null : at);
    }

    private static string Write(
        string[] machines, string rule, int instance, DateTimeOffset fired, DateTimeOffset? resolved)
    {
        var targets = string.Join("\", \"", machines);
        var end = resolved is { } at ? $"""
            "resolvedDateTime": "{at:O}",
            """ : "";
        return $$"""
            {
              "schemaId": "azureMonitorCommonAlertSchema",
              "data": {
                "essentials": {
                  "alertId": "/subscriptions/s1/providers/Microsoft.AlertsManagement/alerts/a{{instance}}",
                  "alertRule": "{{rule}}",
                  "severity": "Sev1",
                  "signalType": "Metric",
                  "monitorCondition": "{{(resolved is null ? "Fired" : "Resolved")}}",
                  "monitoringService": "Platform",
                  "alertTargetIDs": ["{{targets}}"],
                  "originAlertId": "o{{instance}}",
                  {{end}}
                  "firedDateTime": "{{fired:O}}",
                  "essentialsVersion": "1.0",
                  "alertContextVersion": "1.0"
                },
                "alertContext": {}
              }
            }
            """;
    }
}
