using Correlation.Estate.Wire;

namespace Correlation.Estate.Failures;

/// <summary>The alert rules of the customers with shared platforms: mostly one rule for all resources of a type, as
/// baselines of rules deploy them.</summary>
internal static class SharedRules
{
    public static readonly AlertRule PoolLoad = Metric("sqlPoolDtuAlert", 2, "dtu_consumption_percent", 95, "Pool above 95 %");
    public static readonly AlertRule Workers = Metric("sqlWorkersAlert", 1, "workers_percent", 90, "Workers above 90 %");
    public static readonly AlertRule Sessions = Metric("sqlSessionsAlert", 2, "sessions_percent", 85, "Sessions above 85 %");
    public static readonly AlertRule Deadlocks = Metric("sqlDeadlockAlert", 3, "deadlock", 5, "Deadlocks");
    public static readonly AlertRule PlanCpu = Metric("planCpuAlert", 1, "CpuPercentage", 90, "Plan's processor above 90 %");
    public static readonly AlertRule PlanQueue = Metric("planQueueAlert", 2, "HttpQueueLength", 100, "Requests wait in the plan");
    public static readonly AlertRule ServerErrors = Metric("webHttp5xxAlert", 1, "Http5xx", 10, "Server errors");
    public static readonly AlertRule SlowResponse = Metric("webSlowAlert", 2, "HttpResponseTime", 3, "Slow responses");
    public static readonly AlertRule HealthCheck =
        Metric("webHealthCheckAlert", 1, "HealthCheckStatus", 100, "Health check fails")
            with { Operator = "LessThan", Value = 0 };
    public static readonly AlertRule FewRequests =
        Metric("webTrafficDropAlert", 2, "Requests", 40, "Far fewer requests than usual")
            with { Kind = RuleKind.DynamicMetric, Operator = "LessThan", Value = 0 };
    public static readonly AlertRule FailedRequests =
        Metric("appiFailedRequests", 2, "requests/failed", 20, "Failed requests above 20 in 5 minutes");
    public static readonly AlertRule Exceptions = Metric("appiExceptions", 3, "exceptions/count", 50, "Exceptions above 50");
    public static readonly AlertRule ApimErrors = Metric("apimGatewayErrors", 1, "Requests", 30, "Gateway answers 5xx");
    public static readonly AlertRule OriginHealth =
        Metric("afdOriginHealth", 1, "OriginHealthPercentage", 60, "Origins unhealthy") with { Operator = "LessThan", Value = 0 };
    public static readonly AlertRule EdgeRefused = Metric("afd4xxAlert", 2, "Percentage4XX", 25, "A quarter of requests refused");
    public static readonly AlertRule EdgeBlocked =
        Metric("afdWafBlocks", 2, "WebApplicationFirewallRequestCount", 500, "Many requests blocked")
            with { Kind = RuleKind.DynamicMetric };
    public static readonly AlertRule VaultErrors = Metric("kvApiResult", 2, "ServiceApiResult", 20, "Vault refuses requests");
    public static readonly AlertRule TunnelDown =
        Metric("vpnTunnelBandwidth", 0, "TunnelAverageBandwidth", 1, "Tunnel carries nothing")
            with { Operator = "LessThan", Value = 0 };
    public static readonly AlertRule BgpDown =
        Metric("vpnBgpPeer", 1, "BgpPeerStatus", 1, "BGP peer is down") with { Operator = "LessThan", Value = 0 };
    public static readonly AlertRule FirewallHealth =
        Metric("afwHealth", 1, "FirewallHealth", 90, "Firewall degraded") with { Operator = "LessThan", Value = 0 };
    public static readonly AlertRule Throttled429 = Metric("cosmos429", 2, "TotalRequests", 100, "Requests throttled (429)");
    public static readonly AlertRule RequestUnits =
        Metric("cosmosRuAlert", 2, "NormalizedRUConsumption", 95, "Request units above 95 %");
    public static readonly AlertRule Backlog = Metric("sbActiveMessages", 2, "ActiveMessages", 5000, "Messages wait");
    public static readonly AlertRule DeadLetters = Metric("sbDeadLetters", 2, "DeadletteredMessages", 10, "Dead letters");
    public static readonly AlertRule Pipelines = Metric("adfFailedPipelines", 2, "PipelineFailedRuns", 0, "Pipelines fail");
    public static readonly AlertRule StorageRefused =
        Metric("stAuthErrors", 2, "Transactions", 50, "Requests refused (AuthenticationFailed)");
    public static readonly AlertRule NodeCpu = Metric("aksNodeCpu", 2, "node_cpu_usage_percentage", 95, "Node's processor");
    public static readonly AlertRule MachineCpu = Metric("vmCpuAlert", 2, "Percentage CPU", 90, "Processor above 90 %");
    public static readonly AlertRule MachineMemory =
        Metric("vmMemoryAlert", 2, "Available Memory Bytes", 500_000_000, "Memory short")
            with { Operator = "LessThan", Value = 0 };
    public static readonly AlertRule Ingestion = Metric("logIngestion", 2, "Ingestion Volume", 1, "No data is taken in")
        with { Operator = "LessThan", Value = 0 };

