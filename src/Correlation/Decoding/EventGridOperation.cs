using System.Text.Json;
using Correlation.Signals;

namespace Correlation.Decoding;

/// <summary>Drafts the events <c>Microsoft.Resources.Resource{Write,Delete,Action}{Success,Failure,Cancel}</c>: operations, as
/// the activity log has them.</summary>
internal static class EventGridOperation
{
    /// <summary>Drafts one event.</summary>
    public static AlertDraft Draft(JsonElement root, string type, DateTimeOffset time)
    {
        var data = root.Member("data");
        var operation = data.Text("operationName") ?? type;
        var failed = type.EndsWith("Failure", StringComparison.OrdinalIgnoreCase);
        var done = type.EndsWith("Success", StringComparison.OrdinalIgnoreCase);
        var draft = new AlertDraft
        {
            Kind = SignalKind.ActivityLog,
            Role = failed ? SignalRole.Pulse : done ? SignalRole.Change : SignalRole.Context,
            Severity = failed ? Severity.Error : Severity.Informational,
            Condition = failed ? new Condition(ConditionKind.FailedOperation, ConditionKeys.Operation(operation)) : null,
            Time = time,
            Identity = EventGridRecord.Identity(root),
            Title = operation,
            Text = data.Text("status"),
            ExternalId = EventGridRecord.IdOf(root),
            Category = type,
            Operation = operation,
            Actor = data.Member("authorization").Member("evidence").Text("principalId"),
            Tenant = data.Text("tenantId"),
            ChangeVerb = done ? VerbOf(type, operation) : null,
        };
        draft.AddCause("correlation", data.Text("correlationId"));
        return draft;
    }

    private static string VerbOf(string type, string operation)
    {
        if (operation.StartsWith("Microsoft.Resources/deployments/", StringComparison.OrdinalIgnoreCase)) return "deploy";
        if (type.Contains("Delete", StringComparison.OrdinalIgnoreCase)) return "delete";
        return type.Contains("Action", StringComparison.OrdinalIgnoreCase) ? "action" : "write";
    }
}
