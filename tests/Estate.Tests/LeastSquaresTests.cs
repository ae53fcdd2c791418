using Correlation.LoadTests.Shared;

namespace Correlation.Estate.Tests;

public sealed class LeastSquaresTests
{
    [Fact]
    public void A_straight_line_is_found_without_an_error()
    {
        var line = LeastSquares.Of([.. Enumerable.Range(0, 10).Select(x => ((double)x, 3.5 * x - 2))]);
        Assert.Equal(3.5, line.Slope, 1e-12);
        Assert.Equal(0, line.StandardError, 1e-6);
        Assert.False(line.HasZero);
    }

    /// <summary>Worked by hand: x 1 to 5 with mean 3, spread 10; y mean 4, covariance 6; residuals -0.8, 0.6, 1, -0.6, -0.2
    /// with
    /// the squares' sum 2.4; so the error is the root of 2.4 / 3 / 10.</summary>
    [Fact]
    public void Slope_and_error_are_those_of_the_textbook()
    {
        var line = LeastSquares.Of([(1, 2), (2, 4), (3, 5), (4, 4), (5, 5)]);
        Assert.Equal(0.6, line.Slope, 1e-12);
        Assert.Equal(Math.Sqrt(2.4 / 3 / 10), line.StandardError, 1e-12);
        Assert.False(line.HasZero);
        Assert.Equal(5, line.Points);
    }

    [Fact]
    public void What_goes_up_and_down_has_no_slope_that_differs_from_zero() =>
        Assert.True(LeastSquares.Of([(1, 5), (2, 1), (3, 6), (4, 2), (5, 5), (6, 1)]).HasZero);

    [Fact]
    public void Too_little_is_refused()
    {
        Assert.Throws<ArgumentException>(() => LeastSquares.Of([(1, 1), (2, 2)]));
        Assert.Throws<ArgumentException>(() => LeastSquares.Of([(1, 1), (1, 2), (1, 3)]));
    }
}
