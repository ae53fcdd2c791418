using System.Collections.Immutable;
using System.Text.Json;
using Correlation.Incidents;
using Correlation.Remediation;
using FsCheck.Xunit;
using static Correlation.Tests.Problems.Notices;

namespace Correlation.Tests.Remediation;

/// <summary>A rule in shadow decides, is recorded, and acts on nothing; what acts does not notice it.</summary>
public sealed class ShadowTests
{
    private static readonly RemediationOptions Options = new() { RunsMax = 10, IncidentsMax = 10 };

    [Theory]
    [InlineData(RuleMode.Auto, true, "in shadow: it would have been sent")]
    [InlineData(RuleMode.Approve, false, "in shadow: it would have been proposed")]
    [InlineData(RuleMode.DryRun, false, "in shadow: it would have been a dry run")]
    public void It_says_what_its_mode_would_have_done_and_with_what(RuleMode mode, bool approved, string outcome)
    {
        var state = new RemediationState();
        Consider(state, Notice(1, Start), Rule("new", shadow: true) with { Mode = mode });

        var run = Assert.Single(state.Runs.Values);
        Assert.Equal(("contoso.s1", true, RunState.DryRun, outcome), (run.Id, run.Shadow, run.State, run.Outcome));
        Assert.Equal(approved, run.Guards.Single(guard => guard.Guard == "approval").Passed);
        var inputs = JsonDocument.Parse(run.Inputs!).RootElement;
        Assert.Equal(("contoso", "contoso.1", Job), (
            inputs.GetProperty("customer").GetString(), inputs.GetProperty("incident").GetString(),
            inputs.GetProperty("resource").GetString()));
        Assert.Equal((0, 1), (state.Made, state.MadeInShadow));
    }

    [Fact]
    public void It_says_which_guard_would_have_refused()
    {
        var state = new RemediationState();
        Apply(state, RunProposals.Consider(state, Notice(1, Start), Context(Rule("new", shadow: true)) with
        {
            Rules = new RemediationRules(1, Start, ["other.example"], [Rule("new", shadow: true)]),
        }));

        var run = Assert.Single(state.Runs.Values);
        Assert.Equal(RunState.Blocked, run.State);
        Assert.Equal(
            "in shadow: it would have been refused, allowList: hooks.example is not on the allow-list", run.Outcome);
    }

    [Fact]
    public void It_is_recorded_beside_what_acts_by_the_same_action_in_either_order()
    {
        foreach (var rules in (RemediationRule[][])[[Rule("old"), Rule("new", true)], [Rule("new", true), Rule("old")]])
        {
            var state = new RemediationState();
            Consider(state, Notice(1, Start), rules);

            Assert.Equal(RunState.Approved, state.Runs["contoso.r1"].State);
            Assert.Equal("new", state.Runs["contoso.s1"].Rule);
            Assert.Equal(2, state.Runs.Count);
            Consider(state, Notice(1, Start) with { Version = 2 }, rules);
            Assert.Equal(2, state.Runs.Count);
        }
    }

    [Fact]
    public void What_it_would_have_done_is_in_its_own_way_only()
    {
        var state = new RemediationState();
        RemediationRule[] rules = [Rule("one", shadow: true), Rule("two", shadow: true), Rule("live")];
        Consider(state, Notice(1, Start), rules[..1]);
        Consider(state, Notice(2, Start.AddMinutes(2)), rules);

        var second = state.Runs.Values.Where(run => run.Incident == "contoso.2").ToDictionary(run => run.Rule);
        Assert.Equal(RunState.Blocked, second["one"].State);
        Assert.Contains("window", second["one"].Outcome, StringComparison.Ordinal);
        Assert.Equal(RunState.DryRun, second["two"].State);
        Assert.Equal(RunState.Approved, second["live"].State);
    }

    [Fact]
    public void Many_of_them_do_not_push_out_of_memory_what_guards_go_by()
    {
        var state = new RemediationState();
        Consider(state, Notice(1, Start), Rule("live"));
        Apply(state, RunSends.Start(state, "contoso.r1", Context(Rule("live")), Start));
        Apply(state, RunSends.End(state, ("contoso.r1", 1), new ActionAnswer(AnswerKind.Refused, ""), Options, Start));
        for (var i = 2; i < 40; i++) Consider(state, Notice(i, Start.AddHours(2 * i)), Rule("new", shadow: true));

        Assert.Equal(["contoso.r1"], state.Runs.Values.Where(run => !run.Shadow).Select(run => run.Id));
        Assert.InRange(state.Runs.Count, 2, 1 + Options.RunsMax);
        Assert.Contains("contoso.s38", state.Runs.Keys);
    }

    [Fact]
    public void A_person_cannot_approve_it_and_a_rule_put_in_shadow_sends_nothing_that_waited()
    {
        var state = new RemediationState();
        Consider(state, Notice(1, Start), Rule("new", shadow: true) with { Mode = RuleMode.Approve });
        Consider(state, Notice(2, Start), Rule("old") with { Mode = RuleMode.Approve });
        var sent = new RemediationState();
        Consider(sent, Notice(3, Start), Rule("old"));

        var shadow = Decide(state, "contoso.s1", Context(Rule("new") with { Mode = RuleMode.Approve }));
        var waited = Decide(state, "contoso.r1", Context(Rule("old", shadow: true)));
        Apply(sent, RunSends.Start(sent, "contoso.r1", Context(Rule("old", shadow: true)), Start.AddHours(3)));

        Assert.Equal(CommandOutcome.Refused, shadow.Outcome);
        Assert.Equal((CommandOutcome.Refused, "allowList: the rule is in shadow now: it acts on nothing."),
            (waited.Outcome, waited.Text));
        Assert.Equal((RunState.Failed, 0), (sent.Runs["contoso.r1"].State, sent.Runs["contoso.r1"].Attempts));
    }

