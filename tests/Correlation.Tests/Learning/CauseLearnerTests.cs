using Correlation.Customers;
using Correlation.Grouping;
using Correlation.Learning;

namespace Correlation.Tests.Learning;

public sealed class CauseLearnerTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_keeps_following_is_the_effect()
    {
        var learner = new CauseLearner(new LearningOptions(), Topology.Empty);
        Follow(learner, "r1", "r1");

        var learned = Assert.Single(learner.Learn());

        Assert.Equal(("cause", "effect", 20), (learned.Cause, learned.Effect, learned.Followed));
        Assert.Equal(TimeSpan.FromMinutes(1), learned.Lag);
        Assert.InRange(learned.Weight, 0.9, 1);
    }

    [Fact]
    public void Another_resource_counts_only_as_a_neighbour()
    {
        var strangers = new CauseLearner(new LearningOptions(), Topology.Empty);
        Follow(strangers, "r1", "r2");
        var neighbours = new CauseLearner(new LearningOptions(), new Topology([new DependencyEdge("r2", "r1")]));
        Follow(neighbours, "r1", "r2");

        Assert.Empty(strangers.Learn());
        Assert.Single(neighbours.Learn());
    }

    [Fact]
    public void What_comes_all_the_time_is_no_effect()
    {
        var learner = new CauseLearner(new LearningOptions(), Topology.Empty);
        for (var i = 0; i < 500; i++) learner.Observe("r1", "always", Day.AddMinutes(i * 2));
        for (var i = 0; i < 20; i++) learner.Observe("r1", "sometimes", Day.AddMinutes(1 + (i * 47)));

        Assert.Empty(learner.Learn());
    }

    [Fact]
    public void What_was_seen_seldom_is_not_believed()
    {
        var learner = new CauseLearner(new LearningOptions { MinCount = 21 }, Topology.Empty);
        Follow(learner, "r1", "r1");

        Assert.Empty(learner.Learn());
    }

    private static void Follow(CauseLearner learner, string from, string to)
    {
        for (var i = 0; i < 20; i++)
        {
            learner.Observe(to, "effect", Day.AddMinutes((i * 60) + 1));
            learner.Observe(from, "cause", Day.AddMinutes(i * 60));
        }
    }
}
