using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Tests.Resources;

public sealed class PairingTests
{
    private readonly TimeAxis _axis = new();

    [Fact]
    public void A_fired_opens_and_a_resolved_closes()
    {
        _axis.Fired("10:00", instance: "a").Expect("10:00–open");
        Assert.Equal(Fate.Transition, _axis.Last);
        _axis.Resolved("10:12", instance: "a").Expect("10:00–10:12 Resolved");
    }

    [Fact]
    public void A_resolved_that_overtakes_its_fired_still_closes_it()
    {
        _axis.Resolved("10:12", instance: "a").Expect();
        Assert.Equal(Fate.Aggregated, _axis.Last);
        _axis.Fired("10:00", instance: "a").Expect("10:00–10:12 Resolved");
    }

    [Fact]
    public void Without_an_instance_facts_pair_by_time() =>
        _axis.Resolved("10:12").Fired("10:00").Fired("11:00").Expect("10:00–10:12 Resolved", "11:00–open");

    [Fact]
    public void A_repeated_fired_keeps_the_start_and_is_told_so_that_its_id_can_be_found()
    {
        _axis.Fired("10:00", instance: "a").Fired("10:05", instance: "a").Expect("10:00–open");
        Assert.Equal(2, Assert.Single(_axis.Reports[^1].Symptoms).SignalCount);
    }

    [Fact]
    public void A_fired_that_comes_after_the_resolved_that_told_of_it_changes_the_count_and_is_told()
    {
        _axis.Fired("10:00", instance: "a").Resolved("10:12", instance: "a").Fired("10:00:01", instance: "a");
        _axis.Expect("10:00–10:12 Resolved");
        Assert.Equal(3, Assert.Single(_axis.Reports[^1].Symptoms).SignalCount);
    }

    [Fact]
    public void An_earlier_fired_that_comes_later_moves_the_start()
    {
        _axis.Fired("10:05", instance: "a").Fired("10:00", instance: "a").Expect("10:00–open");
        Assert.Equal(Fate.Transition, _axis.Last);
        Assert.Single(_axis.Reports[^1].Symptoms);
    }

    [Fact]
    public void A_resolved_with_fewer_dimensions_closes_by_its_instance() =>
        _axis.Fired("10:00", "alert:rule {cpu=1,host=a}", "a").Resolved("10:12", "alert:rule {cpu=1}", "a")
            .Expect("10:00–10:12 Resolved");

    [Fact]
    public void A_resolved_with_fewer_dimensions_that_overtakes_its_fired_closes_by_its_instance()
    {
        _axis.Resolved("10:12", "alert:rule {cpu=1}", "a", opened: "10:02").Expect("10:02–10:12 Resolved");
        _axis.Fired("10:00", "alert:rule {cpu=1,host=a}", "a").Expect("10:00–10:12 Resolved");
        _axis.ExpectReported("alert:rule {cpu=1}");
    }

    [Fact]
    public void A_resolved_of_another_instance_closes_nothing() =>
        _axis.Fired("10:00", instance: "a").Resolved("10:12", instance: "b").Expect("10:00–open");

    [Fact]
    public void A_resolved_alone_that_says_when_it_opened_gives_the_interval() =>
        _axis.Resolved("10:12", instance: "a", opened: "08:00").Expect("08:00–10:12 Resolved");

    [Fact]
    public void A_repeated_resolved_does_not_claim_the_interval_again() =>
        _axis.Fired("10:00", instance: "a").Resolved("10:05", instance: "a").Resolved("10:40", instance: "a", opened: "10:00")
            .Expect("10:00–10:05 Resolved");

    [Fact]
    public void A_claim_into_a_settled_past_is_void() =>
        _axis.Fired("10:00").Resolved("10:05").Now("12:00").Resolved("12:00", opened: "09:00").Expect();

    [Fact]
    public void A_resolved_that_carries_the_time_of_its_fired_ends_it_when_it_was_stored() =>
        _axis.Fired("10:00", instance: "a").Resolved("10:00", instance: "a", log: "10:20").Expect("10:00–10:20 Resolved");

    [Fact]
    public void Of_two_open_instances_the_last_to_resolve_ends_the_symptom() =>
        _axis.Fired("10:00", instance: "a").Fired("10:02", instance: "b").Resolved("10:10", instance: "a")
            .Resolved("10:20", instance: "b")
            .Expect("10:00–10:20 Resolved");

    [Fact]
    public void Health_that_returns_ends_lost_health_whatever_alert_told_of_it()
    {
        const string Key = "resourcehealth";
        _axis.Send(TimeAxis.With(_axis.Make("10:00", SignalRole.Open, Key, ConditionKind.ResourceHealth), "a"));
        _axis.Send(TimeAxis.With(_axis.Make("10:20", SignalRole.Close, Key, ConditionKind.ResourceHealth), "b"));
        _axis.Expect("10:00–10:20 HealthReturned");
    }

    [Fact]
    public void Health_that_returns_ends_no_other_condition()
    {
        _axis.Fired("10:00").Send(_axis.Make("10:20", SignalRole.Close, "resourcehealth", ConditionKind.ResourceHealth));
        _axis.Expect("10:00–open");
    }

    [Fact]
    public void A_platform_event_ends_at_its_later_stage()
    {
        _axis.Send(_axis.Make("10:00", SignalRole.Open, "servicehealth:x", ConditionKind.ServiceHealth));
        _axis.Send(_axis.Make("13:00", SignalRole.Close, "servicehealth:x", ConditionKind.ServiceHealth));
        _axis.Expect("10:00–13:00 Counterpart");
    }

    [Fact]
    public void An_operation_that_succeeds_later_ends_its_failure()
    {
        _axis.Pulse("10:00", "operation:microsoft.sql/servers/write", ConditionKind.FailedOperation).Expect("10:00–open");
        _axis.Changed("10:06", "Microsoft.Sql/servers/write").Expect("10:00–10:06 Counterpart");
    }

    [Fact]
    public void A_success_that_overtakes_the_failure_still_ends_it() =>
        _axis.Changed("10:06", "Microsoft.Sql/servers/write")
            .Pulse("10:00", "operation:microsoft.sql/servers/write", ConditionKind.FailedOperation)
            .Expect("10:00–10:06 Counterpart");

    [Fact]
    public void A_success_of_another_operation_ends_nothing() =>
        _axis.Pulse("10:00", "operation:microsoft.sql/servers/write", ConditionKind.FailedOperation)
            .Changed("10:06", "Microsoft.Sql/servers/delete").Expect("10:00–open");
}