    [Property(MaxTest = 200)]
    public bool Whatever_happens_nothing_leaves_it(byte[] steps)
    {
        var state = new RemediationState();
        var events = Play(state, steps, [Rule("a", shadow: true), Rule("b", shadow: true) with { Mode = RuleMode.Approve }]);
        return !events.Any(made => made is SendStarted or SendEnded or RunDecided or RunVerified or RunWithdrawn)
            && state.Runs.Values.All(run => run is { Shadow: true, WasSent: false, State: RunState.DryRun or RunState.Blocked })
            && state.Runs.Count <= Options.RunsMax + Options.TargetsMax * 2;
    }

    [Property(MaxTest = 200)]
    public bool Whatever_happens_what_acts_is_as_it_would_be_without_it(byte[] steps)
    {
        RemediationRule[] acting = [Rule("a"), Rule("b") with { Mode = RuleMode.Approve, Target = RuleTarget.Members }];
        var shadows = acting.Select(rule => rule with { Name = $"{rule.Name}-shadow", Shadow = true, Mode = RuleMode.Auto });
        var (alone, beside) = (new RemediationState(), new RemediationState());
        var without = Shown(Play(alone, steps, acting));
        var with = Shown(Play(beside, steps, [.. shadows, .. acting]));
        return without.SequenceEqual(with)
            && beside.Runs.Values.Where(run => !run.Shadow).Select(run => run.Id).Order()
                .SequenceEqual(alone.Runs.Keys.Order());
    }

    /// <summary>Every effect on runs that act, without the numbers of the journal.</summary>
    private static List<string> Shown(List<RemediationEvent> events) =>
    [
        .. events.Where(made => made is not RunCreated { Run.Shadow: true }).Select(made => made switch
        {
            RunCreated created => $"{created.At:o} {created.Run.Id} {created.Run.State} {created.Run.IdempotencyKey} "
                + string.Join(',', created.Run.Guards.Select(guard => $"{guard.Guard} {guard.Passed} {guard.Why}")),
            RemediationForgotten forgotten => string.Join(',', forgotten.Runs.Where(run => !run.Contains(".s")))
                + string.Join(',', forgotten.Incidents),
            _ => (made with { Number = 0 }).ToString(),
        }).Where(text => text.Length > 0),
    ];

    /// <summary>Incidents open, end and merge, people approve, calls are sent and answered, time passes.</summary>
    private static List<RemediationEvent> Play(RemediationState state, byte[] steps, RemediationRule[] rules)
    {
        var (context, all) = (Context(rules), new List<RemediationEvent>());
        var versions = new Dictionary<int, long>();
        foreach (var (index, step) in steps.Index())
        {
            var (now, number) = (Start.AddMinutes(7 * index), 1 + (step / 8 % 5));
            var version = versions[number] = versions.GetValueOrDefault(number) + 1;
            var notice = Notice(number, Start) with { Version = version, Now = now };
            var live = state.Runs.Values.Where(run => !run.Shadow).OrderBy(run => run.Id, StringComparer.Ordinal).ToList();
            var any = state.Runs.Values.OrderBy(run => run.Id, StringComparer.Ordinal).ToList();
            Note((step % 8) switch
            {
                0 or 1 or 2 => RunProposals.Consider(state, notice, context),
                3 => RunProposals.Consider(
                    state, notice with { Status = IncidentStatus.Resolved, Ended = now, Symptoms = [] }, context),
                4 => RunProposals.Consider(state, notice with { MergedInto = $"contoso.{1 + (number % 5)}" }, context),
                5 => [.. any.SelectMany(run => DecideAll(state, run, context, now))],
                6 => [.. RunSends.Due(state, now).SelectMany(run => RunSends.Start(state, run.Id, context, now))],
                _ => live.FirstOrDefault(run => run.Awaiting) is { } sent
                    ? RunSends.End(state, (sent.Id, sent.Attempts), new ActionAnswer(AnswerKind.Done, ""), Options, now)
                    : RunSends.Verify(state, now),
            });
        }

        return all;

        void Note(ImmutableArray<RemediationEvent> events)
        {
            all.AddRange(events);
            Apply(state, events);
        }
    }

    private static ImmutableArray<RemediationEvent> DecideAll(
        RemediationState state, Run run, RemediationContext context, DateTimeOffset now) =>
        RunApprovals.Decide(state, new RunDecision($"c{run.Id}", run.Id, run.Version, "operator", true), context, now).Events;

    private static CommandAnswer Decide(RemediationState state, string run, RemediationContext context)
    {
        var decision = new RunDecision($"c-{run}", run, state.Runs[run].Version, "operator", true);
        var (answer, events) = RunApprovals.Decide(state, decision, context, Start);
        Apply(state, events);
        return answer;
    }

    private static void Consider(RemediationState state, IncidentNotice notice, params RemediationRule[] rules) =>
        Apply(state, RunProposals.Consider(state, notice, Context(rules)));

    private static RemediationContext Context(params RemediationRule[] rules) =>
        new(new RemediationRules(1, Start, ["hooks.example"], [.. rules]), Options, Surroundings.None);

    private static RemediationRule Rule(string name, bool shadow = false) => new()
    {
        Name = name,
        Mode = RuleMode.Auto,
        Shadow = shadow,
        Action = new RuleAction { Name = "restart", Host = "hooks.example" },
    };

    private static void Apply(RemediationState state, ImmutableArray<RemediationEvent> events)
    {
        foreach (var made in events) state.Apply(made);
    }
}
