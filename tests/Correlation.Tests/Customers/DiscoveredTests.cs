using Correlation.Customers;
using Correlation.Dependencies;
using Correlation.Resources;
using Correlation.Signals;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Customers;

/// <summary>What signals name of other resources becomes edges, and counts from when it could be known.</summary>
public sealed class DiscoveredTests
{
    private const string Site = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.web/sites/shop";
    private const string Plan = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.web/serverfarms/plan";
    private const string Insights = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.insights/components/ai";

    [Fact]
    public void A_link_joins_what_begins_once_it_is_known_and_leaves_the_rest_as_it_was()
    {
        var world = Failing(new World(), 0).Link(Link(Site, Plan, 100));
        Assert.DoesNotContain(world.Real, incident => incident.Members.Count > 1);

        Failing(world, 200);
        Assert.Equal(2, Assert.Single(world.Real, incident => incident.Members.Count > 1).Members.Count);
    }

    [Fact]
    public void When_a_link_comes_plays_no_part_nor_does_a_restart()
    {
        var early = Failing(Failing(new World().Link(Link(Site, Plan, 100)), 0), 200);
        var late = Failing(Failing(new World(), 0), 200).Link(Link(Site, Plan, 300)).Link(Link(Site, Plan, 100));
        var unknown = Failing(Failing(new World(), 0), 200).Link(Link(Site, Plan, 300));

        Assert.Equal(early.Partition(), late.Partition());
        Assert.NotEqual(early.Partition(), unknown.Partition());
        Assert.Equal(early.Partition(), late.Restart().Advance(5).Partition());
    }

    [Fact]
    public void What_is_known_of_an_edge_is_the_same_in_any_order()
    {
        LearntLink[] links =
        [
            Link(Site, Plan, 50, 40), Link(Plan, Site, 20, 90), Link(Site, Plan, 70, 10, EdgeSource.ActivityLog),
            Link(Site, Insights, 5), Link(Site, Vm("vm"), 6),
        ];
        var known = new World().Link(links).State.Discovered;

        Assert.Equal(
            new DiscoveredEdge(Site, Plan, EdgeKind.HostedOn, EdgeSource.ActivityLog, At(20), At(10), At(90)),
            Assert.Single(known.Values, edge => edge.To == Plan));
        Assert.Equal((Insights, EdgeKind.Monitors), Of(Site));
        Assert.Equal((Site, EdgeKind.Refers), Of(Vm("vm")));
        for (var first = 0; first < links.Length; first++)
        {
            var other = new World();
            foreach (var link in links[first..].Concat(links[..first]).Reverse()) other.Link(link);
            Assert.Equal(known.OrderBy(pair => pair.Key), other.State.Discovered.OrderBy(pair => pair.Key));
        }

        (string From, EdgeKind Kind) Of(string to) => known.Values.Where(edge => edge.To == to)
            .Select(edge => (edge.From, edge.Kind)).Single();
    }

    [Fact]
    public void A_link_that_says_nothing_new_or_to_what_contains_it_makes_no_event()
    {
        var world = new World().Link(Link(Site, Plan, 1));
        var events = world.Journal.Count;

        world.Link(Link(Site, Plan, 1)).Link(Link(Database("orders"), Database("orders").Replace("/databases/orders", ""), 1));
        Assert.Equal(events, world.Journal.Count);
    }

    [Fact]
    public void An_edge_is_forgotten_once_it_was_not_seen_for_long()
    {
        const double Day = 24 * 60;
        var world = new World().Link(Link(Site, Plan, 1)).Link(Link(Site, Insights, 1)).Advance(20 * Day);
        world.Link(Link(Site, Insights, 20 * Day));

        Assert.Equal(2, world.Advance(29.9 * Day).State.Discovered.Count);
        Assert.Equal(Insights, Assert.Single(world.Advance(30.1 * Day).State.Discovered.Values).From);
    }

    [Fact]
    public void The_edges_are_bounded_and_those_seen_last_stay()
    {
        var world = new World();
        for (var from = 0; from <= CustomerLimits.DiscoveredEdges; from += 1_000)
            world.Link([.. Enumerable.Range(from, 1_000).Select(i => Link(Site, Vm($"vm{i}"), i))]);

        Assert.InRange(world.State.Discovered.Count, CustomerLimits.DiscoveredEdges * 9 / 10, CustomerLimits.DiscoveredEdges);
        Assert.Contains(world.State.Discovered.Values, edge => edge.To == Vm($"vm{CustomerLimits.DiscoveredEdges + 999}"));
        Assert.DoesNotContain(world.State.Discovered.Values, edge => edge.To == Vm("vm0"));
    }

    [Fact]
    public void A_resource_tells_a_link_once_a_day_and_at_once_where_it_could_be_known_earlier()
    {
        var state = ResourceState.Create(ResourceId.Parse(Site));
        Assert.Equal([10.0], Known(0, 10));
        Assert.Empty(Known(20, 21));
        Assert.Equal([5.0], Known(2, 5));
        Assert.Equal([5.0], Known(1_441, 1_442));

        double[] Known(double at, double log)
        {
            state.Apply(Naming(Plan, at, log), CustomerKey.Parse("acme"), default, new ResourceOptions());
            return [.. state.TakeEffects().Links.Select(owned => (owned.Link.Known - Some.Day).TotalMinutes)];
        }
    }

    private static World Failing(World world, double at) => world
        .Report(Alert(Plan, at, at + 20, rule: "cpu")).Report(Alert(Site, at + 4, at + 25, rule: "http5xx"));

    private static LearntLink Link(
        string from, string to, double known, double? seen = null, EdgeSource source = EdgeSource.Payload) =>
        new(ResourceId.Parse(from), ResourceId.Parse(to), source, At(known), At(seen ?? known), At(seen ?? known));

    private static Signal Naming(string other, double at, double log) => new()
    {
        Message = new Message("live", 1, 0, (long)(log * 10), At(log)),
        Resource = ResourceId.Parse(Site),
        Role = SignalRole.Context,
        EventTime = At(at),
        Dedup = DedupKey.Of($"{at}"),
        Detail = new SignalDetail { Linked = [ResourceId.Parse(other)] },
    };
}
