using Correlation.Customers;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Incidents;

/// <summary>A customer of whose lone alerts most have ended within ten minutes, as it has learned.</summary>
public sealed class OpeningHoldTests
{
    private static readonly LearnedModel Model = new()
    {
        Number = 1,
        InForce = At(0),
        Held = [new LearnedHold(ConditionType.Of(Alert(Vm("v"), 1, rule: "disk")), TimeSpan.Zero)],
        HeldOthers = TimeSpan.FromMinutes(10),
    };

    private readonly World world = new World { Grouping = { Surge = 0 } }.Learn(Model);

    [Fact]
    public void A_lone_alert_is_an_incident_once_it_has_outlasted_its_hold()
    {
        world.Report(Alert(Vm("v1"), 5)).Advance(14);
        Assert.Empty(world.All);

        world.Advance(16);
        var incident = Assert.Single(world.Open);
        Assert.Equal(At(15), incident.Opened);
        Assert.Equal(
            "an alert of severity Error on v1, open for longer than the 10 min in which most of its kind end", incident.Why);
    }

    [Fact]
    public void It_says_until_when_it_waits_and_nothing_else_does()
    {
        world.Report(
            Alert(Vm("v1"), 5), Alert(Vm("v2", "b"), 5, 9, rule: "memory"),
            Alert(Vm("v3", "c"), 5, severity: Severity.Warning, rule: "swap"),
            Alert(Vm("v4", "d"), 5, severity: Severity.Critical, rule: "net")).Advance(14);
        Assert.Equal([At(15)], Waits());

        world.Advance(16);
        Assert.Empty(Waits());
        Assert.All(world.State.Symptoms.Values, tracked => Assert.Null(tracked.WaitsUntil));

        IEnumerable<DateTimeOffset> Waits() => world.State.Symptoms.Values.Select(new WaitingAlerts(world.State).Told)
            .Select(tracked => tracked.WaitsUntil).OfType<DateTimeOffset>();
    }

    [Fact]
    public void One_that_ends_before_is_none()
    {
        world.Report(Alert(Vm("v1"), 5)).Advance(14).Report(Alert(Vm("v1"), 5, 14)).Advance(60).Advance(24 * 60);
        Assert.Empty(world.All);
    }

    [Fact]
    public void One_that_lasted_is_one_however_late_it_is_known()
    {
        world.Report(Alert(Vm("v1"), 5, 40)).Advance(50);
        Assert.Equal(At(15), Assert.Single(world.All).Opened);
    }

    [Fact]
    public void An_end_that_is_told_late_dissolves_it()
    {
        world.Report(Alert(Vm("v1"), 5)).Advance(16).Report(Alert(Vm("v1"), 5, 14)).Advance(17);
        Assert.Empty(world.Open);
        Assert.Empty(world.Real);
    }

    [Fact]
    public void What_comes_with_something_else_is_one_at_once()
    {
        world.Report(Alert(Vm("v1"), 5)).Report(Alert(Vm("v1"), 6, rule: "memory")).Advance(7);
        Assert.Equal(2, Assert.Single(world.Open).Members.Count);
    }

    [Fact]
    public void So_is_what_is_critical_of_a_kind_that_lasts_or_no_alert_of_a_rule()
    {
        world.Report(
            Alert(Vm("v1"), 5, severity: Severity.Critical), Alert(Vm("v2"), 5, rule: "disk"),
            Symptom(Vm("v3"), ConditionKind.ResourceHealth, "resourcehealth", 5),
            Symptom(Vm("v4", "other"), ConditionKind.StatelessAlert, "alert:once", 5));
        Assert.Equal(4, world.Open.Sum(incident => incident.Members.Count));
    }

    [Fact]
    public void A_clock_that_goes_wrong_makes_nothing_wait_longer()
    {
        world.Report(Alert(Vm("v1"), 200) with { Known = At(5) });
        world.Advance(16);
        Assert.Single(world.Open);
    }

    [Fact]
    public void A_restart_forgets_nobody_who_waits()
    {
        world.Report(Alert(Vm("v1"), 5)).Advance(10).Restart().Advance(16);
        Assert.Single(world.Open);
        Assert.Single(world.Restart().Advance(17).Open);
    }

