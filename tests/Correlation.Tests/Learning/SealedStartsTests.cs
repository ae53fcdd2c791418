using Correlation.Learning;
using static Correlation.Tests.Learning.Starts;

namespace Correlation.Tests.Learning;

public sealed class SealedStartsTests
{
    [Fact]
    public void Starts_are_kept_in_the_order_of_sealing_with_each_name_once()
    {
        var starts = SealedStarts.None
            .With([new("a", "r1", At(5), true), new("b", "r1", At(6), false)]).With([new("a", "r2", At(1), false)]);

        Assert.Equal(["a", "b"], starts.Kinds);
        Assert.Equal(["r1", "r2"], starts.Resources);
        Assert.Equal(["a r1 5 True", "b r1 6 False", "a r2 1 False"], Text(starts));
        Assert.Equal(3, starts.Total);
    }

    [Fact]
    public void Beyond_the_limit_the_first_sealed_go_with_the_names_that_only_they_had()
    {
        var starts = SealedStarts.None.With([new("old", "gone", At(0), false)]);
        for (var i = 0; i < SealedStarts.Most; i++) starts = starts.With([new($"k{i % 7}", $"r{i % 11}", At(i), false)]);

        Assert.InRange(starts.All.Length, SealedStarts.Most * 9 / 10, SealedStarts.Most);
        Assert.Equal(SealedStarts.Most + 1, starts.Total);
        Assert.DoesNotContain("old", starts.Kinds);
        Assert.DoesNotContain("gone", starts.Resources);
        const int last = SealedStarts.Most - 1;
        Assert.Equal($"k{last % 7} r{last % 11} {last} False", Text(starts)[^1]);
        Assert.Equal(7, starts.Kinds.Length);
    }

    [Fact]
    public void A_name_beyond_the_limit_is_counted_and_not_kept()
    {
        var starts = SealedStarts.None.With(
            [.. Enumerable.Range(0, SealedStarts.MostNames + 5).Select(i => new NamedStart("a", $"r{i}", At(i), false))]);

        Assert.Equal(SealedStarts.MostNames, starts.All.Length);
        Assert.Equal(SealedStarts.MostNames + 5, starts.Total);
    }

    private static List<string> Text(SealedStarts starts) => [.. starts.All.Select(start =>
        $"{starts.Kinds[start.Kind]} {starts.Resources[start.Resource]} "
        + $"{start.Second - Zero.ToUnixTimeSeconds()} {start.Together}")];
}
