using Correlation.Customers;
using Correlation.Incidents;
using Correlation.Signals;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Customers;

public sealed class HealthTests
{
    [Fact]
    public void A_customer_without_input_is_unknown_and_one_without_complaints_is_healthy()
    {
        var world = new World();
        Assert.Equal(Health.Unknown, world.State.Verdict.Health);

        world.Advance(10);

        Assert.Equal(Health.Healthy, world.State.Verdict.Health);
        Assert.Equal(At(10), world.State.Verdict.Since);
    }

    [Fact]
    public void An_open_incident_makes_it_unhealthy_and_a_loose_warning_degraded()
    {
        var world = new World().Report(Alert(Vm("a", "g1"), 0, severity: Severity.Warning));
        Assert.Equal(Health.Degraded, world.State.Verdict.Health);

        world.Report(Alert(Vm("b", "g2"), 1));
        Assert.Equal(Health.Unhealthy, world.State.Verdict.Health);
        Assert.Contains("acme.i1", HealthRollUp.Why(world.State, world.State.Clock, world.Options)[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_snoozed_incident_does_not_count_until_the_snooze_is_over()
    {
        var world = new World().Report(Alert(Vm("b"), 1));
        world.Command(world.All[0], IncidentVerb.Snooze);
        Assert.Equal(Health.Healthy, world.State.Verdict.Health);

        world.Advance(70);
        Assert.Equal(Health.Unhealthy, world.State.Verdict.Health);
    }

    [Fact]
    public void No_input_for_three_times_the_usual_gap_is_unknown()
    {
        var world = new World().Advance(10);

        Assert.Equal(Health.Healthy, world.Advance(99, lastInput: 10).State.Verdict.Health);
        Assert.Equal(Health.Unknown, world.Advance(101, lastInput: 10).State.Verdict.Health);
        Assert.Equal(Health.Healthy, world.Advance(102).State.Verdict.Health);
    }

    [Fact]
    public void Lost_messages_make_it_unknown_for_three_usual_gaps_and_what_is_known_stays_a_reason()
    {
        var world = new World().Report(Alert(Vm("b"), 1)).Advance(10);
        Assert.Equal(Health.Unhealthy, world.State.Verdict.Health);

        Assert.Equal(Health.Unknown, world.Advance(12, loss: 11).State.Verdict.Health);
        Assert.Equal(At(12), world.State.Verdict.Since);
        Assert.Contains("lost messages", world.State.Verdict.Why[0], StringComparison.Ordinal);
        Assert.Contains("acme.i1", world.State.Verdict.Why[1], StringComparison.Ordinal);

        // A report in between does not forget it, and neither does a reader that says nothing of it.
        world.Report(Alert(Vm("c", "g2"), 20)).Advance(100);
        Assert.Equal(Health.Unknown, world.State.Verdict.Health);
        Assert.Equal(Health.Unhealthy, world.Advance(101.5).State.Verdict.Health);
    }
}
