using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

/// <summary>Failures as operators know them, on a time axis.</summary>
public sealed class ScenarioTests
{
    [Fact]
    public void A_database_and_the_app_that_needs_it_fail_as_one_incident()
    {
        var world = new World(new DependencyEdge(Vm("app"), Database("orders")))
            .Report(Alert(Database("orders"), 0, 20, rule: "failover"))
            .Report(Alert(Vm("app"), 4, 25, rule: "http5xx"))
            .Report(Symptom(Vm("app"), ConditionKind.LogError, "log:app/exception", 5, 22));

        var incident = Assert.Single(world.Real);
        Assert.Equal(3, incident.Members.Count);
        Assert.Equal(Database("orders"), world.Engine.Causes(world.State, incident)[0].Resource.Canonical);
    }

    [Fact]
    public void A_new_topology_judges_what_begins_after_it_took_force_and_leaves_the_rest_as_it_was()
    {
        var topology = new Topology([new DependencyEdge(Vm("app"), Database("orders"))]);
        var first = new TopologyVersion(1, default, topology);
        var world = new World(new TopologyHistory([first]))
            .Report(Alert(Database("orders"), 0, 20, rule: "failover"))
            .Report(Alert(Vm("app"), 4, 25, rule: "http5xx"));
        var before = world.Partition();

        world.Learn(new TopologyHistory([first, new TopologyVersion(2, At(100), Topology.Empty)])).Advance(30);
        Assert.Equal(before, world.Partition());

        world.Report(Alert(Database("orders"), 200, 220, rule: "failover")).Report(Alert(Vm("app"), 204, 225, rule: "http5xx"));
        Assert.Equal([2, 1, 1], world.Real.Select(incident => incident.Members.Count));
        Assert.Equal([1, 2, 2], world.Real.Select(incident => world.Engine.Explain(world.State, incident).Configuration));
        Assert.Equal(2, world.Journal.OfType<Regrouped>().Last().Configuration);
        Assert.Equal([1, 2, 2], world.Advance(1_000).Real.Select(incident => incident.Configuration));
    }

    [Fact]
    public void Settings_of_the_customer_s_own_judge_what_begins_after_they_took_force_and_what_they_moved_is_told()
    {
        var strict = GroupingSetting.Over(new GroupingOptions(), [new("Threshold", "1.9")]);
        var edges = new Topology([new DependencyEdge(Vm("app"), Database("orders"))]);
        var first = new TopologyVersion(1, default, edges);
        Symptom[] early = [Alert(Database("orders"), 0, 20, rule: "failover"), Alert(Vm("app"), 4, 25, rule: "http5xx")];
        Symptom[] late = [Alert(Database("orders"), 200, 220, rule: "failover"), Alert(Vm("app"), 204, 225, rule: "http5xx")];
        var world = new World(new TopologyHistory([first])).Report(early).Advance(30).Report(late);
        Assert.Equal([2, 2], world.Real.Select(incident => incident.Members.Count));

        world.Learn(new TopologyHistory([first, new TopologyVersion(2, At(100), edges) { Grouping = strict }])).Advance(230);
        Assert.Equal([2, 1, 1], world.Real.Select(incident => incident.Members.Count));
        var split = world.Journal.OfType<Regrouped>().Last();
        Assert.Equal((2, world.Real[1].Id), (split.Configuration, Assert.Single(split.Opened).SplitFrom));
        Assert.Equal(1.9, world.Explain(late[0].Id, late[1].Id).Detail!.Threshold);

        world.Restart().Advance(231);
        Assert.Equal([2, 1, 1], world.Real.Select(incident => incident.Members.Count));

        world.Learn(new TopologyHistory([first, new TopologyVersion(2, At(100), edges)])).Advance(240);
        Assert.Equal([2, 2], world.Real.Select(incident => incident.Members.Count));
        Assert.Single(world.Journal.OfType<Regrouped>().Last().Merged);
        Assert.Equal([1, 2], world.Advance(1_000).Real.Select(incident => incident.Configuration));
    }

