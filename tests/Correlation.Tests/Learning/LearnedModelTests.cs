using Correlation.Customers;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using Correlation.Tests.Customers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using static Correlation.Tests.Learning.Starts;

namespace Correlation.Tests.Learning;

public sealed class LearnedModelTests
{
    private static readonly Serializer Serializer = new ServiceCollection()
        .AddSerializer(builder => builder.AddAssembly(typeof(CustomerState).Assembly)).BuildServiceProvider()
        .GetRequiredService<Serializer>();

    [Fact]
    public void A_version_is_the_same_after_it_was_stored()
    {
        var model = LearnedModel.Of(Planted(new LearningSettings()), 3, At(5));

        var read = Serializer.Deserialize<LearnedModel>(Serializer.SerializeToArray(model))!;

        Assert.Equal((3, At(5)), (read.Number, read.InForce));
        Assert.Equal(model.Causes, read.Causes);
        Assert.Equal(
            model.Pairs.Select(pair => (pair.Relation, pair.Before, pair.After, pair.Weight)),
            read.Pairs.Select(pair => (pair.Relation, pair.Before, pair.After, pair.Weight)));
        var found = read.Find(Relation.SameResource, "a", "b", TimeSpan.FromSeconds(40))!;
        Assert.True(found.Lift > 3);
        Assert.True(found.Followed > 50 && found.Chance < 5);
        Assert.InRange(found.Within, TimeSpan.FromSeconds(41), TimeSpan.FromMinutes(5));
        Assert.Null(read.Find(Relation.SameResource, "b", "a", TimeSpan.FromSeconds(40)));
        Assert.Null(read.Find(Relation.SameResource, "a", "unknown", TimeSpan.FromSeconds(40)));
        Assert.Null(read.Find(Relation.SameResource, "a", "b", LagBins.End));
    }

    [Fact]
    public void A_version_keeps_the_strongest_pairs_only()
    {
        var model = LearnedModel.Of(Planted(new LearningSettings { StoredPairs = 1 }), 1, Zero);

        var pair = Assert.Single(model.Pairs);
        Assert.Equal((Relation.SameResource, "a", "b"), (pair.Relation, pair.Before, pair.After));
        Assert.Single(model.Causes);
    }

    [Fact]
    public void The_pace_is_that_within_which_half_of_what_followed_on_one_resource_did()
    {
        var slow = Enumerable.Range(0, 6).Select(i => Pair($"slow{i}", bins: 9, followed: 6));
        var fast = Enumerable.Range(0, 6).Select(i => Pair($"fast{i}", bins: 1, followed: 7));
        var elsewhere = Enumerable.Range(0, 9).Select(i => Pair($"other{i}", 5, 99) with { Relation = Relation.SameKind });

        Assert.Equal(TimeSpan.FromSeconds(1), PaceOf(slow.Concat(fast).Concat(elsewhere)));
        Assert.Equal(TimeSpan.FromSeconds(256), PaceOf(slow.Concat(fast.Take(5)).Concat(elsewhere)));
        Assert.Equal(TimeSpan.MaxValue, PaceOf(slow.Concat(fast.Take(3)).Concat(elsewhere)));
    }

    private static TimeSpan PaceOf(IEnumerable<LearnedPair> pairs) =>
        new LearnedModel { Number = 1, InForce = Zero, Pairs = [.. pairs] }.Pace;

    private static LearnedPair Pair(string before, int bins, double followed) =>
        new(Relation.SameResource, before, "after", 30, bins, followed, 0.2);

    [Theory]
    [InlineData(ConditionKind.Alert, "alert:/sub/rule {cpu=1,name=a b}", "Alert alert:/sub/rule")]
    [InlineData(ConditionKind.Alert, "alert:high {cpu}\\ {cpu=1\\{2\\}}", "Alert alert:high {cpu}\\")]
    [InlineData(ConditionKind.Alert, "alert:cpu", "Alert alert:cpu")]
    [InlineData(ConditionKind.StatelessAlert, "alert:cpu {a=b}", "StatelessAlert alert:cpu")]
    [InlineData(ConditionKind.LogError, "log:a {b=c}", "LogError log:a {b=c}")]
    [InlineData(ConditionKind.ServiceHealth, "servicehealth:abc", "ServiceHealth servicehealth")]
    public void The_kind_of_a_condition_has_no_dimensions_and_no_resource(ConditionKind kind, string key, string expected)
    {
        Symptom symptom = Some.Symptom(Some.Vm("v1"), kind, key, 0);

        Assert.Equal("microsoft.compute/virtualmachines " + expected, ConditionType.Of(symptom));
    }

    private static CoOccurrence Planted(LearningSettings options)
    {
        var random = new Random(1);
        return Count(Poisson(random, 10).SelectMany(at => new[] { (at, "a", "r"), (at + 40, "b", "r") })
            .Concat(Poisson(random, 10).Select(at => (at, "c", "r"))), options);
    }
}
