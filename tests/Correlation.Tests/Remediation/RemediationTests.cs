using System.Collections.Immutable;
using System.Text.Json;
using Correlation.Customers;
using Correlation.Incidents;
using Correlation.Remediation;
using Correlation.Signals;
using static Correlation.Tests.Problems.Notices;

namespace Correlation.Tests.Remediation;

public sealed class RemediationTests
{
    private readonly RemediationState _state = new();
    private RemediationContext _context = new(RulesOf(Rule()), new RemediationOptions(), Surroundings.None);

    [Fact]
    public void A_rule_that_says_nothing_of_its_mode_only_records_what_it_would_do()
    {
        Use(Rule() with { Mode = default });
        Consider(Notice(1, Start));

        Assert.Equal(RunState.DryRun, TheRun().State);
        Assert.Empty(RunSends.Due(_state, Start.AddDays(1)));
    }

    [Fact]
    public void A_run_by_rule_is_recorded_as_sent_before_it_can_be_sent_again()
    {
        Consider(Notice(1, Start));
        Assert.Equal(RunState.Approved, TheRun().State);

        Send();

        Assert.True(TheRun().Awaiting);
        Assert.Empty(RunSends.Due(_state, Start.AddDays(1)));
        Assert.Empty(RunSends.Start(_state, TheRun().Id, _context, Start.AddDays(1)));
    }

    [Fact]
    public void The_same_notice_again_makes_no_second_run()
    {
        Consider(Notice(1, Start));

        Assert.Empty(RunProposals.Consider(_state, Notice(1, Start), _context));
        Consider(Notice(1, Start) with { Version = 2 });
        Assert.Single(_state.Runs);
    }

    [Fact]
    public void A_proposed_run_waits_for_a_person_and_is_done_once_by_command()
    {
        Use(Rule() with { Mode = RuleMode.Approve });
        Consider(Notice(1, Start));
        var decision = new RunDecision("c1", TheRun().Id, TheRun().Version, "operator", true);

        var first = Decide(decision);

        Assert.Equal(CommandOutcome.Done, first.Outcome);
        Assert.Equal(first, Decide(decision));
        Assert.Equal(CommandOutcome.Stale, Decide(decision with { CommandId = "c2" }).Outcome);
        Assert.Equal(CommandOutcome.Refused, Decide(decision with { CommandId = "c3", Version = TheRun().Version }).Outcome);
        Assert.Equal((RunState.Approved, "operator"), (TheRun().State, TheRun().DecidedBy));
    }

    [Fact]
    public void A_rejected_run_is_never_sent()
    {
        Use(Rule() with { Mode = RuleMode.Approve });
        Consider(Notice(1, Start));
        Decide(new RunDecision("c1", TheRun().Id, TheRun().Version, "operator", false));

        Assert.Equal(RunState.Rejected, TheRun().State);
        Assert.Empty(RunSends.Due(_state, Start.AddDays(1)));
    }

    [Fact]
    public void An_incident_that_ends_before_approval_withdraws_the_proposal()
    {
        Use(Rule() with { Mode = RuleMode.Approve });
        Consider(Notice(1, Start));
        Consider(Notice(1, Start).Resolved(TimeSpan.FromMinutes(20)));

        Assert.Equal(RunState.Withdrawn, TheRun().State);
    }

    [Fact]
    public void A_proposal_that_cures_the_cause_stays_when_its_incident_ends()
    {
        Use(Rule() with { Mode = RuleMode.Approve, Outlives = true });
        Consider(Notice(1, Start));
        Consider(Notice(1, Start).Resolved(TimeSpan.FromMinutes(20)));

        Assert.Equal(RunState.Proposed, TheRun().State);
    }

    [Fact]
    public void A_repeatable_action_with_unknown_outcome_is_sent_again_with_the_same_key_and_not_for_ever()
    {
        Use(Rule(repeatable: true));
        Consider(Notice(1, Start));
        var key = TheRun().IdempotencyKey;
        var now = Start;
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Send(now);
            Assert.Equal((attempt, key), (TheRun().Attempts, TheRun().IdempotencyKey));
            End(AnswerKind.Unknown, now);
            now += TimeSpan.FromHours(1);
        }

