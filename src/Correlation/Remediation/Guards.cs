using System.Collections.Immutable;
using Correlation.Signals;

namespace Correlation.Remediation;

/// <summary>What a guard is asked about.</summary>
/// <param name="Action">The action.</param>
/// <param name="Resource">The resource it would act on.</param>
/// <param name="Region">The region it would act in; null where it is not known.</param>
/// <param name="Mode">Whether it would be recorded only, proposed, or sent by itself.</param>
/// <param name="Self">The run itself where it exists already: it does not stand in its own way.</param>
public sealed record GuardQuestion(RuleAction Action, ResourceId Resource, string? Region, RuleMode Mode, string? Self)
{
    /// <summary>The name of the rule that asks in shadow; null for one that acts.</summary>
    public string? Shadow { get; init; }
}

/// <summary>The guards: each says yes or no to a run, and why. All are asked, in this order, so that a person sees
/// everything.</summary>
public static class Guards
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Asks every guard but the approval.</summary>
    /// <param name="question">What they are asked about.</param>
    /// <param name="runs">All runs of the customer.</param>
    /// <param name="context">The rules, limits and surroundings they go by.</param>
    /// <param name="now">The log time.</param>
    public static ImmutableArray<GuardAnswer> Ask(
        GuardQuestion question, IReadOnlyCollection<Run> runs, RemediationContext context, DateTimeOffset now)
    {
        var others = runs.Where(run => run.Id != question.Self && Counts(run, question)).ToList();
        return
        [
            AllowList(question.Action, context.Rules),
            CoolDown(question, others, now),
            Window(question, others, now),
            MaxPerDay(question.Action, others, now),
            Maintenance(question.Resource, context.Surroundings, now),
            BlastRadius(question, others, context),
        ];
    }

    /// <summary>What the approval guard says of a new run.</summary>
    public static GuardAnswer Approval(RemediationRule rule) => rule.Mode switch
    {
        RuleMode.Auto when rule.Shadow => new GuardAnswer("approval", true, "the rule would act by itself; it is in shadow"),
        RuleMode.Approve when rule.Shadow => new GuardAnswer(
            "approval", false, "a person would have to approve; the rule is in shadow"),
        RuleMode.Auto => new GuardAnswer("approval", true, "the rule acts by itself"),
        RuleMode.Approve => new GuardAnswer("approval", false, "a person must approve"),
        _ => new GuardAnswer("approval", false, "dry run: nothing is sent"),
    };

    private static GuardAnswer AllowList(RuleAction action, RemediationRules rules) =>
        rules.AllowedHosts.Contains(action.Host) || rules.AllowedHosts.Contains(action.Host.Split(':')[0])
            ? new GuardAnswer("allowList", true, $"{action.Host} is allowed")
            : new GuardAnswer("allowList", false, $"{action.Host} is not on the allow-list");

    private static GuardAnswer CoolDown(GuardQuestion question, List<Run> others, DateTimeOffset now)
    {
        var last = others
            .Where(run => IsSame(run, question) && run.WasSent && run.Ended is { } ended
                && now - ended < question.Action.CoolDown)
            .MaxBy(run => run.Ended);
        return last is null
            ? new GuardAnswer("coolDown", true, "no run ended here recently")
            : new GuardAnswer("coolDown", false,
                $"{last.Id} ended here at {last.Ended:u}; the cool-down is {question.Action.CoolDown}");
    }

    private static GuardAnswer Window(GuardQuestion question, List<Run> others, DateTimeOffset now)
    {
        var inWindow = others
            .Where(run => IsSame(run, question) && (!run.IsOver || now - (run.Started ?? run.Created) < question.Action.Window))
            .MaxBy(run => run.Created);
        return inWindow is null
            ? new GuardAnswer("window", true, "the only run here in its window")
            : new GuardAnswer("window", false, $"{inWindow.Id} is the run here in the window of {question.Action.Window}");
    }

    private static GuardAnswer MaxPerDay(RuleAction action, List<Run> others, DateTimeOffset now)
    {
        var today = others.Count(run => run.Action == action.Name && (!run.IsOver || now - (run.Started ?? run.Created) < Day));
        return new GuardAnswer("maxPerDay", today < action.MaxPerDay, $"{today} of {action.MaxPerDay} runs in 24 hours");
    }

    private static GuardAnswer Maintenance(ResourceId resource, Surroundings surroundings, DateTimeOffset now) =>
        surroundings.MaintenanceOf(resource, now) is { } window
            ? new GuardAnswer("maintenance", false, $"maintenance {window.Id} until {window.Until:u}")
            : new GuardAnswer("maintenance", true, "no maintenance");

    private static GuardAnswer BlastRadius(GuardQuestion question, List<Run> others, RemediationContext context)
    {
        var hit = context.Surroundings.OthersHitIn(question.Region);
        if (hit >= context.Options.OthersHitMax)
            return new GuardAnswer("blastRadius", false,
                $"the platform event hits {hit} other customers: not this resource's own failure");
        var inFlight = others.Count(run => run.State is RunState.Approved or RunState.Running);
        return inFlight >= context.Options.InFlightMax
            ? new GuardAnswer("blastRadius", false, $"{inFlight} runs are under way, {context.Options.InFlightMax} may be")
            : new GuardAnswer("blastRadius", true, "nobody else is hit, and few runs are under way");
    }

    private static bool IsSame(Run run, GuardQuestion question) =>
        run.Action == question.Action.Name && run.Resource.Equals(question.Resource);

    /// <summary>A run that was refused, or that nobody carried out, is in nobody's way; a dry run only in another's. What a rule
    /// would have done in shadow is in its own way only.</summary>
    private static bool Counts(Run run, GuardQuestion question) => run.State switch
    {
        RunState.DryRun when run.Shadow => question.Shadow == run.Rule,
        RunState.Rejected or RunState.Blocked or RunState.Withdrawn => run.WasSent,
        RunState.DryRun => question.Mode == RuleMode.DryRun,
        _ => true,
    };
}