    [Fact]
    public void Two_warnings_wait_as_one_error_does_and_three_do_not()
    {
        List<Symptom> all = [.. new[] { "cpu", "memory", "swap" }
            .Select(rule => Alert(Vm("v1"), 5, severity: Severity.Warning, rule: rule))];
        world.Report([.. all[..2]]).Advance(14);
        Assert.Empty(world.All);
        Assert.Single(world.Advance(16).Open);
        Assert.Empty(new World().Learn(Model).Report(all[0], all[1] with { End = At(12) }).Advance(16).All);
        Assert.Single(new World().Learn(Model).Report([.. all]).Open);
        Assert.Single(new World().Report([.. all[..2]]).Open);
    }

    [Fact]
    public void It_is_told_that_it_has_not_lasted_long_enough()
    {
        var (one, again) = (Alert(Vm("v1"), 1, 3), Alert(Vm("v1"), 5));
        world.Report(one, again).Advance(8);
        Assert.Empty(world.All);
        Assert.Contains("have not lasted long enough", world.Explain(one.Id, again.Id).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_comes_and_goes_waits_until_it_was_open_for_so_long_in_all()
    {
        var flapping = OpenTimeTests.Flapping(null, (5, 10, "a"), (16, null, "b"));
        world.Report(OpenTimeTests.Flapping(10, (5, 10, "a"))).Advance(16).Report(flapping).Advance(20);
        Assert.Empty(world.All);

        Assert.Equal(At(21), Assert.Single(world.Advance(22).Open).Opened);
    }

    [Fact]
    public void An_error_with_one_warning_waits_as_it_would_alone_and_two_errors_do_not()
    {
        var warning = Alert(Vm("v1"), 6, severity: Severity.Warning, rule: "memory");
        world.Report(Alert(Vm("v1"), 5), warning).Advance(14);
        Assert.Empty(world.All);

        Assert.Equal(At(15), Assert.Single(world.Advance(17).Open).Opened);
        Assert.Single(new World().Learn(Model).Report(Alert(Vm("v1"), 5), warning with { Severity = Severity.Error }).Open);
        Assert.Single(new World().Learn(Model).Report(Alert(Vm("v1"), 5), warning with { Severity = Severity.Critical }).Open);
        Assert.Single(new World().Report(Alert(Vm("v1"), 5, severity: Severity.Warning, rule: "cpu"), warning).Open);
    }

    [Fact]
    public void A_warning_that_lasted_and_gets_worse_waits_no_longer()
    {
        var warning = Alert(Vm("v1"), 5, severity: Severity.Warning, rule: "disk 80");
        world.Report(warning).Advance(20);
        Assert.Empty(world.All);
        Assert.Single(world.Report(Alert(Vm("v1"), 20, rule: "disk 95")).Open);
    }

    [Fact]
    public void Error_records_and_failed_operations_are_no_company_unless_three_say_so()
    {
        var warning = Alert(Vm("v1"), 5, severity: Severity.Warning);
        List<Symptom> said =
        [
            Symptom(Vm("v1"), ConditionKind.LogError, "log:event", 6), Symptom(Vm("v1"), ConditionKind.LogError, "log:disk", 6),
            Symptom(Vm("v1"), ConditionKind.FailedOperation, "operation:start", 6),
        ];
        world.Report([warning, .. said[..2]]).Advance(14);
        Assert.Empty(world.All);

        Assert.Single(world.Report(said[2]).Open);
        Assert.Single(new World().Learn(Model).Report([warning, .. said[..2]]).Advance(16).Open);
        Assert.Single(new World().Report([warning, .. said[..2]]).Open);
    }

    [Fact]
    public void A_machine_that_its_owner_restarts_waits_beside_another_condition()
    {
        var restart = Symptom(Vm("v1"), ConditionKind.ResourceHealth, "resourcehealth", 5, 12)
            with { Severity = Severity.Warning };
        var record = Symptom(Vm("v1"), ConditionKind.LogError, "log:event", 6);
        Assert.Empty(world.Report(restart, record).Advance(20).All);
        Assert.Single(new World().Learn(Model).Report(restart with { End = null }, record).Advance(20).Open);
    }
}
