using Correlation.Learning;
using static Correlation.Tests.Learning.Starts;

namespace Correlation.Tests.Learning;

public sealed class CauseLearnerTests
{
    private const int Seeds = 100;

    /// <summary>At the error allowed one of a hundred is expected; more than four come in less than one case of 250.</summary>
    private const int WrongMost = 4;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void A_cause_is_found_with_its_direction_and_lag_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        var starts = new List<(double, string, string)>();
        foreach (var resource in Resources(6))
        {
            foreach (var at in Poisson(random, 8))
            {
                starts.Add((at, "disk", resource));
                if (random.NextDouble() < 0.5) starts.Add((at + 70 + (random.NextDouble() * 50), "timeout", resource));
            }

            starts.AddRange(Poisson(random, 5).Select(at => (at, "timeout", resource)));
            starts.AddRange(Poisson(random, 12).Select(at => (at, "cpu", resource)));
        }

        var cause = Assert.Single(CauseLearner.Learn(Count(starts)));
        Assert.Equal(("disk", "timeout", Relation.SameResource), (cause.Cause, cause.Effect, cause.Relation));
        Assert.Equal(LagBins.Middle(LagBins.Of(TimeSpan.FromSeconds(95))), cause.Lag);
        Assert.True(cause is { Weight: > 20, Lift: > 5, Followed: > 100 }, cause.ToString());
    }

    [Fact]
    public void A_cause_on_a_neighbour_is_found_as_such()
    {
        var random = new Random(7);
        var starts = new List<(double, string, string)>();
        foreach (var resource in Resources(6))
        {
            foreach (var at in Poisson(random, 8))
            {
                starts.Add((at, "server down", resource));
                starts.Add((at + 5 + (random.NextDouble() * 10), "no connection", resource + "/db"));
            }
        }

        var cause = Assert.Single(CauseLearner.Learn(Count(starts, neighbours: Other)));
        Assert.Equal(("server down", "no connection", Relation.Neighbour), (cause.Cause, cause.Effect, cause.Relation));

        static string[] Other(string resource) =>
            [resource.EndsWith("/db", StringComparison.Ordinal) ? resource[..^3] : resource + "/db"];
    }

    [Fact]
    public void What_is_independent_causes_nothing_beyond_the_error_allowed() =>
        Assert.InRange(WrongSeeds(random => Poisson(random, 12)), 0, WrongMost);

    [Fact]
    public void Bursts_that_meet_by_accident_cause_nothing_beyond_the_error_allowed() =>
        Assert.InRange(WrongSeeds(random => Bursts(random, 8)), 0, WrongMost);

    [Fact]
    public void A_cause_is_found_among_bursts()
    {
        var random = new Random(5);
        var starts = new List<(double, string, string)>();
        foreach (var resource in Resources(6))
        {
            starts.AddRange(Bursts(random, 6).Select(at => (at, "noise", resource)));
            foreach (var at in Poisson(random, 6))
            {
                starts.Add((at, "cause", resource));
                for (var i = 0; i < 5; i++) starts.Add((at + 10 + (i * 20), "effect", resource));
            }
        }

        var cause = Assert.Single(CauseLearner.Learn(Count(starts)));
        Assert.Equal(("cause", "effect"), (cause.Cause, cause.Effect));
    }

    [Fact]
    public void What_always_begins_in_the_same_second_has_no_direction()
    {
        var random = new Random(3);
        var starts = Resources(4).SelectMany(resource => Poisson(random, 8).SelectMany(at => new[]
        {
            (at, "one", resource), (at, "other", resource),
        }));

        var model = Count(starts);

        Assert.Empty(CauseLearner.Learn(model));
        Assert.Equal(model.StartsOf("one"), model.Followed(Relation.SameResource, "one", "other", TimeSpan.Zero));
        Assert.Equal(model.StartsOf("one"), model.Followed(Relation.SameResource, "other", "one", TimeSpan.Zero));
    }

    [Fact]
    public void Nothing_is_learned_from_nothing() => Assert.Empty(CauseLearner.Learn(new CoOccurrence(new LearningSettings())));

    private static int WrongSeeds(Func<Random, IEnumerable<double>> stream) => Enumerable.Range(0, Seeds).Count(seed =>
    {
        var random = new Random(seed);
        var starts = from resource in Resources(5)
                     from kind in new[] { "a", "b", "c", "d", "e" }
                     from at in stream(random)
                     select (at, kind, resource);
        return CauseLearner.Learn(Count(starts)).Count > 0;
    });

    private static IEnumerable<string> Resources(int count) => Enumerable.Range(0, count).Select(i => $"r{i}");
}
