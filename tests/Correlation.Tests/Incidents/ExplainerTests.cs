using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Incidents;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Incidents;

/// <summary>Why two things are together, and each of the rules that keep two apart.</summary>
public sealed class ExplainerTests
{
    [Fact]
    public void Together_is_told_by_the_links_that_lead_from_one_to_the_other()
    {
        var (app, database, log) = (Alert(Vm("app"), 4, 25, rule: "http5xx"), Alert(Database("orders"), 0, 20, rule: "failover"),
            Symptom(Vm("app"), ConditionKind.LogError, "log:app/exception", 5, 22));
        var world = new World(new DependencyEdge(Vm("app"), Database("orders"))).Report(app, database, log);

        var why = world.Explain(log.Id, database.Id);

        Assert.True(why.Together);
        Assert.Equal(Separation.None, why.Detail!.Rule);
        Assert.Equal(log.Id, why.Detail.Path[0].From);
        Assert.Equal(database.Id, why.Detail.Path[^1].To);
        Assert.Equal(why.Detail.PathLength, why.Detail.Path.Length);
        Assert.All(why.Detail.Path.Zip(why.Detail.Path.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(why.Detail.Path, step => Assert.True(step.Link.Score >= 1 && step.Link.Terms.Length > 0));
        Assert.Equal(1, why.Detail.Configuration);
        Assert.Contains(why.Detail.Symptoms, symptom => symptom.Id == log.Id && symptom.Incident == world.Real[0].Id);
        Assert.Contains(world.Real[0].Id, why.Text, StringComparison.Ordinal);
        Assert.NotEmpty(why.Links);
    }

    [Fact]
    public void Together_in_a_sealed_incident_is_told_by_the_links_that_were_sealed_with_it()
    {
        var (one, other) = (Alert(Vm("a"), 0, 10, rule: "r1"), Alert(Vm("a"), 2, 12, rule: "r2"));
        var world = new World().Report(one, other).Advance(1_000);
        Assert.True(world.Real[0].Sealed);

        var why = world.Explain(world.Real[0].Id, other.Id);

        Assert.True(why.Together);
        Assert.Equal(world.Real[0].Reasons[0], Assert.Single(why.Detail!.Path).Link);
    }

    [Fact]
    public void Together_by_an_operators_word_names_the_operator()
    {
        var (one, other) = (Alert(Vm("a", "g1"), 0), Alert(Vm("b", "g2"), 1, rule: "memory"));
        var world = new World().Report(one, other);
        world.Command(world.Real[0], IncidentVerb.Merge, world.Real[1].Id);

        var why = world.Explain(one.Id, other.Id);

        Assert.True(why.Together);
        Assert.Equal(("ada", "ada"), (why.Detail!.Operator, Assert.Single(why.Detail.Path).Operator));
        Assert.Contains("ada put them together", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Symptoms_that_belong_together_and_are_no_incident_are_said_to_be_so()
    {
        var (one, other) = (
            Symptom(Vm("a"), ConditionKind.LogError, "log:a", 0, 5), Symptom(Vm("a"), ConditionKind.LogError, "log:b", 1, 5));
        var world = new World().Report(one, other);
        Assert.Empty(world.Real);

        var why = world.Explain(one.Id, other.Id);

        Assert.True(why.Together);
        Assert.Contains("not severe enough", why.Text, StringComparison.Ordinal);
        Assert.Single(why.Detail!.Path);
    }

    [Fact]
    public void What_a_maintenance_window_suppresses_is_told_with_the_window()
    {
        var (one, other) = (Alert(Vm("a"), 5, 10, rule: "r1"), Alert(Vm("b"), 6, 10, rule: "r2"));
        var world = new World().Maintain(0, 60, Vm("a")).Report(one, other);

        var why = world.Explain(world.Real[0].Id, Vm("a"));

        Assert.Equal((false, Separation.Suppressed), (why.Together, why.Detail!.Rule));
        Assert.Contains("from 2026-03-02 00:00 until 2026-03-02 01:00", why.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live:1:0:77:0.0", "signal")]
    [InlineData("/subscriptions/s1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/stranger", "unknown")]
    [InlineData("4b1f7a52-0000-0000-0000-000000000000", "unknown")]
    public void What_is_not_known_is_said_to_be_so(string asked, string kind)
    {
        var world = new World().Report(Alert(Vm("a"), 0));

        var why = world.Explain(world.Real[0].Id, asked);

        Assert.Equal((false, Separation.NotKnown, kind), (why.Together, why.Detail!.Rule, why.Detail.Other.Kind));
    }

    [Theory]
    [InlineData("acme.i99")]
    [InlineData("globex.i1")]
    public void An_incident_that_is_not_there_is_as_if_there_were_none_of_it_whose_ever_it_may_be(string id)
    {
        var world = new World().Report(Alert(Vm("a"), 0));

        Assert.Null(world.Engine.Explain(world.State, world.Real[0].Id, id));
        Assert.Null(world.Engine.Explain(world.State, id, Vm("a")));
    }

    [Fact]
    public void What_shares_no_list_of_the_index_is_never_compared_and_weighed_all_the_same()
    {
        var (one, other) = (Alert(Vm("a", "g1"), 0), Alert(Vm("b", "g2"), 0, rule: "memory"));
        var world = new World().Report(one, other);

        var why = world.Explain(one.Id, other.Id);

        Assert.Equal(Separation.NeverCompared, why.Detail!.Rule);
        Assert.Contains(Assert.Single(why.Links).Terms, term => term.Name == "near" && term.Weight > 0);
        Assert.Contains("no list of the index", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_too_many_others_lie_between_is_never_compared_either()
    {
        var world = new World();
        world.Grouping.Neighbours = 2;
        world.Grouping.MaxMembers = 2;
        var all = Enumerable.Range(0, 12).Select(i => Alert(Vm("a"), i, rule: $"r{i}")).ToArray();
        world.Report(all);

        var why = world.Explain(all[0].Id, all[11].Id);

        // Their groups may meet in a link that was refused; the two themselves are never compared.
        Assert.False(why.Together);
        Assert.Equal(Separation.NeverCompared, why.Detail!.Rule);
        Assert.Contains("more than 2 others", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_little_evidence_is_told_with_score_threshold_what_is_missing_and_the_largest_term_that_is_absent()
    {
        var (one, other) = (Alert(Database("a"), 0, 5), Alert(Database("b"), 40, 45));
        var world = new World().Report(one, other);

        var why = world.Explain(one.Id, other.Id);

        Assert.Equal(Separation.BelowThreshold, why.Detail!.Rule);
        Assert.Equal(1, why.Detail.Threshold);
        Assert.Equal(1 - why.Links[0].Score, why.Detail.Missing, 9);
        Assert.Contains(why.Links[0].Terms, term => term.Name == "sibling");
        Assert.Equal("causeKey", why.Detail.Absent[0].Name);
        Assert.Contains("the largest term that is absent is causeKey", why.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(why.Detail.Absent, term => why.Links[0].Terms.Any(has => has.Name == term.Name));
    }

    [Fact]
    public void The_nearest_miss_of_an_incident_is_its_member_that_comes_nearest()
    {
        var (far, near) = (Alert(Database("a"), 0, 60), Alert(Database("a"), 30, 60, rule: "r2"));
        var asked = Alert(Database("b"), 90, 95);
        var world = new World().Report(far, near, asked);
        Assert.Equal(2, world.Real.Count);

        var why = world.Explain(world.Real[0].Id, asked.Id);

        Assert.Equal(Separation.BelowThreshold, why.Detail!.Rule);
        Assert.Contains(near.Id, new[] { why.Links[0].From, why.Links[0].To });
        Assert.True(why.Links[0].Score > why.Links[1].Score);
    }

    [Fact]
    public void A_veto_is_named_with_what_conflicts()
    {
        var (one, other) = (
            Symptom(Vm("a"), ConditionKind.Alert, "alert:disk {instance=c:}", 0, 30),
            Symptom(Vm("a"), ConditionKind.Alert, "alert:disk {instance=d:}", 1, 30));
        var world = new World().Report(one, other);
        Assert.Equal(2, world.Real.Count);

        var why = world.Explain(one.Id, other.Id);

        Assert.Equal(Separation.Veto, why.Detail!.Rule);
        Assert.Contains("conflict", why.Text, StringComparison.Ordinal);
        Assert.Contains(why.Links[0].Terms, term => term.Name == "sameResource");
    }

    [Fact]
    public void The_same_resource_too_far_apart_in_time_is_a_veto()
    {
        var (one, other) = (Alert(Vm("a"), 0, 5), Alert(Vm("a"), 90, 95, rule: "r2"));
        var world = new World().Report(one, other);

        var why = world.Explain(one.Id, other.Id);

        Assert.Equal(Separation.Veto, why.Detail!.Rule);
        Assert.Contains("tooFarApart", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chain_bound_names_what_has_least_to_do_with_each_other()
    {
        var world = new World();
        (world.Grouping.GroupMean, world.Grouping.GroupAgain) = (5, 5);
        var all = Enumerable.Range(0, 4).Select(i => Alert(Vm("a"), i * 2, rule: $"r{i}")).ToArray();
        world.Report(all);
        Assert.Equal(2, world.Real.Count);

        var why = world.Explain(world.Real[0].Id, world.Real[1].Id);

        Assert.Equal(Separation.ChainBound, why.Detail!.Rule);
        Assert.Equal(5, why.Detail.Threshold);
        Assert.InRange(why.Detail.Missing, 3.8, 4);
        Assert.Contains(why.Detail.Farthest!.Terms, term => term.Name == "sameResource");
        Assert.True(why.Links[0].Score >= 1);
    }

    [Fact]
    public void A_group_that_would_grow_too_large_or_too_lastingsays_so()
    {
        var large = new World();
        large.Grouping.MaxMembers = 2;
        large.Report([.. Enumerable.Range(0, 4).Select(i => Alert(Vm("a"), i * 2, rule: $"r{i}"))]);
        var why = large.Explain(large.Real[0].Id, large.Real[1].Id);
        Assert.Equal(Separation.MaxMembers, why.Detail!.Rule);
        Assert.Contains("4 members, where 2 are allowed", why.Text, StringComparison.Ordinal);

        var lasting = new World();
        lasting.Grouping.MaxSpread = TimeSpan.FromMinutes(30);
        var (one, other) = (Alert(Vm("a"), 0), Alert(Vm("a"), 40, rule: "r2"));
        lasting.Report(one, other);
        Assert.Equal(Separation.MaxSpread, lasting.Explain(one.Id, other.Id).Detail!.Rule);
    }

    [Fact]
    public void An_operators_split_names_who_said_so()
    {
        var (one, other) = (Alert(Vm("a"), 0, rule: "r1"), Alert(Vm("a"), 1, rule: "r2"));
        var world = new World().Report(one, other);
        world.Command(world.Real[0], IncidentVerb.Split, null, other);

        var why = world.Explain(one.Id, other.Id);

        Assert.Equal((Separation.CannotLink, "ada"), (why.Detail!.Rule, why.Detail.Operator));
        Assert.Contains("ada took their groups apart", why.Text, StringComparison.Ordinal);
        Assert.True(why.Links[0].Score >= 1);
    }

    [Fact]
    public void What_was_sealed_before_is_said_to_be_so()
    {
        var early = Alert(Vm("a"), 0, 10, rule: "r1");
        var world = new World().Report(early).Advance(1_000);
        var late = Alert(Vm("a"), 2, 12, rule: "r2");
        world.Report(late);

        var why = world.Explain(early.Id, late.Id);

        Assert.Equal(Separation.SealedBefore, why.Detail!.Rule);
        Assert.True(why.Links[0].Score >= 1);
    }

    [Fact]
    public void A_signal_an_alert_and_a_resource_are_found_by_their_ids()
    {
        var position = new Position("live", 1, 0, 7, 0, 0);
        var symptom = Alert(Vm("a"), 0) with { Signals = [new SignalReference(position, "Alert-1", SignalRole.Open, At(0))] };
        var world = new World().Report(symptom);

        foreach (var (asked, kind) in new[]
        {
            (position.ToString(), "signal"), ("alert-1", "signal"), (symptom.Id, "symptom"), (Vm("A"), "resource"),
            (world.Real[0].Id, "incident"),
        })
        {
            var why = world.Explain(world.Real[0].Id, asked);
            Assert.Equal((true, kind), (why.Together, why.Detail!.Other.Kind));
        }
    }

    [Theory]
    [InlineData(-10, "a", Separation.None)]
    [InlineData(-1_000, "a", Separation.TooEarly)]
    [InlineData(30, "a", Separation.AfterStart)]
    [InlineData(-10, "stranger", Separation.NoRelation)]
    public void A_change_is_told_by_what_keeps_it_from_being_a_cause(double at, string on, Separation rule)
    {
        var change = Change(Vm(on), at);
        var world = new World().Report(Alert(Vm("a"), 0)).Change(change);

        var why = world.Explain(world.Real[0].Id, change.Id);

        Assert.Equal((rule == Separation.None, rule), (why.Together, why.Detail!.Rule));
        Assert.Equal(["place", "reach", "rare", "causeKey"], why.Detail.Change!.Terms.Select(term => term.Name));
        Assert.Equal(rule == Separation.None ? 1 : 0, why.Detail.Change.Place);
        Assert.Equal(why.Detail.Change.Score, why.Detail.Change.Terms.Sum(term => term.Weight), 3);
        Assert.Equal(why.Detail.Rule, world.Explain(change.Id, Vm("a")).Detail!.Rule);
    }

    [Fact]
    public void A_change_behind_likelier_ones_is_outranked_and_two_changes_are_never_grouped()
    {
        var changes = Enumerable.Range(0, 7).Select(i => Change(Vm("a"), -1 - i, $"c{i}")).ToArray();
        var world = new World().Report(Alert(Vm("a"), 0)).Change(changes);

        Assert.Equal(Separation.Outranked, world.Explain(world.Real[0].Id, "c6").Detail!.Rule);
        Assert.Equal(Separation.BothChanges, world.Explain("c0", "c6").Detail!.Rule);
    }

    [Fact]
    public void A_change_is_found_by_the_id_of_its_event()
    {
        var told = Change(Vm("a"), -10);
        told = told with { Signal = told.Signal with { ExternalId = "event-1" } };
        var world = new World().Report(Alert(Vm("a"), 0)).Change(told);

        Assert.Equal("c1", world.Explain(world.Real[0].Id, "EVENT-1").Detail!.Change!.Change.Id);
    }

    [Fact]
    public void Every_answer_is_the_same_after_a_restart_and_with_the_two_exchanged()
    {
        var symptoms = new[]
        {
            Alert(Vm("a"), 0, rule: "r1"), Alert(Vm("a"), 1, rule: "r2"), Alert(Database("a"), 3), Alert(Database("b"), 50),
            Alert(Vm("b", "g2"), 0),
        };
        var world = new World().Report(symptoms);
        var pairs = symptoms.SelectMany(one => symptoms.Select(other => (One: one.Id, Other: other.Id))).ToList();
        var before = pairs.Select(pair => world.Explain(pair.One, pair.Other)).ToList();

        world.Restart();

        foreach (var (pair, told) in pairs.Zip(before))
        {
            var (again, exchanged) = (world.Explain(pair.One, pair.Other), world.Explain(pair.Other, pair.One));
            Assert.Equal((told.Together, told.Text, told.Detail!.Rule), (again.Together, again.Text, again.Detail!.Rule));
            Assert.Equal((told.Together, told.Detail.Rule), (exchanged.Together, exchanged.Detail!.Rule));
        }
    }

    private static IEnumerable<DependencyEdge> Chain(params string[] ids) =>
        ids.Zip(ids.Skip(1), (from, to) => new DependencyEdge(from, to));

    [Fact]
    public void Every_term_that_spoke_for_a_pair_is_one_that_can_be_said_to_be_missing()
    {
        var symptoms = new[]
        {
            Flapping(Vm("q", "g10", "s3"), "r9", (0, 5), (20, 26), (52, 55)),
            Flapping(Vm("r", "g11", "s4"), "r10", (3, 8), (23, 29), (55, 58)),
            Alert(Vm("a"), 0), Alert(Vm("o"), -20, -5, rule: "r8"), Alert(Vm("o"), 0, 5, rule: "r8"), Alert(Vm("p"), 1, 5),
            Alert(Vm("a"), 1, rule: "r2").With(["correlation:x"], "westeurope"), Alert(Database("a"), 3),
            Alert(Database("b"), 5).With(["correlation:x"]), Alert(Vm("b"), 0),
            Alert(Vm("c", "g2"), 0) with { Text = "db-orders-01" },
            Alert(Vm("f", "g3"), 0) with { Text = "db-orders-01" },
            Symptom(Vm("g", "g4"), ConditionKind.LogError, "log:a", 0) with { Text = "LoginError: refused by the pool" },
            Symptom(Vm("h", "g5"), ConditionKind.LogError, "log:b", 0) with { Text = "LoginError: refused by the pool 7" },
            Alert(Vm("i", "g6"), 0, rule: "r4 {namespace=payments}"), Alert(Vm("j", "g7"), 0, rule: "r5 {entity=payments}"),
            Alert(Vm("k", "g8"), 0, rule: "r6"), Alert(Vm("n", "g9", "s2"), 0, rule: "r7"),
            Symptom(Vm("d"), ConditionKind.ResourceHealth, "resourcehealth", 0),
            Symptom(Vm("e"), ConditionKind.ResourceHealth, "resourcehealth", 0),
            Symptom("/subscriptions/s1", ConditionKind.ServiceHealth, "servicehealth:t", 0).With(region: "westeurope"),
            Alert("/subscriptions/s1", 0, rule: "r3"),
            Alert(Database("a")[..Database("a").IndexOf("/databases", StringComparison.Ordinal)], 0) with
            {
                Linked = [ResourceId.Parse(Vm("b"))],
            },
        };
        var edges = new[] { new DependencyEdge(Vm("a"), Database("a")), new DependencyEdge(Vm("b"), Database("a")) }
            .Concat(Chain(Vm("k", "g8"), Vm("l"), Vm("m"), Vm("n", "g9", "s2")));
        var topology = new TopologyHistory([new TopologyVersion(1, default, new Topology(edges))]);
        var kind = ConditionType.Of(Symptom(Vm("a"), ConditionKind.Alert, "alert:cpu", 0));
        var other = ConditionType.Of(Symptom(Vm("a"), ConditionKind.Alert, "alert:r2", 0));
        var pair = new LearnedPair(Relation.SameResource, kind, other, 30, 9, 14, 0.2);
        var versions = new LearnedVersions { All = [new LearnedModel { Number = 3, InForce = Day, Pairs = [pair] }] };
        var graph = new CandidateGraph(new GroupingOptions(), topology, versions);
        graph.Meet([Change(Vm("a"), -5)]);
        graph.Update(symptoms, []);

        var spoke = symptoms.SelectMany(one => symptoms.Where(other => other.Id != one.Id)
            .SelectMany(other => graph.Scorer.Explain(graph.Find(one.Id)!, graph.Find(other.Id)!).Terms))
            .Where(term => term.Weight > 0).Select(term => term.Name).ToHashSet();

        Assert.Equal(Terms.Names.Order(), spoke.Order());
    }
}
