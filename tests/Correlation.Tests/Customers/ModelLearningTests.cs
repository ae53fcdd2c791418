using Correlation.Customers;
using Correlation.Dependencies;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Customers;

public sealed class ModelLearningTests
{
    private const double Later = 40 * 60;

    [Fact]
    public void What_follows_in_the_sealed_history_joins_what_would_not_be_joined()
    {
        var world = Learned();
        Symptom[] news =
            [Alert(Vm("v1"), Later, Later + 3, rule: "dtu"), Alert(Vm("v1"), Later + 20, Later + 90, rule: "locks")];

        world.Report(news);

        Assert.Equal(2, world.MembersOf(news[0]).Count);
        var terms = world.Explain(news[0].Id, news[1].Id).Links.SelectMany(link => link.Terms);
        var joined = terms.Single(term => term.Name == "learned");
        Assert.InRange(joined.Weight, 0.2, world.Setup.Grouping.Learned);
        Assert.Matches(
            "^model [0-9]+: alert:locks follows alert:dtu within 34 min, [0-9]+ times where chance gives [0-9.]+$", joined.Input);
        Assert.Single(new World().Report(news).MembersOf(news[0]));
    }

    [Fact]
    public void A_version_decides_on_what_begins_from_then_on_and_restarts_change_nothing()
    {
        var world = Learned();
        var model = world.State.Models[^1];
        var before = world.Partition();

        Assert.Equal(before, world.Restart().Advance(Later - 10).Partition());
        Assert.Equal(world.State.Models[^1].Number, model.Number);
        Assert.All(world.Journal.OfType<TimeNoted>().Where(time => time.Learned is not null),
            time => Assert.Equal(time.Now, time.Learned!.InForce));
    }

    [Fact]
    public void It_is_learned_anew_only_after_enough_time_and_enough_that_is_new()
    {
        var world = Learned();
        var versions = world.Journal.OfType<TimeNoted>().Select(time => time.Learned).OfType<LearnedModel>().ToList();

        Assert.True(versions.Count > 1);
        Assert.Equal(Enumerable.Range(1, versions.Count), versions.Select(version => version.Number));
        var soon = versions.Zip(versions.Skip(1))
            .TakeWhile(pair => pair.Second.InForce - pair.First.InForce < world.Options.LearnEvery).Count();
        Assert.InRange(soon, 0, 2);
        Assert.All(versions.Skip(soon).Zip(versions.Skip(soon + 1)),
            pair => Assert.True(pair.Second.InForce - pair.First.InForce >= world.Options.LearnEvery));
        world.Advance(Later + 20_000).Advance(Later + 40_000);
        Assert.Equal(versions.Count, world.State.Models[^1].Number);
    }

    [Fact]
    public void What_failed_together_again_and_again_has_an_edge_from_then_on_marked_as_learned()
    {
        var (web, bus) = (Vm("web", "g1", "s1"), Vm("bus", "g2", "s2"));
        var world = new World { Options = { LearnStarts = 5, LearnEvery = TimeSpan.FromHours(6) } };
        double[] failures = [300, 1_900, 3_100, 5_600, 7_700, 9_050, 11_500, 13_200];
        foreach (var at in failures)
            world.Report(Alert(web, at, at + 5)).Report(Alert(bus, at + 3, at + 9, rule: "queue")).Advance(at + 600);
        world.Advance(14_500);

        var edge = Assert.Single(world.State.Discovered.Values);
        Assert.Equal(
            (web, bus, EdgeKind.FailsWith, EdgeSource.Learned), (edge.From, edge.To, edge.Kind, edge.Source));
        Assert.InRange(edge.Known, At(failures[2]), At(14_500));
        var known = edge.Known;
        foreach (var at in (double[])[15_000, 16_900, 18_200, 19_400])
            world.Report(Alert(web, at, at + 5)).Report(Alert(bus, at + 3, at + 9, rule: "queue")).Advance(at + 800);

        edge = Assert.Single(world.Advance(21_000).State.Discovered.Values);
        Assert.Equal(known, edge.Known);
        Assert.True(edge.Last > At(14_500), "What is still so is seen again.");
        Symptom[] news = [Alert(web, 22_000, 22_020), Alert(bus, 22_002, 22_020, rule: "queue")];
        var terms = world.Report(news).Explain(news[0].Id, news[1].Id).Links.SelectMany(link => link.Terms);
        Assert.Contains(
            terms, term => term.Name == "dependsOn2" && term.Input.Contains("failed together", StringComparison.Ordinal));
        var without = new World();
        Assert.DoesNotContain(
            without.Report(news).Explain(news[0].Id, news[1].Id).Links.SelectMany(link => link.Terms),
            term => term.Name == "dependsOn2");
    }

    [Fact]
    public void The_first_versions_come_with_a_quarter_and_a_half_of_what_the_others_need()
    {
        var world = new World { Options = { LearnStarts = 20, LearnEvery = TimeSpan.FromHours(6) } };
        List<(long, int)> learned = [];
        for (var at = 0; at < 60; at++)
        {
            world.Report(Alert(Vm($"v{at % 5}", $"g{at % 5}"), at * 90, (at * 90) + 1)).Advance(at * 90);
            if (world.State.Models.Length > 0 && (learned.Count == 0 || learned[^1].Item2 < world.State.Models[^1].Number))
                learned.Add((world.State.LearnedFrom, world.State.Models[^1].Number));
        }

        Assert.Equal([(5, 1), (10, 2), (20, 3), (40, 4)], learned);
    }

