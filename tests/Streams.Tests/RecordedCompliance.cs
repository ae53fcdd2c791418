using System.Text;

namespace Correlation.Streams.Tests;

/// <summary>What every implementation of recorded streams must do.</summary>
public abstract class RecordedCompliance
{
    private const string Day = "day";
    private static readonly DateTimeOffset Recorded = ManualTime.Start.AddDays(-30);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ManualTime Time { get; } = new();

    protected abstract IStreamCatalog Catalog { get; }

    protected abstract IRecordedIntake Intake { get; }

    /// <summary>Closes the implementation and opens it again over what is stored.</summary>
    protected abstract void Restart();

    [Fact]
    public async Task A_stream_is_there_from_the_beginning_on_and_no_time_passes_in_it()
    {
        Assert.Equal(0, await Intake.BeginAsync(Day, "a", Cancel));
        var stream = await Catalog.FindAsync(Day, Cancel);
        Assert.Equal(DateTimeOffset.MinValue, (await stream!.ReadAsync(0, 0, 1, 1, Cancel)).IdleLogTime);
    }

    [Fact]
    public async Task Messages_keep_their_recorded_log_times_and_order()
    {
        await Intake.BeginAsync(Day, "a", Cancel);
        await Intake.AppendAsync(Day, "a", 0, Messages(0, 100), Cancel);
        Assert.Equal(Messages(0, 100).Select(one => (one.LogTime, Text(one.Body))), await StoredAsync());
    }

    [Fact]
    public async Task Time_at_the_end_of_any_partition_is_the_newest_log_time_until_it_is_finished_and_then_the_wall_clock()
    {
        await Intake.BeginAsync(Day, "a", Cancel);
        await Intake.AppendAsync(Day, "a", 0, Messages(0, 3), Cancel);
        Time.Now = Time.Now.AddHours(1);
        Assert.Equal(Messages(2, 1)[0].LogTime, await IdleAsync());
        await Intake.FinishAsync(Day, "a", Cancel);
        Assert.Equal(Time.Now, await IdleAsync());
    }

    [Fact]
    public async Task A_producer_that_is_killed_anywhere_continues_without_loss_or_doubling()
    {
        var random = new Random(7);
        for (var (durable, round) = (0L, 0); durable < 200; round++)
        {
            var progress = await Intake.BeginAsync(Day, "a", Cancel);
            Assert.Equal(durable, progress);
            var count = Math.Min(random.Next(1, 40), 200 - (int)durable);
            await Intake.AppendAsync(Day, "a", durable, Messages((int)durable, count), Cancel);
            durable += count;
            if (round % 2 == 0) Restart();
        }

        Assert.Equal(Messages(0, 200).Select(one => (one.LogTime, Text(one.Body))), await StoredAsync());
    }

    [Fact]
    public async Task A_late_request_of_a_producer_that_died_stores_nothing_twice()
    {
        await Intake.BeginAsync(Day, "a", Cancel);
        await Intake.AppendAsync(Day, "a", 0, Messages(0, 10), Cancel);
        await Intake.AppendAsync(Day, "a", 5, Messages(5, 10), Cancel);
        await Intake.AppendAsync(Day, "a", 0, Messages(0, 10), Cancel);
        Assert.Equal(15, await Intake.BeginAsync(Day, "a", Cancel));
        Assert.Equal(Messages(0, 15).Select(one => (one.LogTime, Text(one.Body))), await StoredAsync());
    }

