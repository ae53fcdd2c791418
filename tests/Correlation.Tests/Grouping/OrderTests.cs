using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using FsCheck.Xunit;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Grouping;

public sealed class OrderTests
{
    [Property(MaxTest = 60)]
    public void Any_order_and_any_batching_gives_the_same_incidents_as_one_batch(int seed)
    {
        var symptoms = Random(seed, 40);
        var whole = NewWorld().Report([.. symptoms]);

        var random = new Random(seed ^ 77);
        var shuffled = symptoms.OrderBy(_ => random.Next()).ToList();
        var pieces = NewWorld();
        while (shuffled.Count > 0)
        {
            var take = random.Next(1, 6);
            pieces.Report([.. shuffled.Take(take)]);
            shuffled.RemoveRange(0, Math.Min(take, shuffled.Count));
        }

        Assert.Equal(whole.Partition(), pieces.Partition());
    }

    [Property(MaxTest = 40)]
    public void Changes_explain_the_same_whenever_they_are_heard_of(int seed)
    {
        var random = new Random(seed ^ 55);
        var symptoms = Random(seed, 30);
        var on = symptoms.Select(symptom => symptom.Resource.Canonical).Distinct().Order(StringComparer.Ordinal).ToArray();
        var changes = Enumerable.Range(0, 12)
            .Select(i => Change(on[random.Next(on.Length)], random.Next(-30, 180), $"c{i}")).ToArray();
        var whole = NewWorld().Change(changes).Report([.. symptoms]);

        var world = NewWorld();
        foreach (var one in symptoms.Cast<object>().Concat(changes).OrderBy(_ => random.Next()))
        {
            if (one is Change change) world.Change(change);
            else world.Report((Symptom)one);
        }

        Assert.Equal(whole.Partition(), world.Partition());
        Assert.Equal(whole.Partition(), world.Restart().Advance(1).Partition());
    }

    [Property(MaxTest = 40)]
    public void What_was_reported_otherwise_first_or_withdrawn_leaves_no_trace_in_the_incidents(int seed)
    {
        var symptoms = Random(seed, 30);
        var whole = NewWorld().Report([.. symptoms]);

        var random = new Random(seed ^ 99);
        var world = NewWorld();
        foreach (var symptom in symptoms.OrderBy(_ => random.Next()))
        {
            world.Report(symptom with { End = null, Severity = Severity.Warning });
        }

        var passing = Alert(Vm("v1"), 33, rule: "passing");
        world.Report(passing);
        foreach (var symptom in symptoms.OrderBy(_ => random.Next())) world.Report(symptom);
        world.Withdraw(passing);

        Assert.Equal(whole.Partition(), world.Partition());
    }

    [Property(MaxTest = 40)]
    public void Sealing_as_time_passes_gives_the_same_incidents_as_sealing_at_the_end(int seed)
    {
        var symptoms = Random(seed, 30, open: false);
        var end = 24 * 60 * 3;
        var whole = NewWorld().Report([.. symptoms]).Advance(end);

        var world = NewWorld();
        foreach (var symptom in symptoms.OrderBy(symptom => symptom.Start))
        {
            world.Report(symptom with { End = null }).Advance((symptom.Start - Day).TotalMinutes);
            world.Report(symptom);
            if (seed % 3 == 0) world.Restart();
        }

        Assert.Equal(whole.Incidents(), world.Advance(end).Incidents());
        Assert.Equal(whole.State.Ledger(), world.State.Ledger());
        Assert.All(world.Real, incident => Assert.True(incident.Sealed));
    }

    [Property(MaxTest = 60)]
    public void A_topology_that_changes_in_the_middle_gives_the_same_incidents_whenever_it_is_learnt(int seed)
    {
        var symptoms = Random(seed, 40);
        var whole = NewWorld(Changed).Report([.. symptoms]);

        var random = new Random(seed ^ 55);
        var world = NewWorld();
        var learnt = random.Next(symptoms.Count);
        foreach (var (at, symptom) in symptoms.OrderBy(_ => random.Next()).Index())
        {
            if (at == learnt) world.Learn(Changed);
            world.Report(symptom);
        }

        Assert.Equal(whole.Partition(), world.Partition());
    }

    [Property(MaxTest = 40)]
    public void A_topology_learnt_when_it_takes_force_gives_the_same_sealed_incidents_as_one_known_from_the_start(int seed)
    {
        var symptoms = Random(seed, 30, open: false);
        var end = 24 * 60 * 3;
        var whole = NewWorld(Changed).Report([.. symptoms]).Advance(end);

        var world = NewWorld();
        foreach (var symptom in symptoms.OrderBy(symptom => symptom.Start))
        {
            if (symptom.Start >= At(Middle)) world.Learn(Changed);
            world.Report(symptom with { End = null }).Advance((symptom.Start - Day).TotalMinutes);
            world.Report(symptom);
        }

        world.Learn(Changed).Advance(end);
        Assert.Equal(whole.Incidents(), world.Incidents());
        Assert.Equal(Judged(whole), Judged(world));
    }

    [Property(MaxTest = 60)]
    public void A_model_in_force_from_the_middle_gives_the_same_incidents_whenever_it_is_learnt(int seed)
    {
        var symptoms = Random(seed, 40);
        var whole = NewWorld().Learn(Model).Report([.. symptoms]).Advance(601);

        var random = new Random(seed ^ 33);
        var world = NewWorld();
        var learnt = random.Next(symptoms.Count);
        foreach (var (at, symptom) in symptoms.OrderBy(_ => random.Next()).Index())
        {
            if (at == learnt) world.Learn(Model);
            world.Report(symptom);
        }

        world.Advance(601);
        Assert.Equal(whole.Partition(), world.Partition());
        Assert.Equal(whole.Partition(), world.Restart().Advance(601).Partition());
    }

