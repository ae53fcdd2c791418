using System.Threading.Channels;
using Correlation.Contracts;
using Correlation.Incidents;
using Correlation.Remediation;
using Correlation.Signals;
using static Correlation.Grains.Tests.Remediation.StageCluster;

namespace Correlation.Grains.Tests.Remediation;

public sealed class RemediationGrainTests : IAsyncLifetime
{
    private readonly StageCluster _stage = new();

    private IRemediationGrain Grain => _stage.Grains.GetGrain<IRemediationGrain>("contoso");

    public ValueTask InitializeAsync() => _stage.InitializeAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_run_is_journaled_before_it_is_sent_and_nobody_waits_for_its_answer()
    {
        var feed = await _stage.WatchAsync();
        await Grain.Consider(Notice(1, Start));

        var call = await _stage.Sender.Calls.ReadAsync(TestContext.Current.CancellationToken);

        // What was noted of the incident, the run, and that it is sent.
        Assert.Equal(3, call.JournalVersion);
        Assert.Equal(RunState.Running, (await Grain.Runs())[0].State);
        call.Answer.SetResult(new ActionAnswer(AnswerKind.Done, "HTTP 202"));
        await Until(feed, "Succeeded");
        var run = Assert.Single(await Grain.Runs());
        Assert.Equal((RunState.Succeeded, "HTTP 202", call.Call.IdempotencyKey), (run.State, run.Outcome, run.IdempotencyKey));
        Assert.All(["approved", "running", "succeeded"],
            state => Assert.Equal(1, _stage.Counted[$"correlation.remediation.runs {state}"]));
    }

    [Fact]
    public async Task A_rule_in_shadow_is_shown_and_told_and_sends_nothing()
    {
        _stage.Rules.Shadow = true;
        var feed = await _stage.WatchAsync();
        await Grain.Consider(Notice(1, Start));
        await Until(feed, "in shadow: it would have been sent");
        await Grain.Advance(Start.AddHours(1));

        var run = Assert.Single(await Grain.Runs());
        Assert.Equal(("contoso.s1", true, RunState.DryRun, null), (run.Id, run.Shadow, run.State, run.Started));
        Assert.Contains($"\"incident\":\"{run.Incident}\"", run.Inputs, StringComparison.Ordinal);
        Assert.False(_stage.Sender.Calls.TryRead(out _));
        Assert.Equal(1, _stage.Counted["correlation.remediation.runs shadow"]);
    }

    [Fact]
    public async Task Answers_that_come_all_at_once_are_all_recorded()
    {
        const int runs = 5;
        var feed = await _stage.WatchAsync();
        for (var number = 1; number <= runs; number++) await Grain.Consider(Elsewhere(Notice(number, Start), number));
        var calls = new List<HeldCall>();
        while (calls.Count < runs) calls.Add(await _stage.Sender.Calls.ReadAsync(TestContext.Current.CancellationToken));

        foreach (var call in calls) call.Answer.SetResult(new ActionAnswer(AnswerKind.Done, "HTTP 200"));

        await Until(feed, "Succeeded", times: runs);
        Assert.Equal(runs, (await Grain.Runs()).Count(run => run.State == RunState.Succeeded));

        static IncidentNotice Elsewhere(IncidentNotice notice, int number)
        {
            var site = ResourceId.Parse($"/subscriptions/s1/resourcegroups/rg/providers/microsoft.web/sites/shop{number}");
            return notice with { Cause = site, Symptoms = [notice.Symptoms[0] with { Resource = site }] };
        }
    }

    [Fact]
    public async Task An_action_that_may_not_be_repeated_is_unknown_after_a_restart_and_never_sent_again()
    {
        await Grain.Consider(Notice(1, Start));
        var call = await _stage.Sender.Calls.ReadAsync(TestContext.Current.CancellationToken);
        var restart = _stage.RestartAsync();
        call.Answer.SetResult(new ActionAnswer(AnswerKind.Unknown, "stopped while waiting"));
        await restart;

        await Grain.Advance(Start.AddHours(1));

        Assert.Equal(RunState.Unknown, (await Grain.Runs())[0].State);
        Assert.False(_stage.Sender.Calls.TryRead(out _));
    }

    [Fact]
    public async Task A_repeatable_action_without_an_answer_is_sent_again_with_the_same_key()
    {
        _stage.Rules.Repeatable = true;
        var feed = await _stage.WatchAsync();
        await Grain.Consider(Notice(1, Start));
        var first = await _stage.Sender.Calls.ReadAsync(TestContext.Current.CancellationToken);
        first.Answer.SetResult(new ActionAnswer(AnswerKind.Unknown, "no answer in time"));
        await Until(feed, "Running", times: 2);

        await Grain.Advance(Start.AddHours(1));
        var second = await _stage.Sender.Calls.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal((2, first.Call.IdempotencyKey), (second.Call.Attempt, second.Call.IdempotencyKey));
        second.Answer.SetResult(new ActionAnswer(AnswerKind.Done, "HTTP 200"));
        await Until(feed, "Succeeded");
    }

