using Correlation.LoadTests.Chaos;

namespace Correlation.Estate.Tests;

public sealed class ProcessCountsTests
{
    [Fact]
    public void A_process_that_was_started_anew_counts_beside_the_one_before()
    {
        var counts = new ProcessCounts();
        counts.Read("silo0", 11, 1);
        counts.Read("silo0", 11, 3);
        counts.Read("silo1", 12, 2);
        counts.Read("silo0", 13, 3);

        Assert.Equal(8, counts.Sum);
    }

    [Fact]
    public void What_was_read_twice_counts_once()
    {
        var counts = new ProcessCounts();
        counts.Read("silo0", 11, 4);
        counts.Read("silo0", 11, 4);

        Assert.Equal(4, counts.Sum);
    }
}
