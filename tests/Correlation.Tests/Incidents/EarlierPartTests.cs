using Correlation.Customers;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Incidents;

/// <summary>A failure that goes on into a part of the estate that is an incident of its own: the cause may be in the one
/// before.</summary>
public sealed class EarlierPartTests
{
    private static readonly Symptom Store = Alert(Database("orders"), 0, rule: "throttled");
    private static readonly Symptom Worker = Alert(Vm("worker"), 4, rule: "failures");
    private static readonly Symptom Front = Alert(Vm("front"), 12, rule: "slow");

    [Fact]
    public void The_cause_of_what_began_before_and_goes_on_here_comes_after_the_own_ones_and_says_so()
    {
        var world = Strict().Report(Store, Worker, Front);
        var (before, after) = (IncidentOf(world, Store), IncidentOf(world, Front));
        Assert.NotEqual(before.Id, after.Id);

        Assert.Equal([Vm("front"), Database("orders")], Resources(world, after));
        Assert.Equal(
            ["likely cause of what began 12 min before and goes on from worker to front"],
            world.Engine.Explain(world.State, after).Causes[1].Reasons);
        Assert.DoesNotContain(Vm("front"), Resources(world, before));
        Assert.InRange(world.Engine.Explain(world.State, after).Causes.Sum(cause => cause.Score), 0, 1);
    }

    [Fact]
    public void What_is_a_cause_of_its_own_already_is_named_once()
    {
        var again = Alert(Database("orders"), 30, rule: "slow");
        var world = Strict().Report(Store, Worker, again);
        Assert.NotEqual(IncidentOf(world, Store).Id, IncidentOf(world, again).Id);
        Assert.Equal([Database("orders")], Resources(world, IncidentOf(world, again)));
    }

    [Fact]
    public void It_is_sealed_with_both()
    {
        var ended = new[] { Store, Worker, Front }
            .Select(one => one with { End = At(20), EndReason = EndReason.Resolved }).ToArray();
        var world = Strict().Report(ended).Advance(24 * 60).Advance(48 * 60);
        var after = IncidentOf(world, Front);
        Assert.True(after.Sealed);
        Assert.Equal([Vm("front"), Database("orders")], after.Causes.Select(cause => cause.Resource.Canonical));
    }

    [Fact]
    public void What_an_operator_took_apart_and_what_has_no_link_suggests_nothing()
    {
        var split = new World(Edges).Report(Store, Worker, Front);
        split.Command(Assert.Single(split.Real), IncidentVerb.Split, null, Front);
        Assert.Equal([Vm("front")], Resources(split, IncidentOf(split, Front)));

        var apart = Strict().Report(Store, Worker, Alert(Vm("other", "rg9", "s9"), 12, rule: "slow"));
        Assert.Equal([Vm("other", "rg9", "s9")], Resources(apart, apart.Real.Single(one => one.Members.Count == 1)));
    }

    private static DependencyEdge[] Edges => [new(Vm("worker"), Database("orders")), new(Vm("front"), Vm("worker"))];

    /// <summary>What is joined to two or more must have almost all to do with them.</summary>
    private static World Strict() => new(Edges) { Grouping = { GroupMean = 1.19 } };

    private static Incident IncidentOf(World world, Symptom symptom) =>
        world.State.Incidents[world.State.Symptoms[symptom.Id].Incident!];

    private static IEnumerable<string> Resources(World world, Incident incident) =>
        world.Engine.Explain(world.State, incident).Causes.Select(cause => cause.Resource.Canonical);
}
