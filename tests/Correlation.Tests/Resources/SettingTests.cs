using Correlation.Customers;
using Correlation.Resources;
using Correlation.Signals;

namespace Correlation.Tests.Resources;

/// <summary>What real set-ups do: copies, stages, lives and owners.</summary>
public sealed class SettingTests
{
    private const string Delete = "Microsoft.Compute/virtualMachines/delete";
    private const string Write = "Microsoft.Compute/virtualMachines/write";
    private readonly TimeAxis _axis = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_resolved_closes_its_instance_in_every_condition_that_it_opened(int firedBefore)
    {
        string[] keys = ["alert:rule {a=1}", "alert:rule {a=1,b=2}", "alert:rule {c=3}"];
        foreach (var key in keys[..firedBefore]) _axis.Fired("10:00", key, "i");
        _axis.Resolved("10:12", "alert:rule", "i", opened: "10:00");
        foreach (var key in keys[firedBefore..]) _axis.Fired("10:00", key, "i");
        _axis.Expect("10:00–10:12 Resolved", "10:00–10:12 Resolved", "10:00–10:12 Resolved");
    }

    [Fact]
    public void A_resolved_that_comes_again_after_its_interval_was_forgotten_claims_nothing()
    {
        _axis.Fired("10:00", "alert:rule {a=1}", "i").Resolved("10:05", "alert:rule", "i").Now("12:00");
        _axis.Resolved("12:00", "alert:rule", "i", opened: "10:20").Expect();
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public void The_stages_of_a_platform_event_give_one_interval_in_any_order(params int[] order)
    {
        Signal[] stages = [Stage("10:00", SignalRole.Open), Stage("10:10", SignalRole.Pulse), Stage("10:20", SignalRole.Close)];
        foreach (var at in order) _axis.Send(stages[at]);
        _axis.Expect("10:00–10:20 Counterpart");
        Assert.Equal(3, Assert.Single(_axis.State.Conditions(_axis.Options)).Symptoms[0].SignalCount);
    }

    [Fact]
    public void Health_that_returned_before_its_loss_was_told_ends_it()
    {
        _axis.Send(Health("10:20", SignalRole.Close)).Expect();
        _axis.Send(Health("10:00", SignalRole.Open)).Expect("10:00–10:20 HealthReturned");
        Assert.Equal(global::Correlation.Customers.Health.Healthy, _axis.State.Health(_axis.Options));
    }

    [Fact]
    public void Health_that_is_lost_again_soon_after_it_returned_flaps() =>
        _axis.Send(Health("10:00", SignalRole.Open)).Send(Health("10:05", SignalRole.Close))
            .Send(Health("10:10", SignalRole.Open))
            .Expect("10:00–open 1 flaps");

    [Fact]
    public void A_resource_created_again_begins_anew_and_what_ended_just_before_does_not_go_on()
    {
        _axis.Fired("10:00", instance: "a").Resolved("10:04", instance: "a");
        _axis.Changed("10:05", Delete, "delete").Changed("10:06", Write).Fired("10:07", instance: "b");
        _axis.Expect("10:00–10:04 Resolved", "10:07–open");
        Assert.Equal(2, _axis.State.Incarnation);
    }

    [Fact]
    public void A_claim_reaches_no_further_back_than_a_deletion_long_ago()
    {
        _axis.Changed("08:00", Delete, "delete").Changed("08:05", Write).Now("12:00");
        _axis.Resolved("12:00", instance: "a", opened: "07:00").Expect("08:00–12:00 Resolved");
    }

    [Fact]
    public void Many_writes_in_a_day_crowd_out_no_deletion()
    {
        _axis.Changed("00:10", Delete, "delete").Changed("00:20", Write);
        for (var i = 1; i < 200; i++)
        {
            var at = TimeSpan.FromMinutes(20 + (5 * i)).ToString();
            _axis.Now(at).Changed(at, Write);
        }

        Assert.Equal((2, 0), (_axis.State.Incarnation, _axis.State.Counts.ChangesDropped));
    }

    [Fact]
    public void A_resource_that_comes_back_to_an_owner_is_reported_there_again()
    {
        var first = _axis.Owner;
        _axis.Fired("10:00", "alert:open");
        _axis.Owner = CustomerKey.Parse("fabrikam");
        _axis.Pulse("10:10", "log:x", ConditionKind.LogError);
        _axis.Owner = first;
        _axis.Owned.Clear();
        _axis.Pulse("10:11", "log:x", ConditionKind.LogError);
        var open = _axis.Owned.Where(one => one.Report.Condition.Key == "alert:open").ToList();
        Assert.Equal(["fabrikam", "contoso"], open.Select(one => one.Owner.ToString()));
        Assert.Equal([false, true], open.Select(one => Assert.Single(one.Report.Symptoms).IsOpen));
    }

    [Fact]
    public void The_copies_of_a_second_diagnostic_setting_change_nothing_whichever_comes_first()
    {
        var (fired, resolved) = (_axis.Make("10:00", SignalRole.Open, "alert:rule"),
            _axis.Make("10:00", SignalRole.Close, "alert:rule"));
        Signal[] all = [With(fired, "10:01"), With(resolved, "10:20"), With(fired, "10:08"), With(resolved, "10:25")];
        foreach (var order in new int[][] { [0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1] })
        {
            var axis = new TimeAxis();
            foreach (var at in order) axis.Send(all[at]);
            axis.Expect("10:00–10:20 Resolved");
            Assert.Equal((2, 2), (axis.State.Counts.Signals, axis.State.Counts.Duplicates));
        }
    }

    private static Signal With(Signal signal, string log) => new()
    {
        Message = signal.Message with { Partition = 1, LogTime = TimeAxis.T(log) },
        Resource = signal.Resource,
        Role = signal.Role,
        Kind = signal.Kind,
        EventTime = signal.EventTime,
        Dedup = signal.Dedup,
        Condition = signal.Condition,
        Detail = signal.Detail! with { Instance = "i" },
    };

    private Signal Stage(string at, SignalRole role) => _axis.Make(at, role, "servicehealth:x", ConditionKind.ServiceHealth);

    private Signal Health(string at, SignalRole role) => _axis.Make(at, role, "resourcehealth", ConditionKind.ResourceHealth);
}
