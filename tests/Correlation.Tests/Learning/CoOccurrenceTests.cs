using Correlation.Learning;
using static Correlation.Tests.Learning.Starts;

namespace Correlation.Tests.Learning;

public sealed class CoOccurrenceTests
{
    [Theory, InlineData(0, 0), InlineData(0.999, 0), InlineData(1, 1), InlineData(2, 2), InlineData(3, 2), InlineData(4, 3),
     InlineData(131_071, 17), InlineData(131_072, LagBins.Count), InlineData(-5, 0)]
    public void A_lag_has_the_bin_of_its_order_of_magnitude(double seconds, int bin) =>
        Assert.Equal(bin, LagBins.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Only_the_last_start_before_it_counts_however_many_there_are()
    {
        var model = new CoOccurrence(new LearningSettings());
        for (var i = 0; i < 20; i++) model.Observe("a", "r", At(i * 30));
        model.Observe("b", "r", At((19 * 30) + 9));

        var pair = model.Pairs().Single(pair => pair is { Relation: Relation.SameResource, Before: "a", After: "b" });
        Assert.Equal(1, pair.Seen.Sum());
        Assert.Equal(1, model.Followed(Relation.SameResource, "a", "b", TimeSpan.FromSeconds(9)));
        Assert.Equal(19, model.Followed(Relation.Self, "a", "a", TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void What_chance_would_give_is_the_rate_times_the_seconds_that_each_lag_lasted()
    {
        var model = new CoOccurrence(new LearningSettings());
        model.Observe("a", "r", At(0));
        model.Observe("a", "r", At(3));
        model.Observe("b", "r", At(4));
        model.Observe("b", "other", At(5));
        model.Pass(At(10));

        var pair = model.Pairs().Single(pair => pair is { Relation: Relation.SameResource, Before: "a" });
        // After the first start 1 + 1 + 1 seconds, after the second 1 + 1 + 2 + 3; one b in ten seconds there.
        Assert.Equal([0.2, 0.2, 0.3, 0.3], pair.Expected.Take(4).Select(count => Math.Round(count, 9)));
        Assert.Equal([0, 1, 0, 0], pair.Seen.Take(4));
        Assert.Equal(0, pair.Expected.Skip(4).Sum());
    }

    [Fact]
    public void The_same_kind_elsewhere_and_the_neighbours_count_each_for_itself()
    {
        var model = new CoOccurrence(new LearningSettings());
        model.Observe("a", "r1", At(0), ["r2"]);
        model.Observe("a", "r2", At(10), ["r1"]);
        model.Observe("b", "r2", At(12), ["r1"]);
        model.Observe("a", "r3", At(20));

        Assert.Equal(1, model.Followed(Relation.SameKind, "a", "a", TimeSpan.FromSeconds(9)) - 1);
        Assert.Equal(1, model.Followed(Relation.Neighbour, "a", "a", TimeSpan.FromSeconds(10)));
        Assert.Equal(1, model.Followed(Relation.Neighbour, "a", "b", TimeSpan.FromSeconds(12)));
        Assert.Equal(1, model.Followed(Relation.SameResource, "a", "b", TimeSpan.FromSeconds(2)));
        Assert.Equal(0, model.Followed(Relation.SameResource, "a", "b", TimeSpan.FromSeconds(12)));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void The_order_within_a_second_plays_no_part(int seed)
    {
        var random = new Random(seed);
        var starts = Enumerable.Range(0, 600)
            .Select(_ => ((double)random.Next(400), $"k{random.Next(5)}", $"r{random.Next(4)}")).ToList();
        var shuffled = starts.ToArray();
        random.Shuffle(shuffled);

        Assert.Equal(Text(Count(starts, neighbours: Ring)), Text(Count(shuffled, neighbours: Ring)));
        Assert.Equal(CauseLearner.Learn(Count(starts)), CauseLearner.Learn(Count(shuffled)));

        static string[] Ring(string resource) => [$"r{(resource[1] - '0' + 1) % 4}", $"r{(resource[1] - '0' + 3) % 4}"];
    }

    [Fact]
    public void To_read_between_starts_changes_nothing()
    {
        var random = new Random(9);
        var starts = Enumerable.Range(0, 300).Select(i => (At: 2.0 * i, Kind: $"k{random.Next(4)}")).ToList();
        var read = new CoOccurrence(new LearningSettings());
        foreach (var (at, kind) in starts)
        {
            read.Observe(kind, "r", At(at));
            _ = read.Lift(Relation.SameResource, "k0", kind, "r", TimeSpan.FromSeconds(2));
        }

        read.Pass(At(Days * 24 * 3600));
        Assert.Equal(Text(Count(starts.Select(start => (start.At, start.Kind, "r")))), Text(read));
    }

    [Fact]
    public void A_start_after_a_later_one_and_a_second_one_within_its_second_do_not_count()
    {
        var model = new CoOccurrence(new LearningSettings());
        model.Observe("a", "r", At(10));
        model.Observe("a", "r", At(10.5));
        model.Observe("a", "r", At(9));

        Assert.Equal(1, model.StartsOf("a"));
        Assert.Equal(1, model.OutOfOrder);
        Assert.Equal(0, model.BeyondLimits);
    }

    [Fact]
    public void Limits_hold_and_what_they_kept_out_is_counted()
    {
        var options = new LearningSettings { Kinds = 10, KindsOnResource = 4, Resources = 5, Pairs = 6 };
        var model = new CoOccurrence(options);
        for (var i = 0; i < 3000; i++) model.Observe($"k{i % 17}", $"r{i % 11}", At(i), [$"r{(i + 1) % 11}"]);

        var pairs = model.Pairs();
        Assert.True(model.BeyondLimits > 1000);
        Assert.True(pairs.SelectMany(pair => new[] { pair.Before, pair.After }).Distinct().Count() <= 10);
        var counted = pairs.Where(pair => pair.Seen.Sum() > 0)
            .Count(pair => pair.Relation is Relation.SameResource or Relation.Neighbour);
        Assert.InRange(counted, 1, 6);
    }

    [Fact]
    public void What_usually_follows_has_a_lift_at_its_lag_and_what_is_unknown_has_none_to_speak_of()
    {
        var random = new Random(4);
        var starts = Poisson(random, 10).SelectMany(at => new[] { (at, "a", "r"), (at + 40, "b", "r") })
            .Concat(Poisson(random, 10).Select(at => (at, "c", "r")));
        var model = Count(starts);

        Assert.True(model.Lift(Relation.SameResource, "a", "b", "r", TimeSpan.FromSeconds(40)) > 4);
        Assert.True(model.Lift(Relation.SameResource, "a", "b", "r", TimeSpan.FromHours(1)) < 0);
        Assert.True(model.Lift(Relation.SameResource, "a", "c", "r", TimeSpan.FromSeconds(40)) < 2);
        Assert.Equal(0, model.Lift(Relation.SameResource, "a", "b", "r", LagBins.End));
    }

    [Fact]
    public void The_usual_rate_starts_from_half_a_start_and_a_day_at_the_mean()
    {
        var model = new CoOccurrence(new LearningSettings());
        model.Observe("a", "r1", At(0));
        model.Observe("a", "r1", At(86_400));
        model.Observe("b", "r2", At(86_400));

        const double seconds = 2 * 86_400.0;
        Assert.Equal((2 + 0.5 + 0.5) / seconds, model.RateOf("a", "r1"), 12);
        Assert.Equal((0 + 0.5 + 0.5) / seconds, model.RateOf("a", "r2"), 12);
        Assert.Equal(0.5 / seconds, model.RateOf("unknown", "r1"), 12);
        Assert.Equal(0, model.InCompany("a"));
    }
}
