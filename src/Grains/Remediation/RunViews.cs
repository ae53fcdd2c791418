using Correlation.Contracts;
using Correlation.Remediation;

namespace Correlation.Grains.Remediation;

/// <summary>Runs as others see them.</summary>
internal static class RunViews
{
    /// <summary>The view of a run.</summary>
    public static RunView Of(Run run) => new()
    {
        Id = run.Id,
        Customer = run.Id[..run.Id.LastIndexOf('.')],
        Version = run.Version,
        Incident = run.Incident,
        Rule = run.Rule,
        Action = run.Action,
        Resource = run.Resource,
        State = run.State,
        Guards = [.. run.Guards.Select(guard => new GuardView(guard.Guard, guard.Passed, guard.Why))],
        Created = run.Created,
        Started = run.Started,
        Ended = run.Ended,
        IdempotencyKey = run.IdempotencyKey,
        Outcome = run.Outcome,
        Verification = run.Verification,
        DecidedBy = run.DecidedBy,
        FormerIncidents = run.FormerIncidents,
        RulesVersion = run.RulesVersion,
        Shadow = run.Shadow,
        Inputs = run.Inputs,
    };

    /// <summary>The run that an event is about; null where it is about none.</summary>
    public static string? RunOf(RemediationEvent stored) => stored switch
    {
        RunCreated e => e.Run.Id,
        RunDecided e => e.Decision.Run,
        RunWithdrawn e => e.Run,
        SendStarted e => e.Run,
        SendEnded e => e.Run,
        RunVerified e => e.Run,
        _ => null,
    };
}
