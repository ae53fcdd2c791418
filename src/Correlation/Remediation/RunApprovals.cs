using System.Collections.Immutable;
using Correlation.Incidents;

namespace Correlation.Remediation;

/// <summary>What follows from a person's word on a run.</summary>
public static class RunApprovals
{
    /// <summary>Carries out a decision; one with an id that was carried out before is answered as then.</summary>
    /// <remarks>The guards are asked again: what was safe when it was proposed may not be safe any more.</remarks>
    /// <returns>The answer, and the event where something changes.</returns>
    public static (CommandAnswer Answer, ImmutableArray<RemediationEvent> Events) Decide(
        RemediationState state, RunDecision decision, RemediationContext context, DateTimeOffset now)
    {
        var done = state.Commands.Find(earlier => earlier.CommandId == decision.CommandId);
        if (done is not null) return (new CommandAnswer(CommandOutcome.Done, done.Id, done.Version, ""), []);
        if (!state.Runs.TryGetValue(decision.Run, out var run))
            return (new CommandAnswer(CommandOutcome.NotFound, decision.Run, 0, "There is no such run."), []);
        if (run.Version != decision.Version)
        {
            var text = $"The run is at version {run.Version}, the decision saw {decision.Version}.";
            return (new CommandAnswer(CommandOutcome.Stale, run.Id, run.Version, text), []);
        }

        var guards = decision.Approve ? AskAgain(state, run, context, now) : run.Guards;
        if (RefusalOf(run, decision, guards) is { } refusal)
            return (new CommandAnswer(CommandOutcome.Refused, run.Id, run.Version, refusal), []);
        var events = new RemediationEvents(state, now);
        events.Add((number, at) => new RunDecided(number, at, decision, guards));
        return (new CommandAnswer(CommandOutcome.Done, run.Id, run.Version + 1, ""), events.Made);
    }

    private static ImmutableArray<GuardAnswer> AskAgain(RemediationState state, Run run, RemediationContext context,
        DateTimeOffset now)
    {
        if (context.Rules.Find(run.Rule) is not { } rule || rule.Action.Name != run.Action)
            return [new GuardAnswer("allowList", false, "the action is no longer in the rules")];
        if (rule.Shadow) return [new GuardAnswer("allowList", false, "the rule is in shadow now: it acts on nothing")];
        var question = new GuardQuestion(rule.Action, run.Resource, run.Region, RuleMode.Approve, run.Id);
        return Guards.Ask(question, [.. state.Runs.Values], context, now)
            .Add(new GuardAnswer("approval", true, "a person approved"));
    }

    private static string? RefusalOf(Run run, RunDecision decision, ImmutableArray<GuardAnswer> guards)
    {
        if (decision.CommandId.Length is 0 or > 200 || decision.Actor.Length is 0 or > 200)
            return "A decision needs an id and an actor of 1 to 200 characters.";
        if (run.State != RunState.Proposed) return $"The run is {run.State}; only a proposed run is approved or rejected.";
        var no = decision.Approve ? guards.FirstOrDefault(guard => !guard.Passed) : null;
        return no is null ? null : $"{no.Guard}: {no.Why}.";
    }
}
