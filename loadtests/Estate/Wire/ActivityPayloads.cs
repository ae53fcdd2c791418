using Correlation.Estate.Model;

namespace Correlation.Estate.Wire;

/// <summary>Activity-log records as a subscription's diagnostic setting streams them.</summary>
internal static class ActivityPayloads
{
    /// <summary>An administrative operation: one record of its start or its end.</summary>
    public static string Operation(Operation op, bool start) => Json.Of(new
    {
        time = TimeToken.O7(start ? op.Time - op.Seconds : op.Time),
        resourceId = op.Resource.ToUpperInvariant(),
        operationName = op.Name.ToUpperInvariant(),
        category = "Administrative",
        resultType = start ? "Start" : op.Failed ? "Failure" : "Success",
        resultSignature = start ? "Started." : op.Failed ? "Failed.BadRequest" : "Succeeded.OK",
        resultDescription = op.Failed && !start ? op.Message : null,
        durationMs = "0",
        callerIpAddress = "20.61.12.7",
        correlationId = op.CorrelationId,
        identity = new
        {
            authorization = new { scope = op.Resource, action = op.Name },
            claims = new { appid = op.Caller, ver = "1.0" },
        },
        level = op.Failed && !start ? "Error" : "Information",
        location = "global",
        tenantId = op.Tenant,
        properties = new
        {
            eventCategory = "Administrative",
            entity = op.Resource,
            message = op.Name,
            hierarchy = op.Tenant,
            eventDataId = op.EventDataIdOf(start),
        },
        eventDataId = op.EventDataIdOf(start),
    });

    /// <summary>A resource-health event.</summary>
    public static string ResourceHealth(HealthEvent health, string region) => Json.Of(new
    {
        time = TimeToken.O7(health.Time),
        resourceId = health.Resource.ToUpperInvariant(),
        operationName = $"Microsoft.Resourcehealth/healthevent/{health.Stage}/action",
        category = "ResourceHealth",
        resultType = health.Stage,
        resultSignature = health.Stage,
        durationMs = 0,
        correlationId = health.CorrelationId,
        level = health.IsUp ? "Informational" : "Critical",
        location = region,
        properties = health.Properties,
        eventDataId = health.EventDataId,
    });

    /// <summary>A service-health communication.</summary>
    public static string ServiceHealth(ServiceEvent service) => Json.Of(new
    {
        time = TimeToken.O7(service.Time),
        resourceId = service.Scope,
        operationName = $"Microsoft.ServiceHealth/{service.Type.ToLowerInvariant()}/action",
        category = "ServiceHealth",
        resultType = service.Status,
        resultSignature = (string?)null,
        durationMs = 0,
        correlationId = service.CorrelationId,
        level = service.Type == "Incident" ? "Error" : "Informational",
        location = "global",
        properties = service.Properties(false),
        eventDataId = service.EventDataId,
    });

    /// <summary>A policy that was audited: context, no failure.</summary>
    public static string PolicyAudit(AzureResource resource, double time, string correlationId, string eventDataId) => Json.Of(new
    {
        time = TimeToken.O7(time),
        resourceId = resource.Upper,
        operationName = "MICROSOFT.AUTHORIZATION/POLICIES/AUDIT/ACTION",
        category = "Policy",
        resultType = "Success",
        resultSignature = "Succeeded.",
        durationMs = 0,
        correlationId,
        Level = 4,
        level = "Warning",
        location = "global",
        properties = new
        {
            isComplianceCheck = "False",
            resourceLocation = resource.Region,
            policies = Json.Of(new[] { new { policyDefinitionName = "require-tag-owner", policyDefinitionEffect = "Audit" } }),
        },
        eventDataId,
    });
}
