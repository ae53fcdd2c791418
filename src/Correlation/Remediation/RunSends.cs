using System.Collections.Immutable;

namespace Correlation.Remediation;

/// <summary>When a run is sent, what follows from the answer, and whether it had its effect.</summary>
public static class RunSends
{
    /// <summary>The runs to send now: approved ones, and repeatable ones whose next attempt is due; oldest first.</summary>
    public static ImmutableArray<Run> Due(RemediationState state, DateTimeOffset now) =>
    [
        .. state.Runs.Values
            .Where(run => !run.Shadow && (run.State == RunState.Approved
                || (run.State == RunState.Running && !run.Awaiting && run.NextAttempt <= now)))
            .OrderBy(run => run.Created).ThenBy(run => run.Id, StringComparer.Ordinal),
    ];

    /// <summary>Records that a run is sent; none where it is not due any more. To be durable before the call is made.</summary>
    public static ImmutableArray<RemediationEvent> Start(
        RemediationState state, string id, RemediationContext context, DateTimeOffset now)
    {
        if (Due(state, now).FirstOrDefault(run => run.Id == id) is not { } run) return [];
        var events = new RemediationEvents(state, now);
        var attempt = run.Attempts + 1;
        if (ActionOf(run, context.Rules) is null)
        {
            var gone = new ActionAnswer(AnswerKind.Refused,
                "the action is no longer in the rules, or in shadow, or its host no longer allowed");
            events.Add((number, at) => new SendEnded(number, at, id, attempt, gone, RunState.Failed, null));
        }
        else
        {
            events.Add((number, at) => new SendStarted(number, at, id, attempt));
        }

        return events.Made;
    }

    /// <summary>The action of a run by the rules in force; null where they hold it no longer, its rule is in shadow, or its host
    /// is not allowed.</summary>
    public static RuleAction? ActionOf(Run run, RemediationRules rules)
    {
        var action = rules.Find(run.Rule) is { Shadow: false } rule ? rule.Action : null;
        return action is not null && action.Name == run.Action
            && (rules.AllowedHosts.Contains(action.Host) || rules.AllowedHosts.Contains(action.Host.Split(':')[0]))
                ? action : null;
    }

    /// <summary>Takes the answer to an attempt; none where the attempt has one already.</summary>
    public static ImmutableArray<RemediationEvent> End(
        RemediationState state, (string Run, int Attempt) sent, ActionAnswer answer, RemediationOptions options,
            DateTimeOffset now)
    {
        if (!state.Runs.TryGetValue(sent.Run, out var run) || !run.Awaiting || run.Attempts != sent.Attempt) return [];
        var again = run.Repeatable && run.Attempts < options.AttemptsMax;
        var next = answer.Kind is AnswerKind.NotDone or AnswerKind.Unknown && again
            ? now + (options.RetryAfter * Math.Pow(2, run.Attempts - 1))
            : (DateTimeOffset?)null;
        var result = answer.Kind switch
        {
            AnswerKind.Done => RunState.Succeeded,
            AnswerKind.Refused => RunState.Failed,
            AnswerKind.NotDone => next is null ? RunState.Failed : RunState.Running,
            _ => next is null ? RunState.Unknown : RunState.Running,
        };
        var events = new RemediationEvents(state, now);
        events.Add((number, at) => new SendEnded(number, at, run.Id, sent.Attempt, answer, result, next));
        return events.Made;
    }

    /// <summary>Ends every attempt that nobody awaits any more: the process that made it is gone, its outcome unknown.</summary>
    /// <param name="state">The state.</param>
    /// <param name="awaited">The runs whose answers are awaited by this activation.</param>
    /// <param name="options">The limits.</param>
    /// <param name="now">The log time.</param>
    public static ImmutableArray<RemediationEvent> Interrupted(
        RemediationState state, IReadOnlySet<string> awaited, RemediationOptions options, DateTimeOffset now)
    {
        var lost = new ActionAnswer(AnswerKind.Unknown, "the process ended before an answer came");
        var run = state.Runs.Values
            .Where(run => run.Awaiting && !awaited.Contains(run.Id))
            .MinBy(run => run.Id, StringComparer.Ordinal);
        return run is null ? [] : End(state, (run.Id, run.Attempts), lost, options, now);
    }

    /// <summary>Judges the runs whose time to verify is over.</summary>
    public static ImmutableArray<RemediationEvent> Verify(RemediationState state, DateTimeOffset now)
    {
        var events = new RemediationEvents(state, now);
        var due = state.Runs.Values
            .Where(run => AwaitsVerification(run) && run.Ended + run.VerifyAfter <= now)
            .OrderBy(run => run.Ended).ThenBy(run => run.Id, StringComparer.Ordinal);
        foreach (var run in due)
        {
            var judgement = StillOpen(state, run) ? Verification.Ineffective : Verification.Effective;
            events.Add((number, at) => new RunVerified(number, at, run.Id, judgement));
        }

        return events.Made;
    }

    /// <summary>Whether a run may have had an effect that is not judged yet.</summary>
    public static bool AwaitsVerification(Run run) =>
        run.State is RunState.Succeeded or RunState.Unknown && run.Verification == Verification.Pending && !run.Outlives;

    private static bool StillOpen(RemediationState state, Run run)
    {
        if (!state.Incidents.TryGetValue(run.Incident, out var incident) || incident.Ended) return false;
        return run.OwnSymptoms ? incident.OpenResources.Contains(run.Resource.Canonical) : !incident.OpenResources.IsEmpty;
    }
}