    [Fact]
    public void A_disk_that_fills_for_hours_is_one_incident_from_its_warning_to_the_failing_service()
    {
        var world = new World()
            .Report(Alert(Vm("files"), 0, 400, Severity.Warning, "disk80"))
            .Report(Alert(Vm("files"), 210, 400, Severity.Error, "disk95"))
            .Report(Alert(Vm("files"), 330, 390, Severity.Critical, "service down"));

        Assert.Equal(3, Assert.Single(world.Real).Members.Count);
    }

    [Fact]
    public void A_nightly_failure_is_an_incident_of_its_own_each_night()
    {
        var world = new World();
        for (var night = 0; night < 3; night++)
        {
            var at = night * 24 * 60;
            world.Report(Symptom(Vm("batch"), ConditionKind.FailedOperation, "operation:job", at, at + 30))
                .Report(Alert(Vm("batch"), at + 5, at + 40, Severity.Warning, "job failed"))
                .Advance(at + 12 * 60);
        }

        Assert.Equal(3, world.Real.Count);
        Assert.All(world.Real, incident => Assert.Equal(2, incident.Members.Count));
    }

    [Fact]
    public void A_rule_that_only_makes_noise_opens_nothing()
    {
        var world = new World();
        for (var i = 0; i < 20; i++)
            world.Report(Alert(Vm("web"), i * 40, i * 40 + 5, Severity.Informational, "noise", flaps: 3));

        Assert.Empty(world.Real);
    }

    [Fact]
    public void A_platform_event_holds_what_fails_in_its_region_and_not_what_fails_in_another()
    {
        var service = Symptom("/subscriptions/s1", ConditionKind.ServiceHealth, "servicehealth:t1", 0, 120)
            .With(["tracking:t1"], "westeurope");
        var lost = Symptom(Vm("a"), ConditionKind.ResourceHealth, "resourcehealth", 3, 100).With(region: "westeurope");
        var alert = Alert(Vm("b", "other"), 8, 100).With(region: "westeurope");
        var elsewhere = Alert(Vm("c", "third"), 8, 60).With(region: "northeurope");
        var world = new World().Report(alert, lost, elsewhere, service);

        Assert.Equal(2, world.Real.Count);
        Assert.Equal([lost.Id, alert.Id, service.Id], [.. world.MembersOf(lost).Order()], SetComparer);
        Assert.Single(world.MembersOf(elsewhere));
    }

    [Fact]
    public void Two_resources_that_share_only_a_group_and_a_moment_stay_apart()
    {
        var world = new World().Report(Alert(Vm("a"), 0), Alert(Vm("b"), 0, rule: "memory"));

        Assert.Equal(2, world.Real.Count);
    }

    [Fact]
    public void An_empty_key_never_groups()
    {
        var world = new World().Report(
            Alert(Vm("a", "g1"), 0).With(["correlation:", "correlation:00000000-0000-0000-0000-000000000000"]),
            Alert(Vm("b", "g2"), 0, rule: "memory").With(["correlation:", "correlation:00000000-0000-0000-0000-000000000000"]));

        Assert.Equal(2, world.Real.Count);
    }

    [Fact]
    public void A_shared_correlation_id_groups_alone()
    {
        var world = new World().Report(
            Alert(Vm("a", "g1"), 0, 5).With(["correlation:x1"]), Alert(Vm("b", "g2"), 40, 50).With(["correlation:x1"]));

        Assert.Single(world.Real);
    }

    [Fact]
    public void Conflicting_dimensions_veto()
    {
        var world = new World().Report(
            Alert(Vm("a"), 0, rule: "disk {disk=c}"), Alert(Vm("a"), 1, rule: "disk {disk=d}"));

        Assert.Equal(2, world.Real.Count);
    }

    [Fact]
    public void Two_pods_of_one_namespace_do_not_contradict_each_other()
    {
        var world = new World().Report(
            Alert(Vm("a"), 0, rule: "crash {namespace=payments,pod=checkout-1}"),
            Alert(Vm("a"), 1, rule: "crash {namespace=payments,pod=ledger-2}"));

        Assert.Single(world.Real);
    }

