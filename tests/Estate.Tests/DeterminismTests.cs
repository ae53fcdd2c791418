namespace Correlation.Estate.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void One_seed_gives_the_same_messages_and_truth_each_time()
    {
        var again = AzureEstate.Generate(new EstateOptions());

        Assert.Equal(Days.Demo.Messages, again.Messages);
        Assert.Equal(Bytes(Days.Demo.Truth), Bytes(again.Truth));
    }

    [Fact]
    public void Another_seed_gives_other_messages_with_the_same_failures()
    {
        var other = Days.Of(2, 48);

        Assert.NotEqual(Days.Demo.Messages, other.Messages);
        Assert.Equal(Days.Demo.Truth.Failures.Select(f => f.Id), other.Truth.Failures.Select(f => f.Id));
    }

    [Theory]
    [InlineData(23)]
    [InlineData(337)]
    public void Hours_out_of_range_are_refused(int hours) =>
        Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(
            () => AzureEstate.Generate(new EstateOptions { Hours = hours }));

    [Fact]
    public void Four_days_have_a_nightly_failure_each_night()
    {
        var days = AzureEstate.Generate(new EstateOptions { Hours = 96 }).Truth;

        var nights = days.Failures.Where(f => f.Problem == "nightly-index-rebuild").ToList();
        Assert.Equal(4, nights.Count);
        Assert.All(nights.Zip(nights.Skip(1)), pair => Assert.Equal(24 * 3600, pair.Second.Start - pair.First.Start));
    }

    private static byte[] Bytes(Truth truth)
    {
        using var stream = new MemoryStream();
        BundleWriter.WriteTruth(truth, stream);
        return stream.ToArray();
    }
}
