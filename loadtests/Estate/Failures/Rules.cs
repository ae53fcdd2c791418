using Correlation.Estate.Wire;

namespace Correlation.Estate.Failures;

/// <summary>The alert rules that the customers have.</summary>
internal static class Rules
{
    public static readonly AlertRule Http5xx = Metric("http5xx", 1, "Http5xx", "10", 214, "Server errors above 10 in 5 minutes");
    public static readonly AlertRule Latency = Metric("latency", 2, "HttpResponseTime", "3", 11.4, "Response time above 3 s");
    public static readonly AlertRule DatabaseConnections =
        Metric("connection-failed", 1, "connection_failed", "5", 96, "Failed connections above 5 in 5 minutes");
    public static readonly AlertRule UnhealthyHosts =
        Metric("unhealthy-hosts", 2, "UnhealthyHostCount", "0", 2, "Backend hosts are unhealthy");
    public static readonly AlertRule MachineAvailability =
        Metric("vm-availability", 1, "VmAvailabilityMetric", "1", 0, "Machine not available") with { Operator = "LessThan" };
    public static readonly AlertRule StorageAvailability =
        Metric("availability", 1, "Availability", "99", 61.3, "Availability below 99 %") with { Operator = "LessThan" };
    public static readonly AlertRule NodesNotReady =
        Metric("nodes-not-ready", 1, "kube_node_status_condition", "0", 3, "Nodes are not ready");
    public static readonly AlertRule RedisErrors = Metric("errors", 2, "errors", "0", 41, "Cache errors");
    public static readonly AlertRule Throttled =
        Metric("throttled", 3, "ThrottledRequests", "5", 9, "Throttled requests above 5 in 5 minutes");
    public static readonly AlertRule Cpu = Metric("cpu", 2, "Percentage CPU", "90", 94.2, "Processor above 90 %");
    public static readonly AlertRule Dtu = Metric("dtu", 2, "dtu_consumption_percent", "85", 91, "DTU above 85 %");
    public static readonly AlertRule Ingress = Metric("ingress", 3, "Ingress", "500000000", 612000000, "Unusual ingress")
        with { Kind = RuleKind.DynamicMetric };
    public static readonly AlertRule Memory = Metric("memory", 3, "usedmemorypercentage", "80", 83, "Used memory above 80 %");
    public static readonly AlertRule Saturation = Metric("latency", 2, "SaturationShoebox", "75", 81, "Saturation above 75 %");
    public static readonly AlertRule FailedJobs = Metric("failed-jobs", 2, "TotalJob", "0", 1, "Jobs have failed");
    public static readonly AlertRule WebTest = Metric("availability", 1, "Failed Location", "2", 4, "Test fails from 3 locations")
        with { Kind = RuleKind.WebTest };

    public static readonly AlertRule Dependencies = Log("dependency-failures", 2,
        "dependencies | where success == false | summarize count() by _ResourceId", "20", 180, "Dependency calls fail");
    public static readonly AlertRule DiskWarning = Log("disk-85", 2,
        "InsightsMetrics | where Name == 'FreeSpacePercentage' and Val < 15", "0", 1, "Disk F: more than 85 % full");
    public static readonly AlertRule DiskError = Log("disk-95", 1,
        "InsightsMetrics | where Name == 'FreeSpacePercentage' and Val < 5", "0", 1, "Disk F: more than 95 % full");
    public static readonly AlertRule ServiceStopped = Log("service-stopped", 1,
        "Event | where Source == 'MSSQLSERVER' and EventID == 9002", "0", 6, "SQL Server cannot write its log");
    public static readonly AlertRule RunbookFailed = Log("runbook-failed", 1,
        "AzureDiagnostics | where Category == 'JobLogs' and ResultType == 'Failed'", "0", 1, "A runbook has failed");
    public static readonly AlertRule HeartbeatLost = Log("heartbeat-lost", 1,
        "Heartbeat | summarize last = max(TimeGenerated) by _ResourceId | where last < ago(5m)", "0", 1,
        "No heartbeat for 5 minutes");

    private static AlertRule Metric(string watch, int severity, string measure, string threshold, double value, string text) =>
        new()
        {
            Kind = RuleKind.Metric,
            Watch = watch,
            Severity = severity,
            Measure = measure,
            Threshold = threshold,
            Value = value,
            Description = text,
        };

    private static AlertRule Log(string watch, int severity, string query, string threshold, double value, string text) =>
        Metric(watch, severity, query, threshold, value, text) with { Kind = RuleKind.Log };
}
