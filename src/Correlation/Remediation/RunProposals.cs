using System.Collections.Immutable;
using Correlation.Incidents;
using Correlation.Signals;

namespace Correlation.Remediation;

/// <summary>What follows for a customer's runs from what became of an incident: decisions as events.</summary>
public static class RunProposals
{
    /// <summary>Takes what became of an incident: proposes, approves by rule, blocks, withdraws, re-homes.</summary>
    /// <returns>The events; none where the notice is not newer than what is known.</returns>
    public static ImmutableArray<RemediationEvent> Consider(
        RemediationState state, IncidentNotice notice, RemediationContext context)
    {
        var known = state.Incidents.GetValueOrDefault(notice.Incident);
        if (known is not null && (known.Version >= notice.Version || known.MergedInto is not null)) return [];
        if (known is null && context.Rules.Rules.IsEmpty) return [];
        var events = new RemediationEvents(state, notice.Now);
        if (notice.MergedInto is { } into)
        {
            var survivor = state.SurvivorOf(into);
            if (survivor == notice.Incident) return [];
            events.Add((number, at) => new IncidentRehomed(number, at, notice.Incident, notice.Version, survivor));
            return events.Made;
        }

        var tracked = Track(known, notice);
        events.Add((number, at) => new IncidentTracked(number, at, tracked));
        if (tracked.Ended) Withdraw(state, notice, events);

        // What outlives its incident is worth proposing also where it ended before anybody was told of it.
        foreach (var rule in context.Rules.Rules.Where(rule => rule.Outlives || !tracked.Ended))
        {
            Match(state, rule, (notice, tracked), context, events);
        }

        Forget(state, notice, context.Options, events);
        return events.Made;
    }

    private static TrackedIncident Track(TrackedIncident? known, IncidentNotice notice)
    {
        var ended = notice.Status == IncidentStatus.Resolved || notice.Ended is not null;
        var occurrence = known is null ? 1 : known.Ended && !ended ? known.Occurrence + 1 : known.Occurrence;
        var open = notice.Symptoms.Where(symptom => symptom.IsOpen).Select(symptom => symptom.Resource.Canonical).Distinct();
        return new TrackedIncident(notice.Incident, notice.Version, ended, occurrence, [.. open], null, notice.Now);
    }

    private static void Withdraw(RemediationState state, IncidentNotice notice, RemediationEvents events)
    {
        var unsent = state.Runs.Values
            .Where(run => run.State is RunState.Proposed or RunState.Approved && !run.Outlives)
            .Where(run => run.Incident == notice.Incident)
            .OrderBy(run => run.Created).ThenBy(run => run.Id, StringComparer.Ordinal);
        foreach (var run in unsent)
        {
            events.Add((number, at) => new RunWithdrawn(number, at, run.Id, "the incident ended before anything was sent"));
        }
    }

    private static void Match(
        RemediationState state,
        RemediationRule rule,
        (IncidentNotice Notice, TrackedIncident Tracked) incident,
        RemediationContext context,
        RemediationEvents events)
    {
        var targets = RuleMatching.TargetsOf(rule, incident.Notice, context.Surroundings.Recurring);
        foreach (var target in targets.Take(context.Options.TargetsMax))
        {
            var runs = state.Runs.Values.Concat(events.Runs).ToList();
            if (runs.Any(run => IsFor(run, incident.Tracked, rule, target))) continue;
            var made = rule.Shadow ? state.MadeInShadow : state.Made;
            var number = made + events.Runs.Count(run => run.Shadow == rule.Shadow) + 1;
            var run = Make(rule, target, incident, number) with { RulesVersion = context.Rules.Version };
            var question = new GuardQuestion(rule.Action, target, run.Region, rule.Mode, null)
            {
                Shadow = rule.Shadow ? rule.Name : null,
            };
            var answers = Guards.Ask(question, runs, context, incident.Notice.Now);
            var decided = run with
            {
                Guards = answers.Add(Guards.Approval(rule)),
                State = answers.All(answer => answer.Passed) ? StateOf(rule) : RunState.Blocked,
            };
            if (rule.Shadow) decided = ShadowRuns.Of(decided, rule);
            events.Add((eventNumber, at) => new RunCreated(eventNumber, at, decided));
        }
    }

