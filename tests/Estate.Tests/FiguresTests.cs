using System.Text.Json;
using Correlation.LoadTests.Shared;

namespace Correlation.Estate.Tests;

public sealed class FiguresTests
{
    private static readonly double[] Hundred = [.. Enumerable.Range(1, 100).Select(number => (double)number)];

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    [InlineData(0.001, 1)]
    public void A_quantile_is_the_smallest_value_that_such_a_share_does_not_exceed(double share, double expected) =>
        Assert.Equal(expected, Figures.Quantile(Hundred, share));

    [Fact]
    public void The_p99_of_few_values_is_the_largest()
    {
        Assert.Equal(7, Figures.Quantile([1, 2, 7], 0.99));
        Assert.Equal(0, Figures.Quantile([], 0.99));
    }

    [Fact]
    public void The_median_of_an_even_number_lies_between_the_two_in_the_middle()
    {
        Assert.Equal(2.5, Figures.Median([4, 1, 3, 2]));
        Assert.Equal(3, Figures.Median([9, 1, 3]));
    }

    [Fact]
    public void Ledgers_are_added_up()
    {
        using var ledger = JsonDocument.Parse(
            """
            {"balanced":true,"parking":{"waiting":3},"partitions":[
              {"checkpoint":5,"read":7,"end":9,"counts":{"records":40}},{"checkpoint":1,"read":1,"end":1,"counts":{"records":2}}]}
            """);
        Assert.Equal(4, Figures.Behind(ledger.RootElement));
        Assert.Equal(2, Figures.Unread(ledger.RootElement));
        Assert.Equal(3, Figures.Waiting(ledger.RootElement));
        Assert.Equal(42, Figures.Sum(ledger.RootElement, "records"));
        Assert.Equal(8, Figures.Lost(50, ledger.RootElement));
        Assert.True(Figures.Balanced(ledger.RootElement));
    }
}
