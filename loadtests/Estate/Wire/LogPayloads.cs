using Correlation.Estate.Model;

namespace Correlation.Estate.Wire;

/// <summary>Resource logs as the services write them, quirks included. Each returns its category with the record.</summary>
internal static class LogPayloads
{
    /// <summary>A quiet record of the resource's kind, or null where the kind writes none.</summary>
    public static (string Category, string Record)? Quiet(AzureResource r, double time, Rng rng) => r.Type switch
    {
        "Microsoft.Web/sites" when r.Name.StartsWith("func", StringComparison.Ordinal) => Function(r, time, rng),
        "Microsoft.Web/sites" => Http(r, time, rng),
        "Microsoft.KeyVault/vaults" => Vault(r, time, rng),
        "Microsoft.Sql/servers/databases" => Database(r, time, rng),
        "Microsoft.Network/applicationGateways" => Gateway(r, time, rng),
        "Microsoft.Storage/storageAccounts" => Storage(r, time, rng),
        "Microsoft.ContainerService/managedClusters" => Cluster(r, time, rng),
        "Microsoft.ServiceBus/namespaces" => Bus(r, time),
        "Microsoft.Compute/virtualMachines" => Heartbeat(r, time, rng),
        "Microsoft.Automation/automationAccounts" => Job(r, time, rng.Guid(), "Tag-Resources", "Completed"),
        _ => null,
    };

    /// <summary>An error that a site's own log says.</summary>
    public static (string Category, string Record) SiteError(AzureResource r, double time, string message, string id) =>
        ("AppServiceAppLogs", Json.Of(new
        {
            time = TimeToken.O7(time),
            resourceId = r.Upper,
            category = "AppServiceAppLogs",
            operationName = "Microsoft.Web/sites/log",
            resultDescription = message,
            level = "Error",
            correlationId = id,
            properties = new { source = "Application", stacktrace = "", customLevel = "Error" },
        }));

    /// <summary>A Windows event of level error, as Log Analytics exports it.</summary>
    public static (string Category, string Record) MachineError(AzureResource r, double time, string message, string id) =>
        ("Event", Json.Of(new
        {
            TimeGenerated = TimeToken.O7(time),
            Type = "Event",
            Computer = r.Name,
            EventLevel = 1,
            EventLevelName = "Error",
            EventLog = "Application",
            Source = "MSSQLSERVER",
            EventID = 9002,
            RenderedDescription = message,
            _ItemId = id,
            _ResourceId = r.Lower,
        }));

    /// <summary>An error record of a service's own log.</summary>
    public static (string Category, string Record) ServiceError(
        AzureResource r, (string Category, string Operation) what, double time, string message, string id) =>
        (what.Category, Json.Of(new
        {
            time = TimeToken.O7(time),
            resourceId = r.Upper,
            category = what.Category,
            operationName = what.Operation,
            level = "Error",
            resultType = "Failed",
            resultDescription = message,
            correlationId = id,
            location = r.Region,
        }));

    /// <summary>A run of an Automation job.</summary>
    public static (string Category, string Record) Job(AzureResource r, double time, string job, string runbook, string result) =>
        ("JobLogs", Json.Of(new
        {
            time = TimeToken.O7(time),
            resourceId = r.Upper,
            operationName = "Job",
            category = "JobLogs",
            level = result == "Failed" ? "Error" : "Informational",
            resultType = result,
            correlationId = job,
            properties = new { runbookName_s = runbook, JobId_g = job },
        }));

    private static (string, string) Http(AzureResource r, double time, Rng rng) => ("AppServiceHTTPLogs", Json.Of(new
    {
        time = TimeToken.O7(time),
        resourceId = r.Upper,
        category = "AppServiceHTTPLogs",
        EventStampType = "Stamp",
        EventIpAddress = "10.50.0.18",
        properties = Json.Of(new
        {
            CsHost = $"{r.Name}.azurewebsites.net",
            CsMethod = "GET",
            CsUriStem = $"/items/{rng.Below(900)}",
            ScStatus = rng.Chance(0.03) ? 404 : 200,
            TimeTaken = 12 + rng.Below(180),
            Result = "Success",
        }),
    }));

