using Correlation.Learning;
using static Correlation.Tests.Learning.Starts;

namespace Correlation.Tests.Learning;

public sealed class EdgeLearnerTests
{
    private const int Day = 86_400;

    [Fact]
    public void Two_that_fail_together_again_and_again_are_found_whatever_the_order_of_sealing()
    {
        var random = new Random(11);
        List<NamedStart> starts = [];
        foreach (var at in Poisson(random, 1).Take(8).ToList())
        {
            starts.Add(new("cpu", "web", At(at), true));
            starts.Add(new("errors", "web", At(at + 200), true));
            starts.Add(new("queue", "bus", At(at + 300), true));
        }

        starts.AddRange(Poisson(random, 1).Select(at => new NamedStart("cpu", "other", At(at), false)));

        var found = Assert.Single(Learn(starts));
        Assert.Equal(("bus", "web"), (found.A, found.B));
        Assert.InRange(found.Times, 6, 8);
        Assert.InRange(found.Chance, 0, 0.5);
        Assert.Equal(found, Assert.Single(Learn([.. starts.OrderBy(_ => random.Next())])));
        Assert.Empty(EdgeLearner.Learn(SealedStarts.None.With(starts), At(Days * Day), (_, _) => true));
    }

    [Fact]
    public void What_comes_at_the_same_hours_or_with_many_others_or_whenever_it_likes_is_no_edge()
    {
        var random = new Random(12);
        List<NamedStart> starts = [];
        for (var day = 0; day < 20; day++)
        {
            starts.Add(new("job", "night1", At((day * Day) + 7_200), false));
            starts.Add(new("job", "night2", At((day * Day) + 7_320), false));
        }

        foreach (var at in Poisson(random, 1).Take(5).ToList())
            starts.AddRange(Enumerable.Range(0, 40).Select(i => new NamedStart("storm", $"s{i:00}", At(at), true)));
        foreach (var resource in new[] { "r1", "r2", "r3", "r4" })
            starts.AddRange(Poisson(random, 6).Select(at => new NamedStart("cpu", resource, At(at), false)));

        Assert.DoesNotContain(Learn(starts), pair => !pair.A.StartsWith('s'));
    }

    [Fact]
    public void Twice_is_no_proof() => Assert.Empty(Learn(
        [.. new[] { 5, 12 }.SelectMany(day => new NamedStart[]
        {
            new("cpu", "a", At(day * Day), true), new("cpu", "b", At((day * Day) + 1), true),
        })]));

    private static IReadOnlyList<FailedTogether> Learn(IReadOnlyList<NamedStart> starts) =>
        EdgeLearner.Learn(SealedStarts.None.With([.. starts]), At(Days * Day), (_, _) => false);
}
