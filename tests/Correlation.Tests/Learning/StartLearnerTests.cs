using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Tests.Customers;
using static Correlation.Tests.Learning.Starts;

namespace Correlation.Tests.Learning;

public sealed class StartLearnerTests
{
    [Fact]
    public void What_follows_is_learned_for_one_resource_neighbours_and_parts_and_in_any_order_of_sealing()
    {
        var random = new Random(5);
        var (vm, database) = (Some.Vm("v"), Some.Database("d"));
        var server = database[..database.IndexOf("/databases", StringComparison.Ordinal)];
        List<NamedStart> starts = [];
        foreach (var at in Poisson(random, 6))
        {
            starts.Add(new("cpu", vm, At(at), true));
            starts.Add(new("errors", vm, At(at + 30), true));
            starts.Add(new("dtu", database, At(at + 90), true));
            starts.Add(new("login", server, At(at + 100), true));
        }

        var topology = new Topology([new DependencyEdge(vm, database)]);
        var model = Learn(starts, topology);

        Assert.NotNull(model.Find(Relation.SameResource, "cpu", "errors", TimeSpan.FromSeconds(30)));
        Assert.NotNull(model.Find(Relation.Neighbour, "cpu", "dtu", TimeSpan.FromSeconds(90)));
        Assert.NotNull(model.Find(Relation.Neighbour, "dtu", "login", TimeSpan.FromSeconds(10)));
        Assert.Null(model.Find(Relation.Neighbour, "cpu", "login", TimeSpan.FromSeconds(100)));
        Assert.Null(model.Find(Relation.SameResource, "errors", "cpu", TimeSpan.FromSeconds(30)));
        Assert.Equal(model.Pairs, Learn([.. starts.OrderBy(_ => random.Next())], topology).Pairs);
    }

    [Fact]
    public void A_kind_that_begins_all_day_is_usual_and_one_that_begins_in_bursts_is_not()
    {
        var random = new Random(6);
        var starts = Poisson(random, 48).Select(at => new NamedStart("noise", "r1", At(at), false))
            .Concat(Poisson(random, 48).Select(at => new NamedStart("noise", "r2", At(at), false)))
            .Concat(Enumerable.Range(0, 12).SelectMany(day => Enumerable.Range(0, 50)
                .Select(i => new NamedStart("burst", "r1", At((day * 70_000) + (i * 5)), true))));

        var model = Learn([.. starts], Topology.Empty);

        var usual = Assert.Single(model.Usual);
        Assert.Equal("noise", usual.Kind);
        Assert.InRange(usual.Share, 0.4, 0.6);
    }

    [Fact]
    public void How_many_usually_begin_in_an_hour_is_not_what_a_failure_brings_and_is_not_known_from_the_first_hours()
    {
        var usual = Enumerable.Range(0, 12).SelectMany(hour => Enumerable.Range(0, 6)
            .Select(i => new NamedStart("noise", $"r{i % 3}", At((hour * 3_600) + (i * 600)), false))).ToList();
        var failure = Enumerable.Range(0, 400).Select(i => new NamedStart("storm", "r1", At(20_000 + i), true));

        Assert.Equal(Math.Round(6 / 53.0, 6), Learn([.. usual, .. failure], Topology.Empty).Hourly);
        Assert.Equal(0, Learn([.. usual.Where(start => start.Start < At(4 * 3_600))], Topology.Empty).Hourly);
        Assert.Equal(0, Learn([], Topology.Empty).Hourly);
    }

    [Fact]
    public void Nothing_is_learned_of_what_comes_whenever_it_likes()
    {
        var random = new Random(7);
        List<NamedStart> starts = [];
        foreach (var kind in new[] { "a", "b", "c", "d" })
        {
            foreach (var resource in new[] { "r1", "r2", "r3" })
                starts.AddRange(Poisson(random, 8).Select(at => new NamedStart(kind, resource, At(at), false)));
        }

        Assert.Empty(Learn(starts, Topology.Empty).Pairs);
    }

    private static LearnedModel Learn(
        IReadOnlyList<NamedStart> starts, Topology topology) =>
        StartLearner.Learn(SealedStarts.None.With([.. starts]), topology, 4, At(Days * 86_400));
}