    private static (string, string) Function(AzureResource r, double time, Rng rng) => ("FunctionAppLogs", Json.Of(new
    {
        time = TimeToken.Of(time, "us24"),
        resourceId = r.Upper,
        category = "FunctionAppLogs",
        operationName = "Microsoft.Web/sites/functions/log",
        level = "Informational",
        location = r.Region,
        properties = $"{{'appName':'{r.Name}','functionName':'Sweep','message':'Done in {20 + rng.Below(900)}ms','levelId':2}}",
    }));

    private static (string, string) Vault(AzureResource r, double time, Rng rng) => ("AuditEvent", Json.Of(new
    {
        time = TimeToken.O7(time),
        category = "AuditEvent",
        operationName = rng.Chance(0.2) ? "VaultGet" : "SecretGet",
        resultType = "Success",
        resultSignature = "OK",
        durationMs = $"{9 + rng.Below(40)}",
        callerIpAddress = "10.50.0.4",
        identity = new { claim = new { appid = "b9c1e0ab" } },
        properties = new { id = $"https://{r.Name}.vault.azure.net/", httpStatusCode = 200, clientInfo = "azsdk-net" },
        resourceId = r.Upper,
        operationVersion = "7.4",
    }));

    private static (string, string) Database(AzureResource r, double time, Rng rng) => ("QueryStoreWaitStatistics", Json.Of(new
    {
        LogicalServerName = r.Id.Split('/')[8],
        SubscriptionId = r.Subscription,
        ResourceGroup = r.Group,
        time = TimeToken.O7(time),
        resourceId = r.Upper,
        category = "QueryStoreWaitStatistics",
        operationName = "QueryStoreWaitStatisticsEvent",
        properties = new { DatabaseName = r.Name, total_query_wait_time_ms = rng.Below(4000), wait_category_s = "CPU" },
    }));

    private static (string, string) Gateway(AzureResource r, double time, Rng rng) => ("ApplicationGatewayAccessLog", Json.Of(new
    {
        timeStamp = TimeToken.Of(time, "off7"),
        resourceId = r.Upper,
        operationName = "ApplicationGatewayAccess",
        category = "ApplicationGatewayAccessLog",
        properties = new { httpMethod = "GET", httpStatus = 200, requestUri = "/", timeTaken = rng.Below(200) / 1000.0 },
    }));

    private static (string, string) Storage(AzureResource r, double time, Rng rng) => ("StorageRead", Json.Of(new
    {
        time = TimeToken.O7(time),
        resourceId = $"{r.Id}/blobServices/default",
        category = "StorageRead",
        operationName = "GetBlob",
        operationVersion = "2023-11-03",
        statusCode = 200,
        statusText = "Success",
        durationMs = 2 + rng.Below(30),
        location = r.Region,
        properties = new { accountName = r.Name, serviceType = "blob", objectKey = $"/{r.Name}/data/{rng.Below(5000)}" },
    }));

    private static (string, string) Cluster(AzureResource r, double time, Rng rng) => ("kube-audit-admin", Json.Of(new
    {
        time = TimeToken.O7(time),
        resourceId = r.Upper,
        category = "kube-audit-admin",
        operationName = "Microsoft.ContainerService/managedClusters/diagnosticLogs/Read",
        properties = new
        {
            log = Json.Of(new
            {
                kind = "Event",
                level = "Metadata",
                verb = "update",
                requestURI = "/apis/coordination.k8s.io/v1/leases",
                responseStatus = new { code = 200 },
            }),
            stream = "stdout",
            pod = $"kube-apiserver-{rng.Below(4)}",
        },
    }));

    private static (string, string) Bus(AzureResource r, double time) => ("OperationalLogs", Json.Of(new
    {
        resourceId = r.Upper,
        EventName = "Retrieve Queue",
        category = "OperationalLogs",
        EventTimeString = $"{TimeToken.Of(time, "us12")} +00:00",
        EventProperties = "{\"SubscriptionId\":\"" + r.Subscription + "\",\"Namespace\":\"" + r.Name + "\"}",
        Status = "Succeeded",
        Caller = "Portal",
    }));

    private static (string, string) Heartbeat(AzureResource r, double time, Rng rng) => ("Heartbeat", Json.Of(new
    {
        TimeGenerated = TimeToken.O7(time),
        Type = "Heartbeat",
        Computer = r.Name,
        Category = "Azure Monitor Agent",
        OSType = "Windows",
        Version = "1.28.2.0",
        _ItemId = rng.Guid(),
        _ResourceId = r.Lower,
    }));
}