    [Property(MaxTest = 40)]
    public void A_model_learnt_when_it_takes_force_gives_the_same_sealed_incidents_as_one_known_from_the_start(int seed)
    {
        var symptoms = Random(seed, 30, open: false);
        var end = 24 * 60 * 3;
        var whole = NewWorld().Learn(Model).Report([.. symptoms]).Advance(end);

        var world = NewWorld();
        foreach (var symptom in symptoms.OrderBy(symptom => symptom.Start))
        {
            if (symptom.Start >= At(Middle) && world.State.Models.IsEmpty) world.Learn(Model);
            world.Report(symptom with { End = null }).Advance((symptom.Start - Day).TotalMinutes);
            world.Report(symptom);
        }

        Assert.Equal(whole.Incidents(), world.Advance(end).Incidents());
        Assert.Equal(Judged(whole), Judged(world));
    }

    [Fact]
    public void The_model_of_these_tests_makes_a_difference_and_only_from_its_time_on()
    {
        var differ = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var symptoms = Random(seed, 40);
            var (with, without) = (NewWorld().Learn(Model).Report([.. symptoms]), NewWorld().Report([.. symptoms]));
            if (!with.Partition().SequenceEqual(without.Partition())) differ++;
            Symptom[] before = [.. symptoms.Where(symptom => symptom.Start < At(Middle))];
            Assert.Equal(NewWorld().Report(before).Partition(), NewWorld().Learn(Model).Report(before).Partition());
        }

        Assert.True(differ > 10, $"The model makes a difference in {differ} of 20 cases.");
    }

    private const double Middle = 300;

    private const string Sql = "microsoft.sql/servers/databases";

    private static readonly string[] Kinds =
    [
        .. new[] { "Alert", "LogError", "FailedOperation" }
            .SelectMany(kind => Enumerable.Range(0, 3).Select(number => $"{kind}:{number}")),
    ];

    /// <summary>For and against, on one resource, between neighbours and of one kind elsewhere.</summary>
    private static readonly LearnedModel Model = new()
    {
        Number = 1,
        InForce = At(Middle),
        HeldOthers = TimeSpan.FromMinutes(20),
        Hourly = 0.06,
        Pairs =
        [
            .. Kinds.SelectMany(before => Kinds
                .Where(after => (before.Length + before[^1] + after[^1]) % 4 == 0 && after != before)
                .Select(after => new LearnedPair(Relation.SameResource, Kind(before), Kind(after), 40, 13, 20, 0.5))),
            .. Kinds.Select(after => new LearnedPair(Relation.Neighbour, Kind("Alert:0"), Kind(after, Sql), 25, 14, 9, 0.2)),
            .. Kinds.Select(kind => new LearnedPair(Relation.SameKind, Kind(kind), Kind(kind), 25, 13, 20, 0.2)),
        ],
        Usual = [new(Kind("LogError:2"), 0.9), new(Kind("Alert:2"), 0.6), new(Kind("Alert:1", Sql), 0.8)],
    };

    private static string Kind(string key, string type = "microsoft.compute/virtualmachines") =>
        $"{type} {key.Split(':')[0]} {key}";

    private static readonly DependencyEdge[] Edges =
        [new(Vm("v1"), Database("d1")), new(Vm("v2"), Database("d1")), new(Vm("v3"), Vm("v1"))];

    /// <summary>Version 2 cuts an edge and adds two.</summary>
    private static readonly TopologyHistory Changed = new(
    [
        new TopologyVersion(1, default, new Topology(Edges)),
        new TopologyVersion(2, At(Middle), new Topology(
            [Edges[1], new(Vm("v1"), Database("d2")), new(Vm("v3"), Database("d2"))])),
    ]);

    /// <summary>Nothing is learned but what a test says: what is learned when goes by when things are sealed.</summary>
    private static World NewWorld() => new(Edges) { Options = { LearnStarts = 10_000 } };

    private static World NewWorld(TopologyHistory topology) => new(topology) { Options = { LearnStarts = 10_000 } };

    /// <summary>What sealing said of each incident: its members, causes and version of the topology.</summary>
    private static List<string> Judged(World world) =>
    [
        .. world.Real.Select(incident => $"{incident.Configuration} "
            + string.Join(' ', incident.Members.Order(StringComparer.Ordinal)) + " "
            + string.Join(' ', incident.Causes.Select(cause => FormattableString.Invariant($"{cause.Resource}={cause.Score}"))))
            .Order(StringComparer.Ordinal),
    ];

    private static List<Symptom> Random(int seed, int count, bool open = true)
    {
        var random = new Random(seed);
        string[] resources =
        [
            Vm("v1"), Vm("v2"), Vm("v3"), Database("d1"), Database("d2"), "/subscriptions/s1",
            Vm("v4", "other", "s2"), "bare name",
        ];
        ConditionKind[] kinds =
        [
            ConditionKind.Alert, ConditionKind.Alert, ConditionKind.LogError, ConditionKind.FailedOperation,
            ConditionKind.ResourceHealth, ConditionKind.ServiceHealth,
        ];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var start = random.Next(0, 600);
            double? end = open && random.Next(5) == 0 ? null : start + random.Next(1, 90);
            var kind = kinds[random.Next(kinds.Length)];
            return Symptom(resources[random.Next(resources.Length)], kind, $"{kind}:{random.Next(3)}", start, end) with
            {
                Severity = (Severity)random.Next(1, 6),
                SignalCount = random.Next(1, 4),
                CauseKeys = random.Next(4) == 0 ? [$"correlation:{random.Next(3)}x"] : [],
                Region = random.Next(2) == 0 ? "westeurope" : null,
            };
        }).DistinctBy(symptom => symptom.Id)];
    }
}