    public static readonly AlertRule Heartbeat = Log("vmHeartbeatAlert", 1,
        "Heartbeat | summarize last = max(TimeGenerated) by _ResourceId | where last < ago(10m)", "No heartbeat for 10 minutes");
    public static readonly AlertRule Connectivity = Log("nwConnectionMonitor", 1,
        "NWConnectionMonitorTestResult | where TestResult == 'Fail' | summarize count() by _ResourceId",
        "Tests of connections fail");
    public static readonly AlertRule Resolution = Log("dependencyNameErrors", 2,
        "AppDependencies | where ResultCode has 'NameResolution' | summarize count() by _ResourceId", "Names do not resolve");
    public static readonly AlertRule CertificateEvent = Log("kvCertificateEvent", 2,
        "AzureDiagnostics | where OperationName startswith 'CertificateExpired' | summarize count() by _ResourceId",
        "A certificate has expired");
    public static readonly AlertRule FailedDependencies = Log("appDependencyFailures", 2,
        "AppDependencies | where Success == false | summarize count() by _ResourceId", "Dependency calls fail");
    public static readonly AlertRule ImagePull = Prometheus("KubePodImagePull", 2,
        "kube_pod_container_status_waiting_reason{reason='ImagePullBackOff'} > 0", "Images cannot be pulled");
    public static readonly AlertRule NodeNotReady = Prometheus("KubeNodeNotReady", 1,
        "kube_node_status_condition{condition='Ready',status='true'} == 0", "A node is not ready");
    public static readonly AlertRule PodCrash = Prometheus("KubePodCrashLooping", 2,
        "rate(kube_pod_container_status_restarts_total[5m]) > 0", "Pods restart again and again");
    public static readonly AlertRule Replicas = Prometheus("KubeDeploymentReplicasMismatch", 2,
        "kube_deployment_spec_replicas != kube_deployment_status_replicas_available", "Replicas are missing");
    public static readonly AlertRule PodPending = Prometheus("KubePodNotReady", 2,
        "kube_pod_status_phase{phase='Pending'} > 0", "Pods wait for a node");

    private static AlertRule Metric(string watch, int severity, string measure, double threshold, string text) => new()
    {
        Kind = RuleKind.Metric,
        Watch = watch,
        Severity = severity,
        Measure = measure,
        Threshold = threshold.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Value = threshold * 1.7,
        Description = text,
        IsShared = true,
    };

    private static AlertRule Log(string watch, int severity, string query, string text) =>
        Metric(watch, severity, query, 0, text) with { Kind = RuleKind.Log, Value = 4 };

    private static AlertRule Prometheus(string watch, int severity, string query, string text) =>
        Metric(watch, severity, query, 0, text) with { Kind = RuleKind.Prometheus, IsShared = false };
}
