using Correlation.Customers;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Tests.Resources;

public sealed class LifeTests
{
    private const string Delete = "Microsoft.Compute/virtualMachines/delete";
    private const string Write = "Microsoft.Compute/virtualMachines/write";
    private readonly TimeAxis _axis = new();

    [Fact]
    public void A_signal_further_behind_its_log_time_than_the_lateness_is_late_and_changes_nothing()
    {
        _axis.Fired("10:00", log: "10:31").Expect();
        Assert.Equal(Fate.Late, _axis.Last);
        Assert.Equal((1, 0), (_axis.State.Counts.Late, _axis.State.Counts.Signals));
        Assert.Empty(_axis.Reports);
    }

    [Fact]
    public void A_signal_below_the_watermark_is_late_so_that_a_second_replay_adds_nothing()
    {
        var signal = _axis.Make("10:00", SignalRole.Open, "alert:rule");
        _axis.Send(signal).Now("12:00").Send(signal);
        Assert.Equal(Fate.Late, _axis.Last);
    }

    [Fact]
    public void A_signal_that_comes_again_is_a_duplicate_and_changes_nothing()
    {
        var signal = _axis.Make("10:00", SignalRole.Open, "alert:rule");
        _axis.Send(signal).Now("10:29").Send(signal).Expect("10:00–open");
        Assert.Equal(Fate.Duplicate, _axis.Last);
        Assert.Equal(1, Assert.Single(_axis.Reports[^1].Symptoms).SignalCount);
    }

    [Fact]
    public void A_metric_value_that_comes_again_is_a_duplicate_on_and_off_its_grid()
    {
        foreach (var at in new[] { "10:00", "10:05", "10:01", "10:02:07" })
        {
            _axis.Send(Metric(at));
            Assert.Equal(Fate.Aggregated, _axis.Last);
            _axis.Send(Metric(at));
            Assert.Equal(Fate.Duplicate, _axis.Last);
        }

        var metric = Assert.Single(_axis.State.Metrics);
        Assert.Equal((TimeAxis.T("10:05"), 4), (metric.At, metric.Count));
    }

    [Fact]
    public void A_metric_value_pushed_out_of_its_window_is_remembered_until_the_watermark()
    {
        _axis.Send(Metric("10:00")).Send(Metric("11:30")).Send(Metric("10:00"));
        Assert.Equal(Fate.Duplicate, _axis.Last);
    }

    [Fact]
    public void A_deletion_withdraws_what_is_open()
    {
        _axis.Fired("10:00").Pulse("10:01", "log:x", ConditionKind.LogError).Changed("10:05", Delete, "delete");
        _axis.Expect("10:00–10:05 Withdrawn", "10:01–10:05 Withdrawn");
    }

    [Fact]
    public void A_deletion_that_comes_late_cuts_what_went_on_beyond_it() =>
        _axis.Fired("10:00").Resolved("10:10").Changed("10:05", Delete, "delete").Expect("10:00–10:05 Withdrawn");

    [Fact]
    public void The_deletion_of_a_lock_on_the_resource_is_no_deletion_of_the_resource() =>
        _axis.Fired("10:00").Changed("10:05", "Microsoft.Authorization/locks/delete", "delete").Expect("10:00–open");

    [Fact]
    public void A_creation_after_a_deletion_begins_an_incarnation_in_any_order()
    {
        _axis.Changed("10:06", Write).Fired("10:08");
        var before = _axis.Reports[^1].Symptoms[0].Id;
        Assert.Equal(1, _axis.State.Incarnation);
        _axis.Changed("10:05", Delete, "delete");
        Assert.Equal(2, _axis.State.Incarnation);
        Assert.Equal(2, _axis.Reports[^1].Incarnation);
        Assert.NotEqual(before, Assert.Single(_axis.Reports[^1].Symptoms).Id);
        _axis.Now("15:00").Changed("15:00", Write);
        Assert.Equal(2, _axis.State.Incarnation);
    }

    [Fact]
    public void What_opens_after_a_deletion_is_another_symptom_even_within_the_damping_time() =>
        _axis.Fired("10:00").Changed("10:05", Delete, "delete").Fired("10:06").Expect("10:00–10:05 Withdrawn", "10:06–open");

    [Fact]
    public void A_change_is_told_once_and_kept()
    {
        var change = _axis.Change("10:00", Write);
        _axis.Send(change);
        Assert.Equal(Fate.Transition, _axis.Last);
        _axis.Send(change);
        Assert.Equal(Fate.Duplicate, _axis.Last);
        Assert.Equal(change.Dedup.ToString(), Assert.Single(_axis.Changes).Change.Id);
        Assert.Single(_axis.State.RecentChanges);
    }

