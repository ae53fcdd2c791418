namespace Correlation.Storage.Tests;

/// <summary>What every checkpoint store must do.</summary>
public abstract class CheckpointCompliance
{
    private const string Partition = "live/3";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract ICheckpointStore Store { get; }

    /// <summary>Opens the implementation again over what is stored.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task A_partition_without_a_row_is_null()
    {
        Assert.Null(await Store.ReadAsync(Partition, Cancel));
        Assert.Null(await Store.FatesAsync(Partition, 0, 0, Cancel));
    }

    [Fact]
    public async Task The_row_comes_back_with_its_etag_also_after_a_restart()
    {
        await WriteAsync(0, "one");
        await WriteAsync(1, "two");
        Restart();
        var row = await Store.ReadAsync(Partition, Cancel);
        Assert.Equal(("two", 2), (Rows.Text(row!.Data), row.ETag));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_conflict_writes_neither_the_row_nor_the_fates(long etag)
    {
        await WriteAsync(0, "one");
        await WriteAsync(1, "two");
        var outcome = await WriteAsync(etag, "three", Fate(0, 0, 9));
        Assert.Equal((false, 2), (outcome.Written, outcome.ETag));
        Assert.Equal("two", Rows.Text((await Store.ReadAsync(Partition, Cancel))!.Data));
        Assert.Null(await Store.FatesAsync(Partition, 0, 5, Cancel));
    }

    [Fact]
    public async Task The_fates_of_a_message_are_those_of_the_batch_that_holds_it()
    {
        await WriteAsync(0, "one", Fate(0, 0, 9), Fate(0, 10, 10), Fate(0, 20, 29));
        await WriteAsync(1, "two", Fate(1, 0, 4));
        Restart();
        Assert.Equal([(0L, 9L), (0, 9), (10, 10), null, null, (20, 29), (20, 29), null],
            await RangesAsync(0, 0, 9, 10, 11, 19, 20, 29, 30));
        Assert.Equal([(0L, 4L), null], await RangesAsync(1, 4, 5));
        Assert.Null(await Store.FatesAsync("live/4", 0, 0, Cancel));
        Assert.Equal("fates 20", Rows.Text((await Store.FatesAsync(Partition, 0, 22, Cancel))!.Data));
    }

    [Fact]
    public async Task Fates_below_an_offset_can_be_forgotten()
    {
        await WriteAsync(0, "one", Fate(0, 0, 9), Fate(0, 10, 19), Fate(0, 20, 29), Fate(1, 0, 9));
        await Store.ForgetFatesAsync(Partition, 0, 15, Cancel);
        Assert.Equal([null, (10L, 19L), (20, 29)], await RangesAsync(0, 5, 12, 25));
        Assert.Equal([(0L, 9L)], await RangesAsync(1, 5));
        Assert.NotNull(await Store.ReadAsync(Partition, Cancel));
    }

    [Fact]
    public async Task Of_two_readers_of_one_partition_one_moves_the_checkpoint()
    {
        await WriteAsync(0, "start");
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(number => WriteAsync(1, $"{number}", Fate(0, 0, number))));
        var winner = Assert.Single(outcomes.Index(), one => one.Item.Written).Index;
        Assert.Equal($"{winner}", Rows.Text((await Store.ReadAsync(Partition, Cancel))!.Data));
        Assert.Equal([(0L, winner)], await RangesAsync(0, 0));
    }

    private static FateRecord Fate(int epoch, long first, long last) => new(epoch, first, last, Rows.Bytes($"fates {first}"));

    private Task<WriteOutcome> WriteAsync(long etag, string text, params FateRecord[] fates) =>
        Store.WriteAsync(Partition, etag, Rows.Bytes(text), fates, Cancel);

    private async Task<List<(long First, long Last)?>> RangesAsync(int epoch, params long[] offsets)
    {
        var found = new List<(long First, long Last)?>();
        foreach (var offset in offsets)
        {
            var fates = await Store.FatesAsync(Partition, epoch, offset, Cancel);
            found.Add(fates is null ? null : (fates.First, fates.Last));
        }

        return found;
    }
}