    /// <summary>Whether a run is the one that a rule would make. What acts and what is in shadow do not stand in for each
    /// other, nor does one rule in shadow for another.</summary>
    private static bool IsFor(Run run, TrackedIncident incident, RemediationRule rule, ResourceId target) =>
        run.Incident == incident.Id && run.Occurrence == incident.Occurrence && run.Action == rule.Action.Name
            && run.Resource.Equals(target) && run.Shadow == rule.Shadow && (!rule.Shadow || run.Rule == rule.Name);

    private static Run Make(
        RemediationRule rule, ResourceId target, (IncidentNotice Notice, TrackedIncident Tracked) incident, int number)
    {
        var (notice, tracked) = incident;
        var cause = $"{notice.Customer}|{notice.Incident}|{target.Canonical}|{rule.Action.Name}|{tracked.Occurrence}";
        return new Run
        {
            Id = $"{notice.Customer}.{(rule.Shadow ? 's' : 'r')}{number}",
            Incident = notice.Incident,
            Occurrence = tracked.Occurrence,
            Rule = rule.Name,
            Action = rule.Action.Name,
            Resource = target,
            Severity = notice.Severity,
            Created = notice.Now,
            IdempotencyKey = DedupKey.Of(cause).ToString(),
            Repeatable = rule.Action.Repeatable,
            Outlives = rule.Outlives,
            VerifyAfter = rule.Action.VerifyAfter,
            OwnSymptoms = tracked.OpenResources.Contains(target.Canonical),
            Region = notice.Symptoms.FirstOrDefault(symptom => symptom.Resource.Equals(target))?.Region
                ?? notice.Symptoms.FirstOrDefault(symptom => symptom.Region is not null)?.Region,
        };
    }

    private static RunState StateOf(RemediationRule rule) => rule.Mode switch
    {
        _ when rule.Shadow => RunState.DryRun,
        RuleMode.Auto => RunState.Approved,
        RuleMode.Approve => RunState.Proposed,
        _ => RunState.DryRun,
    };

    private static void Forget(RemediationState state, IncidentNotice notice, RemediationOptions options,
        RemediationEvents events)
    {
        ImmutableArray<string> runs =
        [
            .. Oldest(state, events, options.RunsMax, shadow: false), .. Oldest(state, events, options.RunsMax, shadow: true),
        ];
        var busy = state.Runs.Values
            .Where(run => !run.IsOver || RunSends.AwaitsVerification(run))
            .Select(run => run.Incident)
            .ToHashSet();
        var incidents = state.Incidents.Values
            .Where(incident => incident.Ended && incident.Id != notice.Incident && !busy.Contains(incident.Id))
            .OrderBy(incident => incident.Seen).ThenBy(incident => incident.Id, StringComparer.Ordinal)
            .Take(Math.Max(0, state.Incidents.Count + 1 - options.IncidentsMax))
            .Select(incident => incident.Id)
            .ToImmutableArray();
        if (runs.Length + incidents.Length == 0) return;
        events.Add((number, at) => new RemediationForgotten(number, at, runs, incidents));
    }

    /// <summary>The runs beyond the bound, which those in shadow have to themselves: guards go by the others.</summary>
    private static IEnumerable<string> Oldest(RemediationState state, RemediationEvents events, int most, bool shadow) =>
        state.Runs.Values
            .Where(run => run.Shadow == shadow && run.IsOver && !RunSends.AwaitsVerification(run))
            .OrderBy(run => run.Created).ThenBy(run => run.Id, StringComparer.Ordinal)
            .Take(Math.Max(0, state.Runs.Values.Concat(events.Runs).Count(run => run.Shadow == shadow) - most))
            .Select(run => run.Id);
}
