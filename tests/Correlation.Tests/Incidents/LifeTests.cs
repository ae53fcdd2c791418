using Correlation.Customers;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using Correlation.Tests.Resources;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Incidents;

public sealed class LifeTests
{
    [Fact]
    public void An_incident_resolves_by_itself_after_the_quiet_time_and_not_before()
    {
        var world = new World().Report(Alert(Vm("a"), 0)).Report(Alert(Vm("a"), 0, 20));

        Assert.Equal(IncidentStatus.Open, world.Advance(29).All[0].Status);
        Assert.Equal(IncidentStatus.Resolved, world.Advance(31).All[0].Status);
        Assert.Equal(At(20), world.All[0].Resolved);
    }

    /// <summary>A recorded day at full speed brings hours in one report.</summary>
    [Fact]
    public void An_incident_opened_when_enough_was_known_and_was_over_a_quiet_time_after_its_end_whenever_that_is_decided()
    {
        var warning = Alert(Vm("a"), 0, 30, Severity.Warning, "disk");
        var error = Alert(Vm("a"), 5, 40, rule: "cpu");
        var world = new World().Advance(1).Advance(600, lastInput: 599).Report(warning, error).Advance(900);
        var incident = Assert.Single(world.All);

        Assert.Equal(At(5), incident.Opened);
        Assert.Equal(At(40), incident.Resolved);
        Assert.Equal(
            [("opened", At(5)), ("resolved", At(50))],
            incident.Timeline.Where(entry => entry.Kind is "opened" or "resolved").Select(entry => (entry.Kind, entry.At)));
        Assert.Equal(At(5), world.Journal.OfType<HealthNoted>().Last(noted => noted.Verdict.Health == Health.Unhealthy)
            .Verdict.Since);
    }

    [Fact]
    public void A_symptom_that_is_taken_back_says_so_in_the_timeline()
    {
        var (first, second) = (Alert(Vm("a"), 0), Alert(Vm("a"), 1, rule: "disk"));
        var world = new World().Report(first, second).Withdraw(second);

        Assert.Contains(Assert.Single(world.All).Timeline, entry => entry.Kind == "symptomWithdrawn");
    }

