using Correlation.Grouping;
using Correlation.Learning;
using Correlation.Resources;
using Correlation.Signals;
using static Correlation.Tests.Customers.Some;

namespace Correlation.Tests.Learning;

/// <summary>What failures that are over teach: as of a time, bounded, and in whatever order they came.</summary>
public sealed class FailureHistoryTests
{
    private static readonly TopologyHistory NoEdges = new([]);

    [Fact]
    public void Nothing_is_learnt_of_nothing()
    {
        var model = FailureHistory.Empty.At(At(1000));

        Assert.Equal((0, 0), (model.Failures, model.Trust));
        var judged = model.Judge(Failure(0));
        Assert.All(judged.Values, one => Assert.Equal(0, one.Total));
    }

    [Fact]
    public void A_failure_counts_once_and_only_when_it_has_been_over_for_a_while()
    {
        var history = FailureHistory.Empty.With(Failure(0)).With(Failure(0));

        Assert.Equal(1, history.Count);
        Assert.Equal(0, history.At(At(60)).Failures);
        Assert.Equal(0, history.At(At(179)).Failures);
        Assert.Equal(1, history.At(At(180)).Failures);
    }

    [Fact]
    public void One_that_is_still_open_never_counts()
    {
        var history = FailureHistory.Empty.With(FailureEvidence.Of([Alert(Vm("a"), 0)], NoEdges));

        Assert.Equal(0, history.At(At(60 * 24 * 365)).Failures);
    }

    [Fact]
    public void The_oldest_are_forgotten()
    {
        var history = new FailureHistory(new FailureSettings { MaxFailures = 3 });
        foreach (var day in new[] { 4, 1, 3, 5, 2 }) history = history.With(Failure(day));

        Assert.Equal(3, history.Count);
        Assert.Equal(1, history.At(At((3 * 1440) + 200)).Failures);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_whatever_order_failures_come_the_same_is_learnt(int seed)
    {
        var failures = Enumerable.Range(0, 30).Select(Failure).ToArray();
        var turned = failures.ToArray();
        new Random(seed).Shuffle(turned);
        var asked = Failure(100);
        var later = At(100 * 1440);

        // A history that was asked in between has a memo, which must not show.
        var one = failures.Aggregate(FailureHistory.Empty, (all, next) => all.With(next));
        var other = turned.Aggregate(FailureHistory.Empty, (all, next) =>
        {
            _ = all.At(At(15 * 1440));
            return all.With(next);
        });

        Assert.Equal(Shown(one.At(later), asked), Shown(other.At(later), asked));
        Assert.Equal(Shown(one.At(At(15 * 1440)), asked), Shown(other.At(At(15 * 1440)), asked));
    }

    [Fact]
    public void What_is_rare_on_a_resource_counts_more_than_what_is_usual()
    {
        var history = Enumerable.Range(0, 30).Aggregate(FailureHistory.Empty, (all, day) => all.With(Failure(day)));
        var model = history.At(At(100 * 1440));

        var usual = model.Judge(FailureEvidence.Of([Alert(Vm("a"), 0, rule: "cpu")], NoEdges))[Vm("a")];
        var rare = model.Judge(FailureEvidence.Of([Alert(Vm("a"), 0, rule: "disk")], NoEdges))[Vm("a")];

        Assert.Equal(0, Assert.Single(usual.Heaviest).Surprise, 0.1);
        Assert.Equal(Math.Log(31 / 0.5), Assert.Single(rare.Heaviest).Surprise, 1e-9);
        Assert.True(rare.Total > usual.Total + 1, $"{rare.Total} {usual.Total}");
    }

    [Fact]
    public void Early_states_count_more_and_equal_starts_the_same()
    {
        var evidence = FailureEvidence.Of(
            [Alert(Vm("a"), 0), Alert(Vm("b"), 1), Alert(Vm("c"), 1), Alert(Vm("d"), 2),
                Symptom(Vm("d"), ConditionKind.LogError, "log:e12", 0)], NoEdges);

        Assert.Equal([1.5, 1.125, 1.125, 0.75, 1], evidence.All.Select(one => one.Early));
        Assert.Equal("log:e12", evidence.All[^1].Class);
    }

    /// <summary>Two resources whose cpu alerts at every failure, and now and then something else on one of them.</summary>
    private static FailureEvidence Failure(int day)
    {
        var at = day * 1440.0;
        Symptom[] odd = day % 5 == 0 ? [Alert(Vm("b"), at + 1, at + 5, rule: $"odd{day}")] : [];
        return FailureEvidence.Of([Alert(Vm("a"), at, at + 5), Alert(Vm("b"), at, at + 5), .. odd], NoEdges);
    }

    private static IEnumerable<string> Shown(FailureModel model, FailureEvidence failure) => model.Judge(failure)
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key} {string.Join(' ', pair.Value.Kinds)} {pair.Value.Prior}");
}
