using System.Collections.Immutable;
using Correlation.Fleet;
using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using static Correlation.Tests.Learning.Starts;

namespace Correlation.Tests.Fleet;

public sealed class FleetLearningTests
{
    private const string Health = "microsoft.compute/virtualmachines ResourceHealth resourcehealth";
    private const string Restart =
        "microsoft.compute/virtualmachines FailedOperation operation:microsoft.compute/virtualmachines/restart/action";

    [Theory]
    [InlineData(Health, true)]
    [InlineData(Restart, true)]
    [InlineData("microsoft.sql/servers ServiceHealth servicehealth", true)]
    [InlineData("microsoft.web/sites FailedOperation operation:contoso.secret/things/write", false)]
    [InlineData("contoso.secret/things ResourceHealth resourcehealth", false)]
    [InlineData("microsoft.web/sites Alert alert:/subscriptions/s/rule", false)]
    [InlineData("microsoft.web/sites StatelessAlert alert:orders late", false)]
    [InlineData("microsoft.web/sites LogError log:app/get orders of mrs smith", false)]
    [InlineData("microsoft.web/sites Security security:title", false)]
    [InlineData("bare", false)]
    public void Only_kinds_that_are_Azures_own_are_spoken_of_and_only_as_a_hash(string kind, bool shared)
    {
        var name = FleetKind.Of(kind);

        Assert.Equal(shared, name is not null);
        if (shared) Assert.Matches("^[0-9a-f]{32}$", name);
    }

    [Fact]
    public void What_a_customer_brings_holds_none_of_its_words()
    {
        var text = string.Join('\n', Counts(1).Select(pair => pair.ToString()));

        Assert.NotEmpty(text);
        Assert.DoesNotContain("vm", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("health", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, InlineData(4, 0), InlineData(5, 1)]
    public void A_pair_is_told_once_it_holds_at_five_other_customers(int others, int told)
    {
        var pool = new FleetPool();
        pool.Put("own", Counts(99));
        for (var i = 0; i < others; i++)
        {
            pool.Put($"c{i}", Counts(i));
            pool.Put($"c{i}", Counts(i));
        }

        var prior = pool.PriorFor("own");

        Assert.Equal(told, prior.Length);
        if (told == 0) return;
        Assert.Equal((Relation.SameResource, FleetKind.Of(Health), FleetKind.Of(Restart)),
            (prior[0].Relation, prior[0].Before, prior[0].After));
        Assert.InRange(prior[0].Follows, 0.9, 1.1);
        Assert.InRange(prior[0].Chance, 0, 0.1);
    }

    [Fact]
    public void What_no_customer_shows_more_than_chance_is_not_told_of_however_many_there_are()
    {
        var pool = new FleetPool();
        for (var i = 0; i < 12; i++) pool.Put($"c{i}", Counts(i, follows: false));

        Assert.Empty(pool.PriorFor("own"));
    }

    [Fact]
    public void A_new_customer_is_judged_by_the_others_until_its_own_history_says_otherwise()
    {
        var prior = Prior();
        var model = StartLearner.Learn(SealedStarts.None, Topology.Empty, 1, At(0), prior);

        var pair = Assert.Single(model.Fleet);
        Assert.True(pair is { Fleet: true, Lift: > 1.5 });

        var starts = Enumerable.Range(0, 60).Select(i => new NamedStart(Health, Some.Vm("v"), At(i * 9_000), false))
            .Concat(Enumerable.Range(0, 60).Select(i => new NamedStart(Restart, Some.Vm("v"), At((i * 9_000) + 4_000), false)));
        var own = StartLearner.Learn(SealedStarts.None.With([.. starts]), Topology.Empty, 2, At(Days * 86_400), prior);
        Assert.Empty(own.Fleet);
        Assert.Equal((true, false), (prior[0].Stands(2, 0), prior[0].Stands(20, 1)));
        Assert.True(prior[0].Stands(20, 18));
    }

    [Fact]
    public void The_first_version_of_a_customer_comes_from_the_others_and_joins()
    {
        var world = new World();
        Symptom[] symptoms =
        [
            Some.Symptom(Some.Vm("v"), ConditionKind.ResourceHealth, "resourcehealth", 200, 201),
            Some.Symptom(
                Some.Vm("v"), ConditionKind.FailedOperation, Restart.Split(' ', 3)[2], 220, 221)
                with { SignalCount = 3 },
        ];
        Assert.NotNull(world.Engine.Teaches(world.State, Some.At(10)));
        world.Engine.Prior = Prior(1200);
        world.Advance(10).Report(symptoms);

        Assert.Equal(1, world.State.Models.Single().Number);
        Assert.Null(world.Engine.Teaches(world.State, Some.At(100)));
        Assert.Equal(2, world.MembersOf(symptoms[0]).Count);
        Assert.Contains(world.Explain(symptoms[0].Id, symptoms[1].Id).Links.SelectMany(link => link.Terms), term =>
            term.Name == "learned" && term.Input.EndsWith("3 starts of other customers' among them", StringComparison.Ordinal));
        Assert.Single(new World().Report(symptoms).MembersOf(symptoms[0]));
    }

    private static ImmutableArray<PriorPair> Prior(int lag = 60)
    {
        var pool = new FleetPool();
        for (var i = 0; i < 6; i++) pool.Put($"c{i}", Counts(i, lag: lag));
        return pool.PriorFor("own");
    }

    private static ImmutableArray<SharedPair> Counts(int seed, bool follows = true, int lag = 60)
    {
        var random = new Random(seed);
        var starts = Poisson(random, 2).SelectMany(at => new[]
        {
            new NamedStart(Health, Some.Vm("vm1"), At(at), true),
            new NamedStart(Restart, Some.Vm("vm1"), At(follows ? at + lag : Wait(random, 400_000)), true),
            new NamedStart("microsoft.web/sites Alert alert:secret", Some.Vm("vm1"), At(at + 5), true),
        });
        return StartLearner.Shared(SealedStarts.None.With([.. starts]), Topology.Empty, At(Days * 86_400));
    }
}