    [Fact]
    public void Only_the_versions_are_kept_that_something_unsealed_needs()
    {
        var world = new World().Report(Alert(Vm("open"), 1));
        World Model(World to, int number) =>
            to.Learn(new LearnedModel { Number = number, InForce = At(number * 10) });
        for (var number = 1; number <= CustomerLimits.Models + 2; number++) Model(world, number);

        Assert.Equal(Enumerable.Range(3, CustomerLimits.Models), world.State.Models.Select(model => model.Number));

        var sealing = new World().Report(Alert(Vm("over"), 1, 2));
        Model(Model(sealing, 1), 2).Advance(24 * 60);
        Assert.Equal([3], Model(sealing, 3).State.Models.Select(model => model.Number));
    }

    [Fact]
    public void What_a_maintenance_window_suppresses_teaches_nothing()
    {
        var world = new World().Maintain(0, 100, Vm("v1")).Report(Alert(Vm("v1"), 10, 20), Alert(Vm("v2"), 10, 20));

        world.Advance(24 * 60);

        Assert.Equal([Vm("v2")], world.State.Starts.Resources);
        Assert.Equal(1, world.State.Starts.Total);
    }

    [Fact]
    public void What_comes_all_day_is_near_to_nothing()
    {
        var world = new World { Options = { LearnStarts = 50, LearnEvery = TimeSpan.FromHours(1) } };
        for (var at = 0; at < Later - 300; at += 25)
            world.Report(Alert(Vm("v1"), at, at + 1, rule: "noise", severity: Severity.Warning)).Advance(at + 5);
        world.Advance(Later - 200).Advance(Later - 100);
        Symptom[] news = [Alert(Vm("v1"), Later, Later + 5, rule: "noise"), Alert(Vm("v1"), Later + 1, Later + 20, rule: "real")];

        world.Report(news).Advance(Later + 21);

        Assert.Single(world.MembersOf(news[1]));
        var against = world.Explain(news[0].Id, news[1].Id).Links.SelectMany(link => link.Terms)
            .Single(term => term.Name == "usualNoise");
        Assert.True(against.Weight < -0.3);
        Assert.Contains("noise begins in ", against.Input);
        Assert.Equal(2, new World().Report(news).MembersOf(news[1]).Count);
    }

    [Theory, InlineData(0.02, 2), InlineData(0.4, 1)]
    public void Where_much_begins_everywhere_being_near_says_less(double hourly, int members)
    {
        Symptom[] news = [Alert(Vm("v1"), 10, 60, rule: "cpu"), Alert(Vm("v1"), 22, rule: "disk")];
        var world = new World().Learn(new LearnedModel { Number = 1, InForce = At(0), Hourly = hourly }).Report(news);

        Assert.Equal(members, world.MembersOf(news[0]).Count);
        var terms = world.Explain(news[0].Id, news[1].Id).Links.SelectMany(link => link.Terms).Where(term => term.Name == "busy");
        if (members == 2) Assert.Empty(terms);
        else Assert.Equal("model 1: 9.6 begin on a resource every day", Assert.Single(terms).Input);
        Symptom[] keyed = [.. news.Select(symptom => symptom with { CauseKeys = ["deployment-1"] })];
        Assert.Equal(2, new World().Learn(world.State.Models[0]).Report(keyed).MembersOf(keyed[0]).Count);
    }

    [Theory, InlineData(0.0, 1), InlineData(0.1, 1), InlineData(null, 2)]
    public void The_customers_file_says_how_much_of_it_counts(double? learned, int members)
    {
        var entry = new CustomerEntry { Key = "acme", Learned = learned };
        var maps = new CustomerMaps(new CustomerMap(new CustomerFile(1, [entry])));
        var world = Learned().Learn(maps.TopologyOf(CustomerKey.Parse("acme"), new GroupingOptions()));
        Symptom[] news =
            [Alert(Vm("v1"), Later, Later + 3, rule: "dtu"), Alert(Vm("v1"), Later + 20, Later + 90, rule: "locks")];

        Assert.Equal(members, world.Report(news).MembersOf(news[0]).Count);
    }

    /// <summary>A customer on whose machines locks follow dtu after twenty minutes, sealed and learned from.</summary>
    private static World Learned()
    {
        var world = new World { Options = { LearnStarts = 20, LearnEvery = TimeSpan.FromHours(6) } };
        for (var at = 0; at < Later - 400; at += 97)
        {
            foreach (var name in new[] { "v1", "v2", "v3" })
            {
                var follows = at + 20 + (at % 3);
                world.Report(Alert(Vm(name), at, at + 3, rule: "dtu"), Alert(Vm(name), follows, at + 25, rule: "locks"));
            }

            world.Advance(at + 30);
        }

        return world.Advance(Later - 200).Advance(Later - 100);
    }
}
