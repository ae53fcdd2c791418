using System.Collections.Immutable;
using System.Text.Json;
using Correlation.Grouping;
using Correlation.Quality;
using Correlation.Quality.Weights;

namespace Correlation.Estate.Tests;

/// <summary>Weights are learned on the kinds for tuning alone, and every one of them is taken away in turn.</summary>
public sealed class WeightsTests
{
    private static readonly ImmutableSortedDictionary<string, double> Shipped = GroupingWeights.Shipped.Weights;

    [Fact]
    public void The_shipped_weights_come_from_the_kinds_for_tuning() => Assert.Equal(
        EstateOptions.TuningKinds.Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())),
        GroupingWeights.Shipped.LearnedOn.Kinds);

    [Fact]
    public void Every_weight_is_ablated_but_the_threshold_which_cannot_be_nothing() => Assert.Equal(
        typeof(GroupingOptions).GetProperties().Where(property => property.PropertyType == typeof(double))
            .Select(property => property.Name).Except(["Threshold"]).Order(StringComparer.Ordinal),
        Ablate.Terms);

    [Fact]
    public void Every_weight_of_a_cause_is_ablated_but_the_temperature_which_cannot_be_nothing() =>
        Assert.Equal(["Change", "Earliest", "Learned", "Own", "Platform", "Severity", "Upstream"], Ablate.CauseTerms);

    [Fact]
    public void Weights_become_options_and_options_weights()
    {
        var other = Shipped.SetItem("Near", 0.123);

        Assert.Equal(Shipped, Trials.WeightsOf(Judgement.Grouping));
        Assert.Equal(other, Trials.WeightsOf(Trials.OptionsOf(other)));
        Assert.Equal(new GroupingOptions().MaxMembers, Trials.OptionsOf(other).MaxMembers);
    }

    [Theory]
    [InlineData("reporting")]
    [InlineData("1-7")]
    [InlineData("alertStorm")]
    [InlineData("demo")]
    public void Nothing_is_learned_on_kinds_for_reporting(string kinds)
    {
        Assert.Throws<ArgumentException>(() => Fit.Kinds(kinds));
        Assert.Equal(EstateOptions.TuningKinds, Fit.Kinds(null));
        Assert.Equal([FailureKind.DiskFilling], Fit.Kinds("4"));
    }

    [Fact]
    public void Seeds_are_halved_by_turns()
    {
        var (first, second) = Fit.Halves(5);

        Assert.Equal([0, 2, 4], first);
        Assert.Equal([1, 3], second);
    }

    [Fact]
    public void A_step_is_kept_where_it_helps_on_both_halves_and_more_than_a_little()
    {
        var best = Searched((weights, half) =>
            -Math.Abs(weights["Near"] - 0.9) // both: up, in steps
            - (half == 0 ? weights["Linked"] : -weights["Linked"] * 2) // one half wants less, the other more
            + (weights["Named"] / 10_000), // both want more, by next to nothing
            rounds: 9);

        Assert.InRange(best["Near"], 0.8, 1);
        Assert.Equal(Shipped.SetItem("Near", best["Near"]), best);
    }

    [Fact]
    public void A_weight_may_go_to_nothing_and_come_from_nothing()
    {
        Assert.Equal(0, Searched((weights, _) => -weights["Near"], rounds: 1)["Near"]);
        Assert.Equal(0.6, Searched((weights, _) => weights["Near"], rounds: 1, Shipped.SetItem("Near", 0))["Near"]);
    }

    [Fact]
    public void What_is_tried_is_allowed_and_another_value() => Assert.All(Shipped, weight =>
    {
        var candidates = CoordinateSearch.Candidates(weight.Key, weight.Value);

        Assert.NotEmpty(candidates);
        Assert.Distinct(candidates);
        Assert.DoesNotContain(weight.Value, candidates);
        Assert.All(candidates, value => Assert.True(GroupingWeights.Allows(weight.Key, value)));
    });

    [Fact]
    public void Scores_do_not_depend_on_what_is_tried_beside()
    {
        var trials = new Trials(HardDays.Reporting with { Kinds = EstateOptions.TuningKinds, FailuresPerCustomer = 2 }, [1, 2]);
        var without = Shipped.SetItem("SameResource", 0);

        var together = trials.Of([Shipped, without]);

        Assert.Equal(Objective.Of(trials.Of([without], 1)[0]), Objective.Of([together[1][1]]));
        Assert.True(Objective.Of(together[0]) > Objective.Of(together[1]));
        Assert.Equal(5, trials.Played);
    }

    private static ImmutableSortedDictionary<string, double> Searched(
        Func<ImmutableSortedDictionary<string, double>, int, double> worth, int rounds,
        ImmutableSortedDictionary<string, double>? start = null) =>
        new CoordinateSearch((settings, half) => [.. settings.Select(one => worth(one, half))], _ => { })
            .Search(start ?? Shipped, rounds);
}