        Assert.Equal(RunState.Unknown, TheRun().State);
        Assert.Empty(RunSends.Due(_state, now.AddDays(1)));
    }

    [Fact]
    public void An_action_that_may_not_be_repeated_is_never_sent_again()
    {
        Consider(Notice(1, Start));
        Send();
        Apply(RunSends.Interrupted(_state, new HashSet<string>(), _context.Options, Start));

        Assert.Equal(RunState.Unknown, TheRun().State);
        Assert.Empty(RunSends.Due(_state, Start.AddDays(1)));
    }

    [Fact]
    public void An_attempt_that_is_still_awaited_is_not_ended_as_lost()
    {
        Consider(Notice(1, Start));
        Send();

        Assert.Empty(RunSends.Interrupted(_state, new HashSet<string> { TheRun().Id }, _context.Options, Start));
    }

    [Fact]
    public void An_answer_to_an_earlier_attempt_changes_nothing()
    {
        Use(Rule(repeatable: true));
        Consider(Notice(1, Start));
        Send();
        End(AnswerKind.Unknown, Start);
        Send(Start.AddHours(1));

        Assert.Empty(RunSends.End(_state, (TheRun().Id, 1), new ActionAnswer(AnswerKind.Done, ""), _context.Options, Start));
    }

    [Theory]
    [InlineData(true, Verification.Effective)]
    [InlineData(false, Verification.Ineffective)]
    public void After_the_time_to_verify_it_had_its_effect_where_the_symptoms_are_over(bool over, Verification expected)
    {
        Consider(Notice(1, Start));
        Send();
        End(AnswerKind.Done, Start.AddMinutes(6));
        if (over) Consider(Notice(1, Start).Resolved(TimeSpan.FromMinutes(10)));
        Assert.Empty(RunSends.Verify(_state, Start.AddMinutes(20)));

        Apply(RunSends.Verify(_state, Start.AddMinutes(21)));

        Assert.Equal((RunState.Succeeded, expected), (TheRun().State, TheRun().Verification));
        Assert.Empty(RunSends.Verify(_state, Start.AddDays(2)));
    }

    [Fact]
    public void A_merged_incidents_run_belongs_to_the_survivor_which_gets_no_second_one()
    {
        var part = Notice(1, Start);
        Consider(part);
        Send();
        End(AnswerKind.Done, Start);
        Consider(part.MergedInto(2));
        Consider(Notice(2, Start.AddMinutes(2)));

        Assert.Equal("contoso.2", TheRun().Incident);
        Assert.Equal(["contoso.1"], TheRun().FormerIncidents);
    }

    [Fact]
    public void A_survivor_that_overtakes_the_merge_is_stopped_by_the_window()
    {
        var part = Notice(1, Start);
        Consider(part);
        Consider(Notice(2, Start.AddMinutes(2)));
        Consider(part.MergedInto(2));

        Assert.Equal([RunState.Approved, RunState.Blocked], _state.Runs.Values.Select(run => run.State));
        Assert.False(GuardOf(_state.Runs["contoso.r2"], "window").Passed);
    }

    [Fact]
    public void A_reopened_incident_may_have_a_run_of_its_own_once_the_window_is_over()
    {
        var notice = Notice(1, Start);
        Consider(notice);
        Send();
        End(AnswerKind.Done, Start);
        Consider(notice.Resolved(TimeSpan.FromMinutes(10)));
        Consider(notice with { Version = 3, Now = Start.AddHours(3) });

        Assert.Equal(2, _state.Runs.Count);
        Assert.Equal(2, _state.Runs.Values.Select(run => run.IdempotencyKey).Distinct().Count());
        Assert.Equal(RunState.Approved, _state.Runs["contoso.r2"].State);
    }

    [Fact]
    public void Cool_down_counts_from_the_end_of_the_run_before()
    {
        Use(Rule() with { Action = ActionOf() with { Window = TimeSpan.FromMinutes(1), CoolDown = TimeSpan.FromHours(2) } });
        Consider(Notice(1, Start));
        Send();
        End(AnswerKind.Done, Start.AddMinutes(30));
        Consider(Notice(2, Start.AddHours(2)));

        Assert.False(GuardOf(_state.Runs["contoso.r2"], "coolDown").Passed);
        Assert.True(GuardOf(_state.Runs["contoso.r2"], "window").Passed);
    }

    [Fact]
    public void A_host_that_is_not_allowed_blocks()
    {
        _context = _context with { Rules = _context.Rules with { AllowedHosts = ["other.example"] } };
        Consider(Notice(1, Start));

        Assert.Equal(RunState.Blocked, TheRun().State);
        Assert.False(GuardOf(TheRun(), "allowList").Passed);
    }

    [Fact]
    public void Maintenance_of_the_resource_blocks_and_that_of_a_namesake_does_not()
    {
        Surround(Surroundings.None with { Maintenance = [Window(Group + "microsoft.web/sites/night")] });
        Consider(Notice(1, Start));
        Assert.Equal(RunState.Approved, TheRun().State);

        Surround(Surroundings.None with { Maintenance = [Window(Group + "microsoft.web")] });
        Consider(Notice(2, Start.AddHours(3)));
        Assert.False(GuardOf(_state.Runs["contoso.r2"], "maintenance").Passed);
    }

    [Fact]
    public void A_platform_event_that_hits_others_too_blocks()
    {
        Surround(Surroundings.None with { OthersHit = ImmutableDictionary<string, int>.Empty.Add("westeurope", 7) });
        var notice = Notice(1, Start);
        Consider(notice with { Symptoms = [.. notice.Symptoms.Select(symptom => symptom with { Region = "WestEurope" })] });

        Assert.False(GuardOf(TheRun(), "blastRadius").Passed);
    }

    [Fact]
    public void The_day_has_its_maximum()
    {
        Use(Rule() with { Action = ActionOf() with { MaxPerDay = 1 }, Target = RuleTarget.Members });
        var notice = Notice(1, Start);
        Consider(notice with { Symptoms = notice.Symptoms.Add(Symptom("log:x", Database, Start)) });

        Assert.Equal([RunState.Approved, RunState.Blocked], _state.Runs.Values.Select(run => run.State));
        Assert.False(GuardOf(_state.Runs["contoso.r2"], "maxPerDay").Passed);
    }

    [Fact]
    public void Guards_are_asked_again_when_a_person_approves()
    {
        Use(Rule() with { Mode = RuleMode.Approve });
        Consider(Notice(1, Start));
        Surround(Surroundings.None with { Maintenance = [Window(Job)] });

        var answer = Decide(new RunDecision("c1", TheRun().Id, TheRun().Version, "operator", true));

        Assert.Equal(CommandOutcome.Refused, answer.Outcome);
        Assert.StartsWith("maintenance:", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_is_gone_sends_nothing_more()
    {
        Consider(Notice(1, Start));
        _context = _context with { Rules = RemediationRules.None };
        Send();

        Assert.Equal((RunState.Failed, 0), (TheRun().State, TheRun().Attempts));
    }

    [Fact]
    public void The_body_holds_ids_only_and_is_encoded()
    {
        var rule = Rule() with { Target = RuleTarget.Members };
        Use(rule);
        var notice = Notice(1, Start);
        Consider(notice with { Title = "EVIL", Symptoms = [Symptom("log:x", "name\"},{<script>", Start)] });

        var body = JsonDocument.Parse(ActionCall.Of(TheRun(), 1, rule.Action).Body).RootElement;

        Assert.Equal("name\"},{<script>", body.GetProperty("resource").GetString());
        Assert.Equal("contoso.1", body.GetProperty("incident").GetString());
        Assert.DoesNotContain("EVIL", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_its_limit_the_oldest_runs_that_are_over_are_forgotten()
    {
        _context = _context with { Options = new RemediationOptions { RunsMax = 10, IncidentsMax = 10 } };
        Use(Rule() with { Mode = RuleMode.DryRun });
        for (var i = 0; i < 40; i++)
        {
            var notice = Notice(i, Start.AddHours(2 * i));
            Consider(notice);
            Consider(notice.Resolved(TimeSpan.FromMinutes(10)));
        }

        Assert.True(_state.Runs.Count <= 11);
        Assert.True(_state.Incidents.Count <= 11);
        Assert.Contains("contoso.r40", _state.Runs.Keys);
    }

    [Theory]
    [InlineData("alert:*", "alert:disk", true)]
    [InlineData("alert:*disk*", "alert:/x/disk full", true)]
    [InlineData("*:run", "log:jobs:run", true)]
    [InlineData("alert:ab*ba", "alert:aba", false)]
    [InlineData("alert:disk", "alert:disk full", false)]
    [InlineData("*", "", true)]
    public void A_star_stands_for_any_text(string pattern, string text, bool expected) =>
        Assert.Equal(expected, RuleMatching.GlobMatches(pattern, text));

    [Fact]
    public void What_a_rule_asks_for_must_all_be_so()
    {
        var notice = Notice(1, Start);

        Assert.Single(Targets(new RuleMatch { Severity = Severity.Error, Condition = "log:*",
            ResourceType = "microsoft.web/sites" }));
        Assert.Empty(Targets(new RuleMatch { Severity = Severity.Critical }));
        Assert.Empty(Targets(new RuleMatch { Condition = "alert:*" }));
        Assert.Empty(Targets(new RuleMatch { ResourceType = "microsoft.sql/servers" }));
        Assert.Empty(Targets(new RuleMatch { TitleContains = "disk" }));
        Assert.Single(Targets(new RuleMatch { TitleContains = "NIGHTLY" }));
        Assert.Empty(Targets(new RuleMatch { Recurring = true }));
        return;

        IReadOnlyList<ResourceId> Targets(RuleMatch match) => RuleMatching.TargetsOf(Rule() with { Match = match }, notice,
            false);
    }

    private static RuleAction ActionOf(bool repeatable = false) =>
        new() { Name = "restart", Host = "hooks.example", Repeatable = repeatable };

    private static RemediationRule Rule(bool repeatable = false) =>
        new() { Name = "rule", Mode = RuleMode.Auto, Action = ActionOf(repeatable) };

    private static RemediationRules RulesOf(RemediationRule rule) => new(1, Start, ["hooks.example"], [rule]);

    private static MaintenanceWindow Window(string prefix) => new("m1", Start.AddDays(-1), Start.AddDays(1), [prefix], "");

    private static GuardAnswer GuardOf(Run run, string guard) => run.Guards.Single(answer => answer.Guard == guard);

    private Run TheRun() => Assert.Single(_state.Runs.Values);

    private void Use(RemediationRule rule) => _context = _context with { Rules = RulesOf(rule) };

    private void Surround(Surroundings surroundings) => _context = _context with { Surroundings = surroundings };

    private void Consider(IncidentNotice notice) => Apply(RunProposals.Consider(_state, notice, _context));

    private void Send() => Send(Start);

    private void Send(DateTimeOffset now) => Apply(RunSends.Start(_state, TheRun().Id, _context, now));

    private void End(AnswerKind kind, DateTimeOffset now) =>
        Apply(RunSends.End(_state, (TheRun().Id, TheRun().Attempts), new ActionAnswer(kind, "test"), _context.Options, now));

    private CommandAnswer Decide(RunDecision decision)
    {
        var (answer, events) = RunApprovals.Decide(_state, decision, _context, Start);
        Apply(events);
        return answer;
    }

    private void Apply(ImmutableArray<RemediationEvent> events)
    {
        foreach (var made in events) _state.Apply(made);
    }
}