    [Fact]
    public void One_queue_in_the_dimensions_of_two_rules_joins_what_begins_together_in_a_group_and_a_status_does_not()
    {
        var named = new World().Report(
            Alert(Vm("a"), 0, rule: "backlog {entityname=orders}"), Alert(Vm("b"), 0, rule: "crash {namespace=orders}"));
        var sorted = new World().Report(
            Alert(Vm("a"), 0, rule: "backlog {resultcode=failed}"), Alert(Vm("b"), 0, rule: "crash {statuscode=failed}"));

        Assert.Single(named.Real);
        Assert.Equal(2, sorted.Real.Count);
    }

    [Theory]
    [InlineData("Login failed: the pool 'main' is full", "Login failed: the pool 'second-2' is full", true)]
    [InlineData("Login failed: the pool 'main' is full", "Login failed: the password has expired", false)]
    [InlineData("Failed", "Failed", false)]
    public void The_same_words_of_an_error_join_what_has_nothing_else_in_common(string one, string other, bool together)
    {
        Symptom Error(int number, string text) =>
            Symptom(Vm($"v{number}", $"g{number}"), ConditionKind.LogError, $"log:{number}", number, 60) with { Text = text };

        var world = new World().Report(Error(0, one), Error(1, other), Error(2, one));

        Assert.Equal(together ? 1 : 0, world.Real.Count);
    }

    [Fact]
    public void Two_databases_of_one_server_that_lose_their_health_an_hour_apart_stay_apart()
    {
        var world = new World();
        foreach (var (name, at) in new[] { ("a", 0), ("b", 50) })
            world.Report(Symptom(Database(name), ConditionKind.ResourceHealth, "resourcehealth", at));

        Assert.Equal(2, world.Real.Count);
    }

    [Fact]
    public void A_lone_warning_and_a_lone_failed_operation_stay_loose_until_they_are_sealed_alone()
    {
        var world = new World().Report(
            Alert(Vm("a", "g1"), 0, 10, Severity.Warning),
            Symptom(Vm("b", "g2"), ConditionKind.FailedOperation, "operation:x", 0, 10));
        Assert.Equal(2, world.State.Ledger().Loose);

        world.Advance(6 * 60);

        Assert.Empty(world.Real);
        Assert.Equal(2, world.State.Ledger().SealedAlone);
    }

