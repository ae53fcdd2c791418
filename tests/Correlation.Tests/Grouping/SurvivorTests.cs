using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Incidents;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>Which of two incidents that meet goes on.</summary>
public sealed class SurvivorTests
{
    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 1)]
    [InlineData(true, true, 0)]
    public void The_one_on_which_a_rule_acted_survives_unless_an_operator_touched_the_other(
        bool acted, bool touched, int survivor)
    {
        var edges = new Topology([new DependencyEdge(Vm("app"), Database("orders"))]);
        var world = new World()
            .Report(Alert(Database("orders"), 0, 60, rule: "failover"), Alert(Vm("app"), 4, 65, rule: "http5xx"));
        Incident[] before = [.. world.Real.OrderBy(incident => incident.Opened)];
        Assert.Equal(2, before.Length);

        if (touched) world.Command(before[0], IncidentVerb.Acknowledge);
        world.Learn(new TopologyHistory([new TopologyVersion(2, default, edges)]));
        if (acted) world.Engine.Acted = [before[1].Id];
        world.Advance(5);

        Assert.Equal(before[survivor].Id, Assert.Single(world.Real).Id);
    }
}