    [Fact]
    public async Task A_gap_in_a_recording_is_refused_and_stores_nothing()
    {
        await Intake.BeginAsync(Day, "a", Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Intake.AppendAsync(Day, "a", 1, Messages(1, 2), Cancel));
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task A_finished_recording_says_so_and_takes_no_more()
    {
        await Intake.BeginAsync(Day, "a", Cancel);
        await Intake.AppendAsync(Day, "a", 0, Messages(0, 10), Cancel);
        await Intake.FinishAsync(Day, "a", Cancel);
        await Intake.FinishAsync(Day, "a", Cancel);
        Restart();
        Assert.Null(await Intake.BeginAsync(Day, "a", Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Intake.AppendAsync(Day, "a", 10, Messages(10, 1), Cancel));
    }

    [Fact]
    public async Task What_was_not_begun_can_be_neither_appended_nor_finished()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Intake.AppendAsync(Day, "a", 0, Messages(0, 1), Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Intake.FinishAsync(Day, "a", Cancel));
        Assert.Null(await Catalog.FindAsync(Day, Cancel));
    }

    [Fact]
    public async Task A_second_recording_is_not_earlier_than_what_readers_of_the_finished_stream_were_told()
    {
        await Intake.BeginAsync(Day, "a", Cancel);
        await Intake.AppendAsync(Day, "a", 0, Messages(0, 10), Cancel);
        await Intake.FinishAsync(Day, "a", Cancel);
        Time.Now = Time.Now.AddHours(2);
        var told = await IdleAsync();
        Assert.Equal(0, await Intake.BeginAsync(Day, "b", Cancel));
        Time.Now = Time.Now.AddHours(1);
        Assert.Equal(told, await IdleAsync());
        await Intake.AppendAsync(Day, "b", 0, Messages(0, 3), Cancel);
        await Intake.AppendAsync(Day, "b", 3, [new RecordedMessage(told.AddMinutes(3), "late"u8.ToArray())], Cancel);
        Assert.Equal([told, told, told, told.AddMinutes(3)], (await StoredAsync())[10..].Select(one => one.LogTime));
        Assert.Equal(told.AddMinutes(3), await IdleAsync());
        await Intake.FinishAsync(Day, "b", Cancel);
        Assert.Equal(Time.Now, await IdleAsync());
    }

    [Fact]
    public async Task A_log_time_that_goes_back_is_raised_to_the_newest_one()
    {
        await Intake.BeginAsync(Day, "a", Cancel);
        await Intake.AppendAsync(Day, "a", 0, [Messages(5, 1)[0], Messages(2, 1)[0], Messages(9, 1)[0]], Cancel);
        var expected = new[] { Messages(5, 1)[0], Messages(5, 1)[0], Messages(9, 1)[0] }.Select(one => one.LogTime);
        Assert.Equal(expected, (await StoredAsync()).Select(one => one.LogTime));
    }

    [Fact]
    public async Task A_stream_stays_without_a_clock_while_any_of_its_recordings_is_open()
    {
        await Intake.BeginAsync(Day, "a", Cancel);
        await Intake.BeginAsync(Day, "b", Cancel);
        await Intake.AppendAsync(Day, "a", 0, Messages(0, 4), Cancel);
        await Intake.FinishAsync(Day, "a", Cancel);
        Assert.Equal(Messages(3, 1)[0].LogTime, await IdleAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("día")]
    [InlineData("a\n")]
    public async Task A_name_that_no_position_could_hold_is_refused(string stream) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Intake.BeginAsync(stream, "a", Cancel));

    private static List<RecordedMessage> Messages(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number =>
            new RecordedMessage(Recorded.AddSeconds(number), Encoding.UTF8.GetBytes($"message {number}")))];

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    private async Task<DateTimeOffset> IdleAsync()
    {
        var stream = (await Catalog.FindAsync(Day, Cancel))!;
        var times = new HashSet<DateTimeOffset>();
        foreach (var partition in await stream.PartitionsAsync(Cancel))
        {
            times.Add((await stream.ReadAsync(partition, 0, 10_000, int.MaxValue, Cancel)).IdleLogTime);
        }

        return Assert.Single(times);
    }

    /// <summary>All messages, in the order of their appending: one of each partition in turn.</summary>
    private async Task<List<(DateTimeOffset LogTime, string Body)>> StoredAsync()
    {
        var stream = (await Catalog.FindAsync(Day, Cancel))!;
        var found = new List<(long Offset, int Partition, DateTimeOffset LogTime, string Body)>();
        foreach (var partition in await stream.PartitionsAsync(Cancel))
        {
            var batch = await stream.ReadAsync(partition, 0, 10_000, int.MaxValue, Cancel);
            found.AddRange(batch.Messages.Select(one => (one.Offset, partition, one.LogTime, Text(one.Body))));
        }

        return [.. found.OrderBy(one => one.Offset).ThenBy(one => one.Partition).Select(one => (one.LogTime, one.Body))];
    }
}