    [Fact]
    public async Task A_run_waits_on_a_machine_that_has_no_address_for_it_and_is_not_called_sent()
    {
        _stage.Rules.HasAddress = false;
        await Grain.Consider(Notice(1, Start));
        var run = Assert.Single(await Grain.Runs());
        Assert.Equal((RunState.Approved, null, 1), (run.State, run.Started, run.RulesVersion));

        _stage.Rules.HasAddress = true;
        await Grain.Advance(Start.AddMinutes(10));
        var call = await _stage.Sender.Calls.ReadAsync(TestContext.Current.CancellationToken);
        call.Answer.SetResult(new ActionAnswer(AnswerKind.Done, "HTTP 200"));
    }

    [Fact]
    public async Task A_proposed_run_is_sent_once_a_person_approves_and_the_decision_again_changes_nothing()
    {
        _stage.Rules.Mode = RuleMode.Approve;
        await Grain.Consider(Notice(1, Start));
        var run = Assert.Single(await Grain.Runs());
        Assert.Equal(RunState.Proposed, run.State);
        var decision = new RunDecision("c1", run.Id, run.Version, "operator", true);

        Assert.Equal(CommandOutcome.Done, (await Grain.Decide(decision)).Outcome);
        Assert.Equal(CommandOutcome.Done, (await Grain.Decide(decision)).Outcome);

        var call = await _stage.Sender.Calls.ReadAsync(TestContext.Current.CancellationToken);
        call.Answer.SetResult(new ActionAnswer(AnswerKind.Done, "HTTP 200"));
        Assert.False(_stage.Sender.Calls.TryRead(out _));
        Assert.Equal(CommandOutcome.Stale, (await Grain.Decide(decision with { CommandId = "c2" })).Outcome);
    }

    [Fact]
    public async Task Problems_survive_a_restart_with_their_commands()
    {
        var problems = _stage.Grains.GetGrain<IProblemsGrain>("contoso");
        Assert.Null(await problems.Record(Notice(1, Start)));
        Assert.Equal("contoso.p1", await problems.Record(Notice(2, Start.AddDays(1))));
        var seen = Assert.Single(await problems.List(byCost: true));
        var command = new Correlation.Problems.ProblemCommand(
            "c1", seen.Id, seen.Version, "operator", Correlation.Problems.ProblemState.KnownError, "restart it", null);
        var first = await problems.SetState(command);

        await _stage.RestartAsync();
        problems = _stage.Grains.GetGrain<IProblemsGrain>("contoso");

        Assert.Equal(first, await problems.SetState(command));
        var view = await problems.Get("contoso.p1");
        Assert.Equal((2, "restart it", "perhaps daily about 01:10 (UTC)"), (view!.Occurrences, view.KnownError, view.Cadence));
        Assert.Equal("contoso.p1", await problems.Record(Notice(2, Start.AddDays(1))));
    }

    [Fact]
    public async Task The_fleet_says_nothing_until_five_customers_are_hit_and_then_only_how_many()
    {
        var fleet = _stage.Grains.GetGrain<IFleetGrain>(0);
        var customers = new[] { "a", "b", "c", "d", "e" };
        foreach (var customer in customers[..4]) await fleet.Record(Notice(1, Start, customer, "westeurope"));
        Assert.Equal(0, await fleet.OthersHit(Key("a"), "WestEurope"));

        await fleet.Record(Notice(1, Start, customers[4], "westeurope"));

        Assert.Equal(4, await fleet.OthersHit(Key("a"), "westeurope"));
        Assert.Equal(5, await fleet.OthersHit(Key("z"), "westeurope"));
        Assert.Equal(0, await fleet.OthersHit(Key("a"), "northeurope"));
        Assert.Equal(5, _stage.Journals.Of("~fleet/fleet").Version);
        await fleet.Record(Notice(9, Start.AddHours(3), "z"));
        Assert.Equal(0, await fleet.OthersHit(Key("a"), "westeurope"));
    }

    private static Correlation.Customers.CustomerKey Key(string text) => Correlation.Customers.CustomerKey.Parse(text);

    private static async Task Until(ChannelReader<FeedEvent> feed, string state, int times = 1)
    {
        while (times > 0)
        {
            var happened = await feed.ReadAsync(TestContext.Current.CancellationToken);
            if (happened.Text.EndsWith(state, StringComparison.Ordinal)) times--;
        }
    }
}