    [Fact]
    public void A_new_owner_gets_what_is_open_and_the_old_one_sees_it_withdrawn()
    {
        _axis.Fired("10:00", "alert:open").Fired("10:00", "alert:over").Resolved("10:05", "alert:over");
        _axis.Owned.Clear();
        var former = _axis.Owner;
        _axis.Owner = CustomerKey.Parse("fabrikam");
        _axis.Pulse("10:30", "log:x", ConditionKind.LogError);
        Assert.Equal(["10:00–10:31 Withdrawn"], ReportedTo(former, "alert:open"));
        Assert.Equal(["10:00–10:05 Resolved"], ReportedTo(former, "alert:over"));
        Assert.Equal(["10:00–open"], ReportedTo(_axis.Owner, "alert:open"));
        Assert.DoesNotContain(_axis.Owned, one => one.Owner == _axis.Owner && one.Report.Condition.Key == "alert:over");
        Assert.Equal(["10:30–open"], ReportedTo(_axis.Owner, "log:x"));
    }

    [Fact]
    public void A_signal_of_older_log_time_that_comes_after_the_resource_changed_hands_does_not_bring_it_back()
    {
        var maps = CustomerMaps.None.With([Map("contoso", 1, default), Map("fabrikam", 2, TimeAxis.T("10:15"))]);
        (string, string)[] signals = [("10:00", "alert:a"), ("10:20", "alert:b"), ("10:10", "alert:c"), ("10:05", "alert:d")];
        foreach (var (at, rule) in signals)
        {
            _axis.Owner = maps.OwnerOf(TimeAxis.Vm, null, TimeAxis.T(at).AddMinutes(1));
            _axis.Fired(at, rule);
        }

        Assert.Equal("fabrikam", _axis.State.Owner?.Value);
        Assert.Equal(["10:00–10:21 Withdrawn"], ReportedTo(CustomerKey.Parse("contoso"), "alert:a"));
        foreach (var rule in new[] { "alert:b", "alert:c", "alert:d" })
        {
            Assert.Equal("fabrikam", Assert.Single(_axis.Owned, one => one.Report.Condition.Key == rule).Owner.Value);
        }
    }

    [Fact]
    public void What_is_open_goes_to_the_new_owner_without_another_signal_once_none_of_before_can_come()
    {
        _axis.Fired("10:00", "alert:a");
        var fabrikam = CustomerKey.Parse("fabrikam");
        _axis.State.Belong(fabrikam, TimeAxis.T("10:00"), _axis.Options);
        Assert.Equal("contoso", _axis.State.Owner?.Value);

        _axis.State.Belong(fabrikam, TimeAxis.T("10:30"), _axis.Options);
        _axis.Now("10:30");
        Assert.Equal(["10:00–10:30 Withdrawn"], ReportedTo(CustomerKey.Parse("contoso"), "alert:a"));
        Assert.Equal(["10:00–open"], ReportedTo(fabrikam, "alert:a"));
    }

    private static CustomerMap Map(string customer, int version, DateTimeOffset inForce) =>
        new(new CustomerFile(0, [new CustomerEntry { Key = customer, Subscriptions = ["s1"] }]), version, inForce);

    [Fact]
    public void A_worse_severity_is_reported_and_kept()
    {
        var worse = _axis.Make("10:05", SignalRole.Open, "alert:rule");
        _axis.Fired("10:00").Send(TimeAxis.Copy(worse, worse.Condition, worse.Detail!, Severity.Critical));
        Assert.Equal(Fate.Transition, _axis.Last);
        var symptom = Assert.Single(_axis.Reports[^1].Symptoms);
        Assert.Equal((Severity.Critical, "alert:rule at 10:00", 2), (symptom.Severity, symptom.Title, symptom.SignalCount));
        Assert.Equal(Health.Unhealthy, _axis.State.Health(_axis.Options));
    }

    [Fact]
    public void A_settled_symptom_leaves_the_reports_and_the_floor_says_so()
    {
        _axis.Fired("10:00").Resolved("10:05").Now("10:50").Fired("10:50");
        var report = _axis.Reports[^1];
        Assert.Equal(TimeAxis.T("10:10"), report.Floor);
        Assert.Equal(["10:50–open"], TimeAxis.Shown(report.Symptoms));
    }

    [Fact]
    public void A_symptom_that_ends_and_settles_in_one_step_is_reported_with_its_end() =>
        _axis.Pulse("10:00", "log:x", ConditionKind.LogError).Now("20:00").ExpectReported("log:x", "10:00–10:15 TimedOut");

    [Fact]
    public void Settled_conditions_are_forgotten()
    {
        _axis.Fired("10:00").Resolved("10:05").Now("12:00");
        Assert.Empty(_axis.State.Conditions(_axis.Options));
        Assert.Equal(Health.Healthy, _axis.State.Health(_axis.Options));
    }

    private IEnumerable<string> ReportedTo(CustomerKey owner, string key) =>
        TimeAxis.Shown(_axis.Owned.Last(one => one.Owner == owner && one.Report.Condition.Key == key).Report.Symptoms);

    private Signal Metric(string at) => new()
    {
        Message = new Message("live", 1, 0, 0, TimeAxis.T(at).AddMinutes(3)),
        Resource = TimeAxis.Vm,
        Kind = SignalKind.Metric,
        Role = SignalRole.Measurement,
        EventTime = TimeAxis.T(at),
        Metric = new MetricValue("cpu_percent", 60, 5, 1, 9, double.NaN, 4),
    };
}