    [Fact]
    public void What_an_operator_resolved_while_it_lasts_is_said_although_the_customer_counts_as_healthy()
    {
        var world = new World().Report(Alert(Vm("a"), 0));
        world.Command(world.All[0], IncidentVerb.Resolve);

        var health = HealthRollUp.Of(world.State, world.State.Clock, world.Options);
        var why = HealthRollUp.Why(world.State, world.State.Clock, world.Options);

        Assert.Equal(Health.Healthy, health);
        Assert.Contains("resolved by an operator while 1 of its symptoms", Assert.Single(why), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_comes_because_time_passed_is_no_input()
    {
        var world = new World().Report(Alert(Vm("a"), 0)).Advance(300, lastInput: 0).Report(Alert(Vm("a"), 0, 20));

        Assert.Equal(At(0), world.State.Clock.LastInput);
    }

    [Fact]
    public void A_partition_that_lags_holds_the_resolution_back()
    {
        var world = new World().Report(Alert(Vm("a"), 0, 20));

        foreach (var decided in world.Engine.Advance(world.State, new LogClock(At(500), At(10), At(500))))
            CustomerFold.Apply(world.State, decided);

        Assert.Single(world.Open);
    }

    [Fact]
    public void What_comes_back_before_sealing_opens_its_incident_again_and_stays_acknowledged()
    {
        var world = new World().Report(Alert(Vm("a"), 0));
        world.Command(world.All[0], IncidentVerb.Acknowledge);
        world.Report(Alert(Vm("a"), 0, 5)).Advance(20);
        Assert.Equal(IncidentStatus.Resolved, world.All[0].Status);

        world.Report(Alert(Vm("a"), 0));

        Assert.Equal(IncidentStatus.Acknowledged, Assert.Single(world.All).Status);
        Assert.Equal("ada", world.All[0].AcknowledgedBy);
    }

    [Fact]
    public void What_an_operator_resolved_is_not_opened_by_what_was_open_then_but_by_what_is_new()
    {
        var first = Alert(Vm("a"), 0);
        var world = new World().Report(first);
        world.Command(world.All[0], IncidentVerb.Resolve);

        world.Report(first with { SignalCount = 2, Severity = Severity.Critical });
        Assert.Equal(IncidentStatus.Resolved, world.All[0].Status);

        world.Report(Alert(Vm("a"), 3, rule: "other"));
        Assert.Equal(IncidentStatus.Open, Assert.Single(world.All).Status);
    }

    [Fact]
    public void Late_evidence_merges_two_incidents_and_the_one_that_an_operator_touched_survives()
    {
        var (a, b) = (Alert(Vm("a", "g1"), 0), Alert(Vm("b", "g2"), 2, rule: "memory"));
        var world = new World().Report(a).Report(b);
        Assert.Equal(2, world.Open.Count);
        world.Command(world.All[1], IncidentVerb.Note, "mine");

        world.Report(a.With(["tracking:1"]) with { SignalCount = 2 }).Report(b.With(["tracking:1"]) with { SignalCount = 2 });

        Assert.Equal("acme.i2", Assert.Single(world.Real).Id);
        Assert.Equal("acme.i2", world.State.Answering("acme.i1")!.Id);
        Assert.Equal(IncidentStatus.Merged, world.All[0].Status);
    }

    [Fact]
    public void Evidence_that_is_taken_back_splits_an_incident_and_the_larger_part_keeps_its_id()
    {
        var (a, b, c) = (
            Alert(Vm("a", "g1"), 0).With(["tracking:1"]), Alert(Vm("b", "g2"), 2, rule: "memory").With(["tracking:1"]),
            Alert(Vm("b", "g2"), 3, rule: "two"));
        var world = new World().Report(a, b, c);
        Assert.Equal(3, Assert.Single(world.Real).Members.Count);

        world.Report(a.With([]) with { SignalCount = 2 });

        Assert.Equal([2, 1], world.Real.Select(incident => incident.Members.Count));
        Assert.Contains(world.All[1].Timeline, entry => entry.Kind == "split");
    }

    [Fact]
    public void An_operators_merge_holds_against_the_evidence_and_his_split_too()
    {
        var (a, b) = (Alert(Vm("a", "g1"), 0), Alert(Vm("b", "g2"), 2, rule: "memory"));
        var world = new World().Report(a, b);

        var merged = world.Command(world.All[1], IncidentVerb.Merge, world.All[0].Id);
        Assert.Equal((CommandOutcome.Done, "acme.i2"), (merged.Outcome, merged.Id));
        Assert.Equal(2, Assert.Single(world.Real).Members.Count);

        world.Command(world.Real[0], IncidentVerb.Split, null, a);
        Assert.Equal(2, world.Real.Count);
        Assert.True(world.State.Incidents["acme.i2"].Members.SetEquals([b.Id]));

        world.Report(a.With(["tracking:1"]), b.With(["tracking:1"]));
        Assert.Equal(2, world.Real.Count);
        Assert.Equal(world.Partition(), world.Restart().Advance(3).Partition());
    }

    [Fact]
    public void A_symptom_that_goes_on_under_an_earlier_start_keeps_its_incident_and_the_operators_words()
    {
        var (a, b) = (Alert(Vm("a", "g1"), 10), Alert(Vm("b", "g2"), 12, rule: "memory"));
        var world = new World().Report(a, b);
        world.Command(world.All[0], IncidentVerb.Merge, world.All[1].Id);

        var earlier = Alert(Vm("a", "g1"), 4);
        world.Withdraw(a, earlier);

        Assert.True(Assert.Single(world.Real).Members.SetEquals([earlier.Id, b.Id]));
        Assert.Equal("acme.i1", world.Real[0].Id);
    }

    [Fact]
    public void A_command_sent_again_is_done_once_and_a_stale_one_names_the_current_version()
    {
        var world = new World().Report(Alert(Vm("a"), 0));
        var command = new IncidentCommand
        {
            CommandId = "x",
            Incident = "acme.i1",
            Version = 1,
            Actor = "ada",
            Verb = IncidentVerb.Assign,
            Argument = "bo",
        };

        Assert.Equal(CommandOutcome.Done, world.Command(command).Outcome);
        var events = world.Journal.Count;
        Assert.Equal(CommandOutcome.Done, world.Command(command).Outcome);
        Assert.Equal(events, world.Journal.Count);

        var stale = world.Command(command with { CommandId = "y" });
        Assert.Equal((CommandOutcome.Stale, "acme.i1", 2L), (stale.Outcome, stale.Id, stale.Version));
        Assert.Equal(CommandOutcome.NotFound, world.Command(command with { CommandId = "z", Incident = "acme.i9" }).Outcome);
    }

    [Fact]
    public void A_sealed_incident_changes_no_more_and_keeps_cause_reasons_and_changes()
    {
        var world = new World().Change(Change(Vm("a"), -10))
            .Report(Alert(Vm("a"), 0, 10), Alert(Vm("a"), 2, 10, rule: "two")).Advance(180);

        var incident = Assert.Single(world.Real);
        Assert.True(incident.Sealed);
        Assert.Equal(Vm("a"), Assert.Single(incident.Causes).Resource.Canonical);
        Assert.Contains(Assert.Single(incident.Reasons).Terms, term => term.Name == "sameResource");
        Assert.Contains("10 min before the first symptom", Assert.Single(incident.Changes).Reasons);
        Assert.Equal(CommandOutcome.Refused, world.Command(incident, IncidentVerb.Reopen).Outcome);

        world.Report(Alert(Vm("a"), 0, 10, Severity.Critical));
        Assert.Equal(Severity.Error, world.State.Symptoms[Alert(Vm("a"), 0).Id].Symptom.Severity);
    }

    [Fact]
    public void A_maintenance_window_suppresses_what_ends_in_it_and_raises_what_outlasts_it()
    {
        var world = new World().Maintain(0, 60, "/subscriptions/s1/resourcegroups/rg")
            .Report(Alert(Vm("a"), 5, 20)).Report(Alert(Vm("b"), 6)).Report(Alert(Vm("c", "other"), 7, rule: "memory"));
        Assert.Equal(2, world.State.Ledger().Suppressed);
        Assert.Single(world.Real);

        world.Advance(61);

        Assert.Equal(2, world.Real.Count);
        Assert.Equal(1, world.State.Ledger().Suppressed);
    }

    [Fact]
    public void An_incident_of_which_nothing_is_left_is_dissolved()
    {
        var alert = Alert(Vm("a"), 0);
        var world = new World().Report(alert).Withdraw(alert);

        Assert.Equal(IncidentStatus.Resolved, Assert.Single(world.All).Status);
        Assert.Equal(0, world.State.Ledger().Symptoms);
    }

    [Fact]
    public void A_report_that_was_taken_before_changes_nothing()
    {
        var symptom = Alert(Vm("a"), 0);
        var report = new ConditionReport(symptom.Resource, 1, symptom.Condition, 3, [symptom], null, default);
        var world = new World().Take(report);
        var events = world.Journal.Count;

        world.Take(report).Take(report with { Sequence = 2, Symptoms = [] });

        Assert.Equal(events, world.Journal.Count);
    }

    /// <summary>A deletion and a creation that come after what they lie before: the symptom goes on in the next incarnation,
    /// under another id. It stayed open for good under the old one, and its resource was woken in vain.</summary>
    [Fact]
    public void A_symptom_that_a_late_deletion_moves_into_the_next_incarnation_leaves_nothing_behind()
    {
        const string Vms = "Microsoft.Compute/virtualMachines";
        var axis = new TimeAxis();
        axis.Fired("10:00");
        var world = new World().Take([.. axis.Reports]);
        axis.Changed("09:50", Vms + "/delete", "delete").Changed("09:55", Vms + "/write");
        world.Take([.. axis.Reports]);

        Assert.Equal(2, axis.Reports[^1].Incarnation);
        Assert.Equal(axis.Reports[^1].Symptoms.Select(symptom => symptom.Id), world.State.Symptoms.Keys);
        axis.Now("1.11:00");
        world.Take([.. axis.Reports]);
        Assert.DoesNotContain(world.State.Symptoms.Values, tracked => tracked.Symptom.IsOpen);
        Assert.All(world.State.Conditions.Values, condition => Assert.Null(condition.Deadline));
    }

    [Fact]
    public void A_symptom_that_ended_before_the_floor_and_is_not_repeated_is_settled_and_not_withdrawn()
    {
        var symptom = Alert(Vm("a"), 0, 10);
        var report = new ConditionReport(symptom.Resource, 1, symptom.Condition, 1, [symptom], null, default);

        var world = new World().Take(report).Take(report with { Sequence = 2, Symptoms = [], Floor = At(11) });

        Assert.Single(world.Real);
    }

    [Fact]
    public void A_resource_is_woken_when_the_deadline_of_a_condition_is_over_in_every_partition()
    {
        var symptom = Alert(Vm("a"), 0);
        var world = new World().Take(new ConditionReport(symptom.Resource, 1, symptom.Condition, 1, [symptom], At(60), default));

        Assert.Empty(world.State.DueWakes(new LogClock(At(90), At(59), At(90))));
        Assert.Equal([symptom.Resource], world.State.DueWakes(new LogClock(At(90), At(60), At(90))));
    }

    /// <summary>Repetitions move an end without a report. Time may come on by hours at once (a lagging partition catches up, a
    /// recorded day is read at full speed), and what began beside it was sealed alone before the woken resource had
    /// answered.</summary>
    [Fact]
    public void What_a_condition_that_is_due_may_yet_reach_is_sealed_only_after_its_resource_has_answered()
    {
        var condition = Symptom(Vm("a"), ConditionKind.LogError, "log:x", 0);
        var log = condition with { ExpectedEnd = At(15) };
        var (near, far) = (Alert(Vm("a"), 100, 110), Alert(Vm("b", "other"), 100, 110, rule: "memory"));
        var world = new World().Take(Of(1, log, 25)).Report(near, far).Advance(300);
        Assert.False(world.State.Symptoms[near.Id].Sealed);
        Assert.True(world.State.Symptoms[far.Id].Sealed);

        world.Take(Of(2, log with { End = At(215), ExpectedEnd = null, EndReason = EndReason.TimedOut }, null)).Advance(400);
        Assert.Equal([near.Id, log.Id], world.MembersOf(near).OrderByDescending(id => id == near.Id));
        Assert.True(world.State.Symptoms[near.Id].Sealed);

        static ConditionReport Of(long sequence, Symptom symptom, double? deadline) => new(
            symptom.Resource, 1, symptom.Condition, sequence, [symptom], deadline is { } minutes ? At(minutes) : null, default);
    }

    /// <summary>A time-out tells a day later when what nobody closed ceased: what ended then was sealed alone before (seed 1742
    /// of the simulator).</summary>
    [Fact]
    public void What_ended_when_a_symptom_was_last_heard_of_is_sealed_only_when_that_is_over_too()
    {
        const double day = 24 * 60;
        var heard = Flapping(Vm("app"), "x", (0, 500))
            with { End = null, EndReason = EndReason.None, ExpectedEnd = At(500 + day) };
        var (near, far) = (Flapping(Vm("db"), "x", (100, 505)), Flapping(Vm("db2", "o"), "x", (250, 405)));
        var world = new World(new DependencyEdge(Vm("app"), Vm("db")), new DependencyEdge(Vm("app"), Vm("db2", "o")));
        world.Report(heard, near, far).Advance(700);
        Assert.True(world.State.Symptoms[far.Id].Sealed);
        Assert.False(world.State.Symptoms[near.Id].Sealed);

        world.Report(heard with { End = heard.ExpectedEnd, ExpectedEnd = null, EndReason = EndReason.TimedOut });
        world.Advance(700 + day);
        Assert.Equal([heard.Id, near.Id], world.MembersOf(near).OrderByDescending(id => id == heard.Id));
        Assert.True(world.State.Symptoms[near.Id].Sealed);
    }

    [Fact]
    public void Every_change_of_an_incident_is_to_be_told_until_its_newest_version_was()
    {
        var world = new World().Report(Alert(Vm("a"), 0));
        var before = world.State.Untold["acme.i1"];
        world.Report(Alert(Vm("a"), 1, rule: "two"));

        foreach (var decided in world.Engine.Told(world.State, [new NoticeTaken("acme.i1", before, "acme.p1")]))
            CustomerFold.Apply(world.State, decided);
        Assert.NotEmpty(world.State.Untold);
        Assert.Equal("acme.p1", world.All[0].Problem);
        Assert.Equal(2, world.Engine.Notice(world.State, "acme.i1")!.Symptoms.Length);

        Assert.Empty(world.Told().State.Untold);
    }

    [Fact]
    public void A_report_that_comes_again_after_its_symptom_was_sealed_and_forgotten_is_no_new_one()
    {
        const int daysLater = 3 * 24 * 60;
        var world = new World();
        var open = Alert(Vm("v1"), 0) with { Severity = Severity.Informational };
        var report = new ConditionReport(open.Resource, 1, open.Condition, 1, [open], null, default);
        world.Take(report);
        world.Take(report with { Sequence = 2, Symptoms = [open with { End = Some.At(10) }] });
        world.Advance(daysLater).Advance(daysLater + 60).Advance(daysLater + 120);
        Assert.Empty(world.State.Symptoms);
        Assert.Equal(1, world.State.Ledger().Symptoms);

        // What a silo sends that stood still all the time.
        world.Take(report);

        Assert.Empty(world.State.Symptoms);
        Assert.Equal(1, world.State.Ledger().Symptoms);
    }

    [Fact]
    public void What_is_beyond_the_limit_of_sealed_incidents_is_forgotten_and_still_counted()
    {
        var world = new World();
        world.Options.SealedIncidents = 2;
        for (var i = 0; i < 5; i++) world.Report(Alert(Vm($"v{i}"), i * 20, (i * 20) + 5, rule: $"r{i}"));
        world.Advance(300).Told().Advance(400).Advance(500);

        Assert.Equal(2, world.Real.Count);
        Assert.Equal(5, world.State.Ledger().InClosed);
    }
}