    [Fact]
    public void An_operation_that_keeps_failing_opens_an_incident()
    {
        var failed = Symptom(Vm("a"), ConditionKind.FailedOperation, "operation:x", 0, 10);
        var world = new World().Report(failed).Report(failed with { SignalCount = 3 });

        Assert.Contains("3 times", Assert.Single(world.Real).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_dependencies_does_not_grow_beyond_what_concerns_its_core()
    {
        var edges = Enumerable.Range(0, 12)
            .Select(i => new DependencyEdge(Vm($"v{i + 1}", $"g{i + 1}", $"s{i + 1}"), Vm($"v{i}", $"g{i}", $"s{i}")));
        var world = new World([.. edges]);
        for (var i = 0; i <= 12; i++) world.Report(Alert(Vm($"v{i}", $"g{i}", $"s{i}"), i * 6, rule: $"r{i}"));

        Assert.True(world.Real.Count > 2, $"{world.Real.Count} incidents");
        Assert.True(world.Real.Max(incident => incident.Members.Count) < 9);
    }

    [Fact]
    public void A_storm_of_unrelated_resources_is_compared_in_the_neighbourhood_only()
    {
        var world = new World { Grouping = { Surge = 0 } };
        world.Report([.. Enumerable.Range(0, 2000).Select(i => Alert(Vm($"v{i}", $"g{i}"), i * 0.01, rule: $"r{i}"))]);

        Assert.Equal(2000, world.Real.Count);
    }

    [Fact]
    public void What_begins_and_ends_with_a_surge_belongs_to_it_and_one_alert_of_an_ordinary_hour_does_not()
    {
        Symptom[] surge = [.. Enumerable.Range(0, 6).Select(i => Alert(Vm($"v{i}", $"g{i}"), i, 60 + (i / 2.0), rule: $"r{i}"))];
        var (other, lone) = (Alert(Vm("v7", "g7"), 3, 20, rule: "r7"), Alert(Vm("v8", "g8"), 300, 360, rule: "r8"));

        var world = new World().Report([.. surge, other, lone, Alert(Vm("v9", "g9"), 301, 361, rule: "r9")]);

        Assert.Equal(6, world.MembersOf(surge[0]).Count);
        Assert.Single(world.MembersOf(other));
        Assert.Single(world.MembersOf(lone));
        var terms = world.Explain(surge[0].Id, surge[1].Id).Links.SelectMany(link => link.Terms).ToList();
        Assert.Contains(terms, term => term.Name == "surge" && term.Input.Contains("as much as usual began"));
        Assert.Contains(terms, term => term.Name == "endedTogether");
    }

    [Fact]
    public void What_comes_and_goes_with_a_flapping_tunnel_belongs_to_it_and_what_does_so_at_other_times_does_not()
    {
        (double Came, double Went)[] waves = [(0, 6), (15, 20), (34, 40), (47, 55), (71, 78)];
        var tunnel = Flapping(Vm("tunnel", "hub", "s1"), "down", waves);
        Symptom[] machine = [.. waves.Select(wave => Alert(Vm("app", "g2", "s2"), wave.Came + 3, wave.Went + 4, rule: "lost"))];
        var errors = Errors("gateway", [-1.5, 14, 32, 46, 69.5]);
        Symptom[] other =
            [.. waves.Select((wave, i) => Alert(Vm("x", "g4", "s4"), wave.Came + (4 * i) - 4, wave.Went + (3 * i)))];

        var world = new World().Report([tunnel, errors, .. machine, .. other]);

        Assert.Equal(7, world.MembersOf(tunnel).Count);
        Assert.DoesNotContain(other[1].Id, world.MembersOf(tunnel));
        Assert.Contains(
            world.Explain(tunnel.Id, machine[0].Id).Links.SelectMany(link => link.Terms), term => term.Name == "inStep");
        Assert.Equal(world.Partition(), new World().Report([.. machine.Reverse(), .. other, errors, tunnel]).Partition());
        var without = new World { Grouping = { InStep = 0 } }.Report([tunnel, errors, .. machine, .. other]);
        Assert.DoesNotContain(machine[2].Id, without.MembersOf(tunnel));
    }

    /// <summary>Errors of a log that nothing but time ends, one at each of the minutes.</summary>
    private static Symptom Errors(string vm, double[] minutes) =>
        Symptom(Vm(vm, "g3", "s3"), ConditionKind.LogError, "log:ike", minutes[0], minutes[^1] + 15) with
        {
            EndReason = EndReason.TimedOut,
            SignalCount = minutes.Length,
            Signals = [.. minutes.Select((minute, i) => new SignalReference(
                new Position("live", 1, 0, i, 0, 0), null, SignalRole.Pulse, At(minute)))],
        };

    [Fact]
    public void A_surge_is_none_where_something_begins_all_the_time()
    {
        Symptom[] surge = [.. Enumerable.Range(0, 6).Select(i => Alert(Vm($"v{i}", $"g{i}"), 600 + i, 660, rule: $"r{i}"))];
        var usual = Enumerable.Range(0, 110).Select(i => Alert(Vm($"u{i}", $"u{i}"), i * 5, (i * 5) + 2, rule: $"u{i}"));

        Assert.Single(new World().Report(surge).Real);
        var apart = new World().Report([.. surge, .. usual]).Real;
        Assert.Equal(6, apart.Count(one => one.Members.Overlaps(surge.Select(symptom => symptom.Id))));
    }

    [Fact]
    public void A_condition_that_comes_again_within_the_hour_is_the_same_incident_and_so_is_all_that_comes_with_it()
    {
        Symptom[] Wave(int at) =>
            [Alert(Vm("a"), at, at + 5, rule: "tunnel"), Alert(Vm("b", "g2"), at + 2, at + 6, rule: "peer")];

        var world = new World(new DependencyEdge(Vm("b", "g2"), Vm("a"))).Report([.. Wave(0), .. Wave(20), .. Wave(45)]);

        Assert.Equal(6, Assert.Single(world.Real).Members.Count);
    }

    [Fact]
    public void Two_groups_with_one_resource_in_common_are_not_joined_by_that()
    {
        var edges = Enumerable.Range(0, 5).SelectMany(i => new[]
        {
            new DependencyEdge(Vm($"a{i}", "g"), Vm("a0", "g")), new DependencyEdge(Vm($"b{i}", "h", "s2"), Vm("b0", "h", "s2")),
        });
        var one = Enumerable.Range(0, 5).Select(i => Alert(Vm($"a{i}", "g"), i, 60, rule: $"a{i}"));
        var other = Enumerable.Range(0, 5).Select(i => Alert(Vm($"b{i}", "h", "s2"), 8 + i, 90, rule: $"b{i}"));
        var shared = Alert(Vm("a4", "g"), 9, 90, rule: "b9") with { Linked = [ResourceId.Parse(Vm("b0", "h", "s2"))] };

        var world = new World([.. edges]) { Grouping = { Surge = 0 } }.Report([.. one, .. other, shared]);

        Assert.Equal(2, world.Real.Count);
    }

    [Fact]
    public void One_rule_that_fires_on_many_resources_at_once_is_one_incident()
    {
        var world = new World().Report([.. Enumerable.Range(0, 40).Select(i => Alert(Vm($"v{i}", $"g{i}"), i * 0.1))]);

        Assert.Single(world.Real);
    }

    [Fact]
    public void One_rule_that_fires_all_day_is_no_chain()
    {
        var world = new World();
        for (var i = 0; i < 60; i++) world.Report(Alert(Vm($"v{i}", $"g{i}"), i * 1.5, (i * 1.5) + 1));

        Assert.True(world.Real.Count > 3, $"{world.Real.Count} incidents");
    }

    [Fact]
    public void What_the_text_of_one_names_is_joined_with_what_is_called_so()
    {
        var world = new World().Report(
            Alert(Vm("db-orders-01", "g1"), 0, rule: "failover"),
            Alert(Vm("web", "g2"), 1, rule: "errors") with { Text = "Cannot open a connection to DB-ORDERS-01: timed out." },
            Alert(Vm("other", "g3"), 1, rule: "latency") with { Text = "Slow at 2026-11-26T10:00:00Z in westeurope" });

        Assert.Equal([1, 2], world.Real.Select(incident => incident.Members.Count).Order());
    }

    [Fact]
    public void A_change_explains_what_it_may_have_caused_until_it_is_forgotten()
    {
        var world = new World(
            new DependencyEdge(Vm("a", "g1"), Vm("hub", "g0")), new DependencyEdge(Vm("b", "g2"), Vm("hub", "g0")));
        var symptoms = new[] { Alert(Vm("a", "g1"), 10), Alert(Vm("b", "g2"), 18, rule: "memory") };
        world.Report(symptoms);
        Assert.Equal(2, world.Real.Count);

        world.Change(Change(Vm("hub", "g0"), 0));
        Assert.Single(world.Real);

        world.Change([.. Enumerable.Range(0, CustomerLimits.Changes).Select(i => Change(Vm($"x{i}", "g9"), 1, $"x{i}"))]);
        Assert.Equal(2, world.Real.Count);
        Assert.Equal(world.Partition(), world.Restart().Advance(20).Partition());
    }

    [Theory]
    [InlineData("db-orders-01", true)]
    [InlineData("kv-payments-prod", true)]
    [InlineData("westeurope", false)]
    [InlineData("time-out", false)]
    [InlineData("2026-11-26t10", false)]
    [InlineData("sev2", false)]
    public void A_name_is_told_from_language(string word, bool isName) => Assert.Equal(isName, TextNames.IsName(word));

    private static readonly IEqualityComparer<IEnumerable<string>> SetComparer =
        EqualityComparer<IEnumerable<string>>.Create((a, b) => a!.ToHashSet().SetEquals(b!), _ => 0);
}
