using Correlation.Customers;
using Correlation.Dependencies;
using Correlation.Grouping;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Customers;

/// <summary>The customers file and the export together, per customer and time.</summary>
public sealed class EstatesTests
{
    private static readonly CustomerKey Acme = CustomerKey.Parse("acme");
    private static readonly string Db = Database("orders");

    [Fact]
    public void The_export_joins_the_file_from_the_time_on_at_which_it_took_force()
    {
        var estates = new Estates(
            new CustomerMaps(Map(1, new DependencyEdge(Vm("app"), Db))),
            [Version(1, default, (Vm("app"), Vm("a"))), Version(2, At(60), (Vm("app"), Vm("b")))]);
        var history = estates.TopologyOf(Acme, new GroupingOptions());

        Assert.Equal([Db, Vm("a")], history.At(At(59)).Topology.Upstream(Vm("app")));
        Assert.Equal([Db, Vm("b")], history.At(At(60)).Topology.Upstream(Vm("app")));
        Assert.Equal((1, 1, 2), (history.At(At(60)).Number, history.At(At(0)).Graph, history.At(At(60)).Graph));
        Assert.Equal(
            [(Db, EdgeSource.CustomersFile, default), (Vm("b"), EdgeSource.ResourceGraph, At(60))],
            estates.EdgesOf(Acme).Select(known => (known.Edge.To, known.Source, known.Since)));
    }

    [Fact]
    public void An_edge_between_two_customers_is_neither_ones()
    {
        var foreign = Vm("hub", subscription: "s2");
        var estates = new Estates(
            new CustomerMaps(Map(1)), [Version(1, default, (Vm("app"), foreign), (foreign, Vm("app")), (Vm("app"), Vm("a")))]);

        Assert.Equal([Vm("a")], estates.TopologyOf(Acme, new GroupingOptions()).At(At(0)).Topology.Upstream(Vm("app")));
        Assert.Empty(estates.EdgesOf(CustomerKey.Parse("globex")));
    }

    [Fact]
    public void Versions_that_say_the_same_share_one_topology()
    {
        var history = new Estates(
            new CustomerMaps(Map(1)), [Version(1, default, (Vm("a"), Vm("b"))), Version(2, At(60), (Vm("a"), Vm("b")))])
            .TopologyOf(Acme, new GroupingOptions());

        Assert.Same(history.At(At(0)).Topology, history.At(At(60)).Topology);
    }

    [Fact]
    public void Settings_of_a_customer_s_own_count_from_its_version_on_and_shape_its_topology_too()
    {
        var edges = Enumerable.Range(0, 3).Select(i => new DependencyEdge(Vm($"a{i}"), Db)).ToArray();
        var own = new CustomerEntry
        {
            Key = "acme",
            Subscriptions = ["s1"],
            Topology = [.. edges],
            Grouping = [new("hubDegree", "2"), new("NEAR", "0.25")],
        };
        var maps = new CustomerMaps(Map(1, edges)).With([new CustomerMap(new CustomerFile(2, [own]), 2, At(60))]);
        var everybody = new GroupingOptions { Near = 0.75, SameRule = 0.5 };
        var history = maps.TopologyOf(Acme, everybody);
        var settings = new GroupingHistory(everybody, history);

        Assert.Same(everybody, settings.At(At(59)));
        Assert.Equal((0.25, 0.5, 2), (settings.At(At(60)).Near, settings.At(At(60)).SameRule, settings.At(At(60)).HubDegree));
        Assert.Equal(2, history.At(At(59)).Topology.Hops(Vm("a0"), Vm("a1")));
        Assert.Equal(0, history.At(At(60)).Topology.Hops(Vm("a0"), Vm("a1")));
        var other = maps.TopologyOf(CustomerKey.Parse("globex"), everybody);
        Assert.Same(everybody, new GroupingHistory(everybody, other).At(At(90)));
    }

    [Fact]
    public void A_grouping_in_shadow_is_over_the_live_settings_and_counts_since_both_are_as_they_are()
    {
        var looser = new GroupingSetting("threshold", "0.8");
        var maps = new CustomerMaps(Of(1, "0.4")).With([Of(2, "0.4", looser), Of(3, "0.3", looser), Of(4, "0.3", looser)]);
        var everybody = new GroupingOptions();
        var shadow = new Estates(maps, []).ShadowOf(Acme, everybody)!;
        var settings = new GroupingHistory(everybody, shadow.Topology);

        Assert.Equal([new ShadowSetting("Threshold", "1", "0.8")], shadow.Settings);
        Assert.Equal(At(180), shadow.From);
        Assert.Equal((0.3, 0.8), (settings.At(At(200)).Near, settings.At(At(200)).Threshold));
        Assert.Equal((0.4, 1), (settings.At(At(60)).Near, settings.At(At(60)).Threshold));
        Assert.Null(new Estates(maps.With([Of(5, "0.3")]), []).ShadowOf(Acme, everybody));
        Assert.Null(new Estates(maps, []).ShadowOf(CustomerKey.Parse("globex"), everybody));

        static CustomerMap Of(int version, string near, params GroupingSetting[] shadow) => new(
            new CustomerFile(
                version, [new CustomerEntry { Key = "acme", Grouping = [new("near", near)], ShadowGrouping = [.. shadow] }]),
            version,
            At(version * 60));
    }

    [Fact]
    public void A_tenant_owns_by_what_the_export_says_of_its_subscriptions()
    {
        var file = new CustomerFile(1, [new CustomerEntry { Key = "acme", Tenants = ["T1"] }]);
        var graph = EstateGraph.Of(
            [new ResourceEdge(Vm("a"), Vm("b"), EdgeKind.Network)], new Dictionary<string, string> { ["s1"] = "t1" }, 2, 0);
        var estates = new Estates(new CustomerMaps(new CustomerMap(file)), [new EstateVersion(1, default, graph)]);

        Assert.Single(estates.EdgesOf(Acme));
    }

    [Fact]
    public void A_weak_edge_is_as_far_as_two_hops_leads_no_further_and_says_no_direction()
    {
        var topology = Topology.Of(
        [
            new ResourceEdge(Vm("a"), Vm("b"), EdgeKind.Refers), new ResourceEdge(Vm("b"), Vm("c"), EdgeKind.Network),
        ]);

        Assert.Equal([2, 1, 0], new[] { ("b", "a"), ("b", "c"), ("a", "c") }
            .Select(ends => topology.Hops(Vm(ends.Item1), Vm(ends.Item2))));
        Assert.Empty(topology.Above(Vm("a")));
        Assert.Equal([Vm("b")], topology.Around(Vm("a")));
        Assert.Equal([Vm("c"), Vm("a")], topology.Around(Vm("b")));
    }

    private static CustomerMap Map(int version, params DependencyEdge[] edges) => new(
        new CustomerFile(1,
        [
            new CustomerEntry { Key = "acme", Subscriptions = ["s1"], Topology = [.. edges] },
            new CustomerEntry { Key = "globex", Subscriptions = ["s2"] },
        ]),
        version);

    private static EstateVersion Version(int number, DateTimeOffset inForce, params (string From, string To)[] edges) => new(
        number,
        inForce,
        EstateGraph.Of(
            [.. edges.Select(edge => new ResourceEdge(edge.From, edge.To, EdgeKind.Network))],
            new Dictionary<string, string>(), 0, 0));
}
